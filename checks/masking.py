"""One-click masking: the digits of personal data become asterisks, nothing else changes (Article 15(4))."""

from collections.abc import Iterable

from checks import personal
from checks.findings import Context, Finding, Part
from checks.markup import flatten

#: Office telephones stay: they are published on purpose, and only explained.
KEPT = {"person.landline"}


def mask(text: str, findings: Iterable[Finding] | None = None, context: Context | None = None) -> str:
    """The text with the findings' places masked; without findings, with whatever is personal in it masked."""
    if findings is None:
        spans = [(h.rule, h.start, h.end) for h in personal.detect(Part("", text), context or Context())]
    else:
        spans = [(f.rule, f.start, f.end) for f in findings if f.fix == "mask"]
    for rule, start, end in spans:
        if rule not in KEPT:
            text = text[:start] + personal.masked(rule, text[start:end]) + text[end:]
    return text


def mask_html(html: str, context: Context | None = None) -> str:
    """The same in HTML: a number may be broken by inline tags, and tags and attributes stay as they are."""
    flat = flatten(html)
    signs = list(html)
    after = mask(flat.text, context=context)
    for place, (old, new) in enumerate(zip(flat.text, after, strict=True)):
        if old != new:
            signs[flat.places[place]] = new
    return "".join(signs)
