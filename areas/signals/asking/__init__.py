"""Residents: what to do for a report, a question or an initiative, and asking it."""
