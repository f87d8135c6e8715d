"""WSGI entry of the admin process."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.admin")
os.environ["PORTAL_PROCESS"] = "admin"
os.environ["PORTAL_DATABASE_ROLE"] = "app"  # a web process never holds the owner's rights

application = get_wsgi_application()
