"""The door of the web server."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import resolve

from arrimage.foundation.memory import keep_what_is_loaded

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "arrimage.config.settings")

application = get_wsgi_application()
resolve("/")  # every page is imported now, not by its first visitor
keep_what_is_loaded()
