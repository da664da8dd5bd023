"""Journeys through the web application in a real browser."""
