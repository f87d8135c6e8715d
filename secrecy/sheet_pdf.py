"""The printed sheet: A4, the official table of the regulation's attachment, ready for the unit's seal.

A clerk must take it for the original. What the original has not (serial number, QR code, times of the online
signatures, 授权委托 and 兼任) stands small outside the table or inside the signature cells.
"""

from io import BytesIO
from pathlib import Path

import pypdfium2
import segno

from ledger.typesetting import compile_pdf
from secrecy.facts import statutory_words

TEMPLATE = Path(__file__).with_name("sheet.typ")


def render(facts):
    """PDF bytes of one sheet; the same facts give the same bytes."""
    return compile_pdf(
        TEMPLATE.read_text(encoding="utf-8"),
        {"sheet": facts.as_data(), "words": statutory_words()},
        files={"qr.svg": qr_svg(facts.qr_text)},
        moment=facts.formed_at,
    )


def bound(documents):
    """Several printed sheets as one PDF, page after page as they are."""
    out = BytesIO()
    with pypdfium2.PdfDocument.new() as whole:
        for document in documents:
            with pypdfium2.PdfDocument(document) as pages:
                whole.import_pages(pages)
        whole.save(out)
    return out.getvalue()


def qr_svg(text):
    """Error correction M survives a stamp's edge and a photocopy."""
    out = BytesIO()
    segno.make(text, error="m", micro=False).save(out, kind="svg", border=0, xmldecl=False)
    return out.getvalue()
