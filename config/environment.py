"""What the environment tells the settings; production refuses to guess."""

import os

from django.core.exceptions import ImproperlyConfigured


def required(name: str) -> str:
    """The variable's value; without it the process does not start."""
    value = os.environ.get(name, "").strip()
    if not value:
        raise ImproperlyConfigured(f"{name} must be set; see README.md, “Production”.")
    return value


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, "").strip() or default


def flag(name: str, default: bool = False) -> bool:
    value = os.environ.get(name, "").strip().lower()
    return default if not value else value in {"1", "true", "yes", "on"}


def listed(name: str) -> list[str]:
    """A comma-separated variable."""
    return [part.strip() for part in os.environ.get(name, "").split(",") if part.strip()]
