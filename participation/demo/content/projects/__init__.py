"""The six projects, each a function from the clock to a dict that `projects.py` builds from."""

from . import fietspad, ovah, speelplekken, spoorzone, weg, wind

PROJECTS = [module.project for module in (spoorzone, weg, speelplekken, ovah, fietspad, wind)]
