"""Sending: freezing a mailing, claiming its deliveries, handing them to the mail server."""
