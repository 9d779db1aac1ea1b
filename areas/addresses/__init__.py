"""Searching for an address: our own server asks PDOK, the visitor's browser never does."""
