"""Forms of editors and of visitors."""
