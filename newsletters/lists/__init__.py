"""Lists of addresses: members, files of members, and the end of their data."""
