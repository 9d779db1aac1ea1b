"""How long answers are kept, and removing them on their day."""
