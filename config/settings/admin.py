"""The admin process: drafting, review, register. Behind log-in everywhere."""

from datetime import timedelta

from csp.constants import NONE, SELF, UNSAFE_INLINE

from config import databases, environment
from config.settings import base

globals().update(base.exported(vars(base)))

DATABASES = databases.for_process("app")
ROOT_URLCONF = "config.urls_admin"
WSGI_APPLICATION = "config.wsgi_admin.application"

INSTALLED_APPS = [
    "config",
    # ours, higher first: a higher app may replace the templates of a lower one
    "desk",
    "intake",
    "mailbox",
    "units",
    "letters",
    "conversion",
    "home",
    "secrecy",
    "notices",
    "personnel",
    "review",
    "publication",
    "ledger",
    "checks",
    "search",
    "organisation.apps.OrganisationConfig",
    "regulation",
    "wagtail_localize",
    "wagtail_localize.locales",  # takes the place of wagtail.locales, as wagtail-localize asks
    "wagtail.contrib.typed_table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "organisation.apps.PortalUsersConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "pgtrigger",
    "django_tasks",
    "django_tasks_db",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "config.inline_scripts.InlineScriptMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "config.sessions.IdleLogoutMiddleware",
    "organisation.middleware.ChangePasswordMiddleware",
    "organisation.middleware.ReadingMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "home.walls.WallMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]

TEMPLATES = base.exported(vars(base))["TEMPLATES"]
TEMPLATES[0]["OPTIONS"]["context_processors"] += [
    "django.contrib.auth.context_processors.auth",
    "django.contrib.messages.context_processors.messages",
]

# Log-in (Article 20): lockout, idle logout, no self-service reset.
LOGIN_URL = "wagtailadmin_login"
LOGIN_REDIRECT_URL = "wagtailadmin_home"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "organisation.authentication.AppointedBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=30)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False
AXES_IPWARE_PROXY_COUNT = base.TRUSTED_PROXIES
SESSION_IDLE_MINUTES = 30
SESSION_COOKIE_AGE = 12 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_NAME = "portal_session"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_SAMESITE = "Lax"
X_FRAME_OPTIONS = "SAMEORIGIN"  # Wagtail's preview panel is a frame of the same origin
# W019 is the line above; W021: whether the whole domain joins the preload list is its owner's decision.
SILENCED_SYSTEM_CHECKS = ["security.W019", "security.W021"]
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

# Wagtail's editor sets inline styles from script (Draftail, tooltips, preview sizes), so styles stay
# inline; scripts do not (config/inline_scripts.py lets Wagtail's own widgets through). Previews open in
# a frame of this origin; blob: is the preview of uploads.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF, UNSAFE_INLINE],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF, "data:"],
        "connect-src": [SELF],
        "frame-src": [SELF],
        "frame-ancestors": [SELF],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
    },
}

WAGTAILADMIN_BASE_URL = environment.text("ADMIN_BASE_URL", "https://localhost")
WAGTAILADMIN_PERMITTED_LANGUAGES = base.LANGUAGES
WAGTAIL_USER_TIME_ZONES = [base.TIME_ZONE]  # one district, one clock
WAGTAILADMIN_USER_LOGIN_FORM = "organisation.forms.PortalLoginForm"
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True
WAGTAIL_WORKFLOW_CANCEL_ON_PUBLISH = False
WAGTAILADMIN_NOTIFICATION_INCLUDE_SUPERUSERS = False
WAGTAILADMIN_COMMENTS_ENABLED = False  # reviewers have no editor: notices/comments.py
WAGTAILEMBEDS_FINDERS: list = []  # third-party embeds are banned: their HTML changes without review
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_EXTENSIONS = [
    "pdf",
    "doc",
    "docx",
    "xls",
    "xlsx",
    "ppt",
    "pptx",
    "wps",
    "et",
    "ofd",
    "txt",
    "csv",
]
WAGTAILDOCS_EXTENSIONS += [
    "jpg",
    "jpeg",
    "png",
    "gif",
    "webp",
    "mp3",
    "m4a",
    "mp4",
    "vtt",
]  # home/uploads.py judges the content
WAGTAILADMIN_RICH_TEXT_EDITORS = {"default": {"WIDGET": "home.text_area.TextArea"}}
WAGTAILDOCS_MAX_UPLOAD_SIZE = base.MAX_UPLOAD_BYTES
WAGTAILIMAGES_MAX_UPLOAD_SIZE = base.MAX_UPLOAD_BYTES
WAGTAILIMAGES_EXTENSIONS = ["gif", "jpg", "jpeg", "png", "webp"]
# A translation is an item of its own and goes its own route; nothing is synchronised.
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False
WAGTAIL_LOCALIZE_DEFAULT_TRANSLATION_MODE = "simple"
EMAIL_BACKEND = environment.text("EMAIL_BACKEND", "django.core.mail.backends.smtp.EmailBackend")
EMAIL_HOST = environment.text("EMAIL_HOST")
EMAIL_PORT = int(environment.text("EMAIL_PORT", "25"))
EMAIL_HOST_USER = environment.text("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = environment.text("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS = environment.flag("EMAIL_USE_TLS")
EMAIL_USE_SSL = environment.flag("EMAIL_USE_SSL")
EMAIL_TIMEOUT = 5
NOTICES_BY_MAIL = bool(EMAIL_HOST)  # without a mail server notices stand in the portal only
DEFAULT_FROM_EMAIL = environment.text("DEFAULT_FROM_EMAIL", f"webmaster@{base.SITE_DOMAIN}")
