"""The canonical text of a decided row, as the database writes it (`secrecy_row_digest`, migration 0002).

Kept here a second time so that a sheet can be checked away from the database; a test holds the two together.
"""

import hashlib
from datetime import UTC, datetime, timedelta

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def moment(value):
    return "" if value is None else str((value - EPOCH) // timedelta(microseconds=1))


def _id(value):
    return "" if value is None else str(value)


def row_lines(row):
    return (
        "secrecy-row/1",
        _id(row.submission_id),
        row.content_digest,
        _id(row.unit_id),
        _id(row.author_id),
        row.day.isoformat(),
        moment(row.created_at),
        row.department,
        row.name,
        row.source,
        row.reprint_source,
        row.form,
        row.other_form,
        row.reviewer_opinion,
        _id(row.reviewer_id),
        _id(row.reviewer_delegation_id),
        moment(row.reviewed_at),
        row.leader_opinion,
        _id(row.leader_id),
        _id(row.leader_delegation_id),
        moment(row.decided_at),
        _id(row.cites_id),
    )


def row_digest(row):
    return _sha256("\n".join(row_lines(row)))


def sheet_digest(rows):
    """Over the digests of all rows in their order: what the QR code on the paper carries."""
    return _sha256("\n".join(row.digest for row in rows))


def _sha256(text):
    return hashlib.sha256(text.encode()).hexdigest()
