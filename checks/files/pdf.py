"""PDF files through PDFium: text, author, scripts, embedded files. Nothing in them is run."""

import re

import pypdfium2
from pypdfium2 import raw

from checks import seals
from checks.files.archives import Hostile
from checks.files.inspection import MAX_TEXT, Inspection
from checks.files.office import NOBODY

MAX_PAGES = 300
ACTIONS = re.compile(rb"/(?:JavaScript|JS|Launch|SubmitForm|ImportData|RichMedia)\b")
ATTACHED = re.compile(rb"/(?:EmbeddedFile|FileAttachment)\b")


def read(data: bytes, inspection: Inspection) -> None:
    try:
        with pypdfium2.PdfDocument(data) as document:
            properties(document, inspection)
            texts(document, inspection)
            if raw.FPDFDoc_GetJavaScriptActionCount(document) > 0:
                inspection.found("file.script")
            if raw.FPDFDoc_GetAttachmentCount(document) > 0:
                inspection.found("file.embedded")
    except pypdfium2.PdfiumError as error:
        raise Hostile("encrypted" if "assword" in str(error) else "broken") from error
    if ACTIONS.search(data):  # actions of fields and pages, which the count of the document leaves out
        inspection.found("file.script")
    if ATTACHED.search(data):
        inspection.found("file.embedded")
    if seals.find_in_bytes(data):
        inspection.found("debris.seal")


def properties(document, inspection: Inspection) -> None:
    known = document.get_metadata_dict(skip_empty=True)
    if not NOBODY.match(known.get("Author", "").strip()):
        inspection.found("file.author")
    inspection.say(known.get("Title", ""), known.get("Subject", ""), known.get("Keywords", ""))


def texts(document, inspection: Inspection) -> None:
    length = 0
    for number in range(len(document)):
        if number >= MAX_PAGES or length > MAX_TEXT:
            inspection.found("file.partly")
            return
        page = document[number]
        text = page.get_textpage()
        words = text.get_text_bounded().replace("\r\n", "\n")
        length += len(words)
        inspection.say(words)
        text.close()
        page.close()
