"""The web application: assess, understand, look up, in a browser on this computer."""
