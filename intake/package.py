"""The offline package: one JSON file with texts, attachments, secrecy row and digests (Article 12).

Whatever is wrong with it is a sentence, never a traceback: the file comes from a stick that anybody may have had.
"""

import base64
import binascii
import hashlib
import json
from dataclasses import dataclass

from django.core.files.base import ContentFile
from django.utils.translation import gettext as _

from regulation.questions import HARMS, NO, YES

FORMAT, VERSION = "xixiu-offline-package", 1
LARGEST_FILES = 60 * 1024 * 1024
LARGEST = 90 * 1024 * 1024  # Base64 adds a third
MOST_TEXT = 200_000

FIELDS = ("author", "deliverer", "telephone", "reason", "title", "column", "text")
ROW = ("department", "source", "reprint_source", "form", "other_form")


class Unusable(Exception):
    """Why a package is refused: a code for the record, a sentence for people."""

    def __init__(self, code, sentence):
        super().__init__(sentence)
        self.code = code


@dataclass(frozen=True)
class Package:
    said: dict

    @property
    def number(self):
        return self.said["id"]

    @property
    def digest(self):
        return self.said["digest"]

    def attachments(self):
        for entry in self.said["attachments"]:
            yield ContentFile(base64.b64decode(entry["data"]), name=entry["name"])

    def __getattr__(self, name):
        try:
            return self.said[name]
        except KeyError as error:
            raise AttributeError(name) from error


def read(data: bytes) -> Package:
    """Every check that needs nothing but the file."""
    if len(data) > LARGEST:
        raise Unusable(
            "oversized", _("The package is larger than %(limit)s MB.") % {"limit": LARGEST // 1024**2}
        )
    try:
        said = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise Unusable("damaged", _("The package is damaged: it cannot be read to its end.")) from error
    if not isinstance(said, dict) or said.get("format") != FORMAT or said.get("version") != VERSION:
        raise Unusable("foreign", _("This is no package of the offline form."))
    if not _well_formed(said):
        raise Unusable("damaged", _("The package is damaged: parts of it are missing."))
    if digest_of(said) != said["digest"]:
        raise Unusable("altered", _("The package was altered: its digest does not fit its content."))
    for entry in said["attachments"]:
        _require_whole(entry)
    return Package(said)


def _well_formed(said):
    texts = [said.get(name) for name in (*FIELDS, "id", "made_at", "unit", "digest")]
    row, harms, attachments = said.get("row"), said.get("harms"), said.get("attachments")
    return (
        all(isinstance(text, str) and len(text) <= MOST_TEXT for text in texts)
        and len(said["id"]) == 32
        and _texts(row, ROW)
        and _texts(harms, [harm.code for harm in HARMS])
        and set(harms.values()) <= {YES, NO}
        and isinstance(attachments, list)
        and all(
            _texts(entry, ("name", "sha256", "data")) and isinstance(entry.get("size"), int)
            for entry in attachments
        )
    )


def _texts(part, names):
    return isinstance(part, dict) and all(isinstance(part.get(name), str) for name in names)


def digest_of(said):
    """Over everything but the files' bytes, which have digests of their own; as `offline/form.js` writes it."""
    bound = {key: value for key, value in said.items() if key != "digest"}
    bound["attachments"] = [
        {key: value for key, value in entry.items() if key != "data"} for entry in said["attachments"]
    ]
    text = json.dumps(bound, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _require_whole(entry):
    try:
        content = base64.b64decode(entry["data"], validate=True)
    except (binascii.Error, ValueError) as error:
        raise Unusable("damaged", _("The attachment %(name)s is damaged.") % entry) from error
    if len(content) != entry["size"] or hashlib.sha256(content).hexdigest() != entry["sha256"]:
        raise Unusable("altered", _("The attachment %(name)s was altered.") % entry)
