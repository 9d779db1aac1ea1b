"""Newsletters in the Wagtail admin: sending an edition, and who gets what."""
