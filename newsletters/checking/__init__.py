"""What is checked of an edition before it goes out: errors that must be mended, and advice."""
