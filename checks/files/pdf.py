"""PDF files through PDFium: text, author, scripts, embedded files. Nothing in them is run."""

import re

import pypdfium2
from pypdfium2 import raw

from checks import seals
from checks.files import photos
from checks.files.archives import Hostile
from checks.files.inspection import MAX_TEXT, Inspection
from checks.files.office import NOBODY

MAX_PAGES = 300
ACTIONS = re.compile(rb"/(?:JavaScript|JS|Launch|SubmitForm|ImportData|RichMedia)\b")
PHOTO = re.compile(rb"\xff\xd8\xff\xe1..Exif\0\0", re.DOTALL)
NOTES = {
    raw.FPDF_ANNOT_TEXT,
    raw.FPDF_ANNOT_HIGHLIGHT,
    raw.FPDF_ANNOT_UNDERLINE,
    raw.FPDF_ANNOT_SQUIGGLY,
    raw.FPDF_ANNOT_STRIKEOUT,
    raw.FPDF_ANNOT_CARET,
    raw.FPDF_ANNOT_POPUP,
}
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
    if any(photos.has_location(data[photo.start() :]) for photo in PHOTO.finditer(data)):
        inspection.found("file.location", "文件内的照片含有拍摄地点的坐标。")


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
        notes(page, inspection)
        page.close()


def notes(page, inspection: Inspection) -> None:
    """Sticky notes and marks of readers; links and form fields are no comments."""
    for number in range(raw.FPDFPage_GetAnnotCount(page)):
        note = raw.FPDFPage_GetAnnot(page, number)
        if raw.FPDFAnnot_GetSubtype(note) in NOTES:
            inspection.found("file.comment")
        raw.FPDFPage_CloseAnnot(note)
