"""The faces of an edition outside the site: mail in HTML and plain text, and PDF."""
