"""The public process: reads what is published, and has nothing else within reach.

No admin URLs, no session, no log-in, no cookie; its PostgreSQL role sees publications,
listings and search only.
"""

from csp.constants import NONE, SELF

from config import databases
from config.settings import base

globals().update(base.exported(vars(base)))

DATABASES = databases.for_process("public")
# One statement a query, no writes: a transaction around each request would only cost round trips.
DATABASES["default"]["ATOMIC_REQUESTS"] = False
ROOT_URLCONF = "config.urls_public"
WSGI_APPLICATION = "config.wsgi_public.application"

# Wagtail's apps are here because page types register how their documents are rendered;
# none of them has a URL in this process, and the database role cannot read their tables.
INSTALLED_APPS = [
    "units",
    "home",
    "secrecy",
    "review",
    "publication",
    "ledger",
    "search",
    "organisation",
    "regulation",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail.users",
    "wagtail",
    "modelcluster",
    "taggit",
    "pgtrigger",
    "django_tasks",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "media-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    },
}
