"""What somebody drew on the map: reading it, checking it, and saying it in words."""
