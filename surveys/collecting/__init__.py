"""Collectors: own links to a survey, and what opens them."""
