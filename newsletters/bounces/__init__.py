"""Mails that come back, and complaints: reading them from a mailbox and acting upon them."""
