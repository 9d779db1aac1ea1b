"""The site, and beside it a Django without any middleware: what the cases are compared with.

The trivial view there is the strictest measure: it pays for nothing but Django itself.
"""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.load.settings")

from django.core.handlers.wsgi import WSGIHandler
from django.test import override_settings

from participation.wsgi import application as site

from .urls import TRIVIAL

BARE = f"/kaal/{TRIVIAL}"

with override_settings(MIDDLEWARE=[]):
    bare = WSGIHandler()


def application(environ, start_response):
    if environ["PATH_INFO"] == BARE:
        environ["PATH_INFO"] = f"/{TRIVIAL}"
        return bare(environ, start_response)
    return site(environ, start_response)
