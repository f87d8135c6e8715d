"""WSGI entry of the public process."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.public")
os.environ["PORTAL_PROCESS"] = "public"
os.environ["PORTAL_DATABASE_ROLE"] = "public"  # reads publications and nothing else

application = get_wsgi_application()
