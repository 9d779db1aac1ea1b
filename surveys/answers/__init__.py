"""Reading answers one by one: search, tags by hand, most used words, and the map."""
