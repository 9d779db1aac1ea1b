"""Builds the demo, one subject a module; `services.load_demo` calls them in order."""
