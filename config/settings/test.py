"""Tests: the admin process on cloned databases, with quick passwords and no real mail.

The connection is the owner's, so that databases can be cloned and roles switched;
tests/conftest.py makes every test run as the application role.
"""

import os
from pathlib import Path

from config import environment, postgres

PROJECT = Path(__file__).resolve().parent.parent.parent
VAR = Path(environment.text("PORTAL_VAR", str(PROJECT / "var"))).resolve()

os.environ["PORTAL_DATABASE_ROLE"] = "owner"
os.environ.setdefault("DJANGO_SECRET_KEY", "tests-only-" + "0" * 50)
os.environ.update(postgres.embedded_urls(VAR, settings=__name__))

from config.settings import admin  # noqa: E402  (reads the variables set above)

globals().update(admin.base.exported(vars(admin)))

DATABASES = admin.DATABASES
DATABASES["default"]["OPTIONS"]["options"] = "-c synchronous_commit=off"

DEBUG = False
DEMO = True
ALLOWED_HOSTS = ["*"]
INSTALLED_APPS = ["demo", *admin.INSTALLED_APPS, "django_migration_linter"]
PUBLIC_BASE_URL = "http://public.test"
WAGTAILADMIN_BASE_URL = "http://admin.test"
SECURE_SSL_REDIRECT = False
SESSION_COOKIE_SECURE = False
CSRF_COOKIE_SECURE = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
NOTICES_BY_MAIL = True
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# The server that SEARCH_URL names is for tests/integration/test_search_contract.py alone.
WAGTAILSEARCH_BACKENDS = {"default": admin.base.WAGTAILSEARCH_BACKENDS["default"]}
STORAGES = admin.base.exported(vars(admin))["STORAGES"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True  # looks for a file when it is asked for, not for all of them in every client
admin.base.STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # WhiteNoise warns where it is missing
