"""The three PostgreSQL roles and the connection that each process gets.

owner   migrates and writes the rules (`manage.py migrate`, `sync_portal`)
app     the admin process and the worker: owns nothing, truncates nothing
public  the public process: reads publications, listings and search, no more
"""

import os
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from config import environment

OWNER, APP, PUBLIC = "portal_owner", "portal_app", "portal_public"

URL_VARIABLES = {
    "owner": "DATABASE_OWNER_URL",
    "app": "DATABASE_URL",
    "public": "DATABASE_PUBLIC_URL",
}


def for_process(role: str) -> dict[str, dict[str, Any]]:
    """DATABASES for a process of this role; manage.py may ask for the owner instead."""
    role = os.environ.get("PORTAL_DATABASE_ROLE") or role
    if role not in URL_VARIABLES:
        raise ImproperlyConfigured(
            f"PORTAL_DATABASE_ROLE is {role!r}, not one of {', '.join(URL_VARIABLES)}."
        )
    return {"default": from_url(environment.required(URL_VARIABLES[role]))}


def from_url(url: str) -> dict[str, Any]:
    """postgresql://user:password@host:port/name?option=value as Django wants it."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured("The portal runs on PostgreSQL only: its rules are kept there.")
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": options,
        "ATOMIC_REQUESTS": True,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }
