"""A new item below its unit's page, for whatever comes in by another way than the editor (Articles 12, 14(5))."""

from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.html import escape

from home.models import InformationPage
from units.models import UnitHomePage


def new_item(unit, owner, title, column) -> InformationPage:
    """A draft without a text; `save_revision` follows once it has one."""
    page = InformationPage(
        title=title,
        draft_title=title,
        slug=f"item-{timezone.localtime():%Y%m%d}-{get_random_string(6).lower()}",
        unit=unit,
        column=column,
        owner=owner,
        live=False,
    )
    UnitHomePage.objects.get(unit=unit).add_child(instance=page)
    return page


def paragraphs(text: str) -> str:
    """Plain lines as rich text."""
    return "".join(f"<p>{escape(line.strip())}</p>" for line in text.splitlines() if line.strip())
