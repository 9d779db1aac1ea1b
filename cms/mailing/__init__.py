"""Mails in the looks of the house: MJML to HTML, theme colours, contact channels, plain text."""
