"""Pieces of a file as blocks of a draft; what the editor opens afterwards are the blocks of home/blocks.py."""

from django.core.exceptions import ValidationError

from conversion import pictures
from conversion.pieces import Heading, Picture, Piece, Reading, Table, Text


def stream(reading: Reading, unit, user) -> list[dict]:
    """The raw data of a body; pictures go into the unit's library, those that cannot are named as losses."""
    made = []
    for piece in reading.pieces:
        try:
            made.append(BLOCKS[type(piece)](piece, reading, unit, user))
        except ValidationError as error:
            reading.lose(error.messages[0])
    return made


def _text(piece: Text, *_context) -> dict:
    return {"type": "rich_text", "value": piece.html}


def _heading(piece: Heading, *_context) -> dict:
    return {"type": "heading", "value": piece.text}


def _table(piece: Table, *_context) -> dict:
    head, *rows = piece.rows
    table = {
        "columns": [{"type": "text", "heading": cell} for cell in head],
        "rows": [{"values": row} for row in rows],
        "caption": "",
    }
    return {
        "type": "table",
        "value": {"caption": piece.caption, "table": table, "merges": "；".join(piece.merges)},
    }


def _picture(piece: Picture, reading, unit, user) -> dict:
    image = pictures.keep(piece, unit, user, title=piece.alt or reading.title)
    value = {"image": image.pk, "alt_text": piece.alt, "decorative": False}
    return {"type": "image", "value": {"image": value, "caption": piece.caption}}


BLOCKS: dict[type[Piece], object] = {Text: _text, Heading: _heading, Table: _table, Picture: _picture}
