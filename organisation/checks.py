"""System checks: what the rest of the portal takes for granted about this app."""

from django.conf import settings
from django.core.checks import Error, Tags, register

from organisation.posts import CODES, LEADERS, POSTS
from organisation.rights import RIGHTS

BACKEND = "organisation.authentication.AppointedBackend"
MIDDLEWARE = "organisation.middleware.ChangePasswordMiddleware"


@register(Tags.security)
def check_log_in(app_configs, **kwargs):
    """Only the process with log-in has these settings; the public one has no sessions at all."""
    if "django.contrib.auth.middleware.AuthenticationMiddleware" not in getattr(settings, "MIDDLEWARE", ()):
        return []
    errors = []
    if BACKEND not in settings.AUTHENTICATION_BACKENDS or any(
        backend.endswith("auth.backends.ModelBackend") for backend in settings.AUTHENTICATION_BACKENDS
    ):
        errors.append(
            Error(
                "People who have left could log in.",
                hint=f"AUTHENTICATION_BACKENDS: {BACKEND} in place of Django's ModelBackend.",
                id="organisation.E001",
            )
        )
    if MIDDLEWARE not in settings.MIDDLEWARE:
        errors.append(
            Error(
                "One-time passwords would last.",
                hint=f"MIDDLEWARE: add {MIDDLEWARE}.",
                id="organisation.E002",
            )
        )
    if getattr(settings, "WAGTAIL_PASSWORD_RESET_ENABLED", True):
        errors.append(
            Error(
                "Passwords could be reset by e-mail.",
                hint="WAGTAIL_PASSWORD_RESET_ENABLED = False (Article 20).",
                id="organisation.E003",
            )
        )
    return errors


@register()
def check_posts(app_configs, **kwargs):
    """The table of posts is consistent, and the table of rights names posts that exist."""
    errors = []
    if len(set(CODES)) != len(CODES):
        errors.append(Error("Two posts have the same code.", id="organisation.E004"))
    if any(row.leader and not row.signing for row in POSTS) or not LEADERS:
        errors.append(Error("A leader's post must sign.", id="organisation.E005"))
    unknown = {post for right in RIGHTS.values() for post in right.posts} - set(CODES)
    if unknown:
        errors.append(
            Error(f"RIGHTS names unknown posts: {', '.join(sorted(unknown))}.", id="organisation.E006")
        )
    return errors
