"""From a document to HTML: the one function that preview, review page and public page share.

What people sign on the review page is therefore what the public gets. Higher apps register the template of
each kind; links are resolved through open publications in one query, and a target that is not public is
plain text.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.template.loader import render_to_string

from publication import reading
from publication.files import public_url

MODES = ("public", "review", "preview")
LINK = re.compile(r'data-object="([0-9a-f-]{36})"')


@dataclass(frozen=True)
class Face:
    """How a kind of document looks: its template, and what else the template needs to know."""

    template: str
    context: Callable | None = None


_faces: dict[str, Face] = {}

# mode → (sha256, name) → URL. The review page stands at …/document/ and its files at …/file/<sha256>/.
FILE_URLS: dict[str, Callable[[str, str], str]] = {
    "public": public_url,
    "review": lambda sha256, name: f"../file/{sha256}/",
    "preview": public_url,
}


def register(kind: str, template: str, context_builder: Callable | None = None) -> None:
    """Called from AppConfig.ready(): `context_builder(document, *, published_at, request, mode, publication,
    links)` returns further context.
    """
    _faces[kind] = Face(template, context_builder)


def is_registered(kind: str) -> bool:
    return kind in _faces


def render_document(
    document: dict, *, published_at=None, request=None, mode="public", publication=None
) -> str:
    """The whole page. `published_at` is the server's moment of publication, unknown before it.

    Raises KeyError for a kind that no app has registered: nothing is shown by guessing.
    """
    if mode not in MODES:
        raise ValueError(f"{mode!r} is not one of {MODES}.")
    face = _faces[document["kind"]]
    links = reading.resolve(linked_objects(document))
    context = {
        "document": document,
        "published_at": published_at,
        "mode": mode,
        "publication": publication,
        "links": links,
        "file_url": FILE_URLS[mode],
    }
    if face.context is not None:
        more = {"published_at": published_at, "request": request, "mode": mode, "publication": publication}
        context |= face.context(document, links=links, **more)
    return render_to_string(face.template, context, request=None)


def linked_objects(document: dict) -> set[str]:
    """Every object this document points to: links in its text, relations of a policy, its column and subsite."""
    policy = document.get("policy") or {}
    found = {document.get(key) for key in ("column", "section", "parent")}
    found |= {policy.get("interprets"), *policy.get("interpretations", ())}
    for text in _texts(document):
        found.update(LINK.findall(text))
    return {str(key) for key in found if key}


def _texts(value) -> Iterator[str]:
    if isinstance(value, str):
        if "data-object=" in value:
            yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from _texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)
