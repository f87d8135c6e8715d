"""WSGI entry of the public process: the page cache, and Django below it."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.public")
os.environ["PORTAL_PROCESS"] = "public"
os.environ["PORTAL_DATABASE_ROLE"] = "public"  # reads publications and nothing else


def front():
    django = get_wsgi_application()  # the apps must be ready before anything of them is imported
    from django.conf import settings

    from publication.front import Front

    return Front(django) if settings.PAGE_CACHE_MEGABYTES else django


application = front()
gc.freeze()  # what is loaded stays: a collection that looked through it took 30 ms of somebody's answer
