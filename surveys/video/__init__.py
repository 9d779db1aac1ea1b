"""Videos in a survey: our own files, with captions and a description for who cannot see them."""
