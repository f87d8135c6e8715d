"""WSGI entry of the admin process."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.admin")
os.environ["PORTAL_PROCESS"] = "admin"
os.environ["PORTAL_DATABASE_ROLE"] = "app"  # a web process never holds the owner's rights

application = get_wsgi_application()
_screens = get_resolver().url_patterns  # every screen is loaded now, not in somebody's first request
gc.freeze()  # what is loaded stays: a collection that looked through it took 120 ms of somebody's answer
