"""One module a subject; see `tests.load.case`."""
