"""Drafts that come by the clock: the rhythm of an area, and who hears of them."""
