"""Whether a draft is complete enough to be signed.

Wagtail lets drafts be saved unfinished (`defer_required_fields`), which is right for
authors. Nobody signs an unfinished thing: what the editor's form would ask for is
asked again here, on the Python values, before a document is built.
"""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.fields import StreamField

from regulation.refusals import Refusal

MAX_SENTENCES = 8


def check_complete(page):
    """Refuse with what is missing, field by field (Article 15: complete, correct)."""
    found = problems(page)
    if found:
        raise Refusal(" ".join(found[:MAX_SENTENCES]), article="15", code="incomplete")


def problems(page) -> list[str]:
    found = []
    try:
        page.full_clean()
    except ValidationError as error:
        found += [
            f"{label_of(page, name)}：{text}" for name, texts in error.message_dict.items() for text in texts
        ]
    for field in page._meta.get_fields():
        if isinstance(field, StreamField):
            found += stream_problems(page, field)
    return found


def stream_problems(page, field) -> list[str]:
    value = getattr(page, field.name)
    try:
        value.stream_block.clean(value)
    except ValidationError as error:
        return [f"{field.verbose_name}：{text}" for text in dict.fromkeys(sentences(error))]
    return []


def sentences(error):
    """Flatten Wagtail's nested block errors (blocks/struct_block.py, stream_block.py) to sentences."""
    nested = list((getattr(error, "block_errors", None) or {}).values())
    for inner in nested:
        for single in inner if isinstance(inner, list) else [inner]:
            if isinstance(single, ValidationError):
                yield from sentences(single)
    plain = getattr(error, "non_block_errors", None)
    if plain:
        yield from (str(text) for text in plain)
    elif not nested:
        yield from error.messages


def label_of(page, name) -> str:
    if name == "__all__":
        return _("Item")
    return str(page._meta.get_field(name).verbose_name)
