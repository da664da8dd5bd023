"""The studies behind a treatment: which count, what they saw, and what they say together."""
