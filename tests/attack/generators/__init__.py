"""Makers of hostile input, each from a number alone."""
