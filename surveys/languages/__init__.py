"""A survey in other languages than Dutch; docs/decisions/0026 tells the whys."""
