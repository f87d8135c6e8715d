"""Development and demo: production with an embedded database and without TLS.

PORTAL_PROCESS says which of the two processes this is (default: admin).
"""

import os
from importlib import import_module
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from config import environment, postgres

PROJECT = Path(__file__).resolve().parent.parent.parent
VAR = Path(environment.text("PORTAL_VAR", str(PROJECT / "var"))).resolve()

# Production demands these; development supplies them.
os.environ.setdefault("DJANGO_SECRET_KEY", "development-only-" + "0" * 50)
if not environment.text("DATABASE_URL"):
    os.environ.update(postgres.embedded_urls(VAR, settings=__name__))

PORTAL_PROCESS = environment.text("PORTAL_PROCESS", "admin")
if PORTAL_PROCESS not in {"admin", "public"}:
    raise ImproperlyConfigured(f"PORTAL_PROCESS is {PORTAL_PROCESS!r}; it must be admin or public.")

process = import_module(f"config.settings.{PORTAL_PROCESS}")
globals().update(process.base.exported(vars(process)))

DEBUG = environment.flag("DEBUG", True)
DEMO = True
ALLOWED_HOSTS = ["*"]
PUBLIC_BASE_URL = environment.text("PUBLIC_BASE_URL", "http://localhost:8000")
WAGTAILADMIN_BASE_URL = environment.text("ADMIN_BASE_URL", "http://localhost:8001")
SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 0
SESSION_COOKIE_SECURE = False
CSRF_COOKIE_SECURE = False
NOTICES_BY_MAIL = True
EMAIL_BACKEND = environment.text("EMAIL_BACKEND", "django.core.mail.backends.console.EmailBackend")
STORAGES = process.base.exported(vars(process))["STORAGES"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_USE_FINDERS = True

process.base.STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # WhiteNoise warns where it is missing
INSTALLED_APPS = list(process.INSTALLED_APPS)
if PORTAL_PROCESS == "admin":
    INSTALLED_APPS.insert(0, "demo")
