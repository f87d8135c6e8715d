"""English pages: translations by wagtail-localize, items of their own that go the whole way of review (ADR 6).

A translation's address is that of its original behind /en, so each finds the other by address alone. It stands in no
column of the Chinese portal; /en/ lists all of them (home/furniture/pages.py).
"""

from django.conf import settings
from django.utils.translation import gettext as _

from regulation.refusals import Refusal

PREFIX = "/en"


def is_translation(page) -> bool:
    return bool(page.locale_id) and page.locale.language_code != settings.LANGUAGE_CODE


def original_of(page):
    """The page that was translated; a translation without one is not published."""
    from wagtail.models import Locale

    found = page.get_translation_or_none(Locale.objects.get(language_code=settings.LANGUAGE_CODE))
    if found is None:
        raise Refusal(_("The page that was translated is no longer there."), article="14", code="translation")
    return found


def path_for(page) -> str:
    """/en and the original's address, which the original must have first."""
    from publication import paths

    path = paths.path_of(original_of(page).object_id)
    if not path:
        raise Refusal(
            _("Submit the Chinese page first, then its translation."), article="14", code="translation"
        )
    return paths.claim(page.object_id, page.unit.site, f"{PREFIX}{path}")


def placed(page, document: dict) -> dict:
    """The document of a translation: in no Chinese list, and whose translation it is."""
    return document | {"column": None, "section": None, "translates": str(original_of(page).object_id)}


def alternates(path: str, other) -> list[tuple[str, str]]:
    """The same page in other characters and in the other language, for programs that read (hreflang)."""
    own, others = path.startswith(f"{PREFIX}/"), other.path if other else ""
    chinese, translated = (others, path) if own else (path, others)
    found = [("zh-Hans", chinese), ("zh-Hant", f"/hant{chinese}" if chinese else ""), ("en", translated)]
    return [(language, settings.PUBLIC_BASE_URL + address) for language, address in found if address]


def counterpart(path: str) -> str:
    """The address of the same page in the other language."""
    return path.removeprefix(PREFIX) if path.startswith(f"{PREFIX}/") else f"{PREFIX}{path}"
