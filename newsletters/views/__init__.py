"""Public pages: the archive, subscribing, and what the links in mails lead to."""
