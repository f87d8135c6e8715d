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

# Publications are all this process knows. Page types come in as drawing functions only
# (config.apps.PublicConfig): neither Wagtail nor a model of a draft, a person or a sheet is loaded.
INSTALLED_APPS = [
    "config.apps.PublicConfig",
    "publication",
    "search",
    "csp",
    "django.contrib.staticfiles",
]
TEMPLATES = base.exported(vars(base))["TEMPLATES"]
TEMPLATES[0]["OPTIONS"]["libraries"] = {"portal_public": "home.templatetags.portal_public"}

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "home.traditional.TraditionalMiddleware",
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
