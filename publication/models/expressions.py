"""Columns that PostgreSQL derives from the signed bytes, so that they can never tell another story."""

from django.db import models
from django.db.models import F, Func, Value

# `publication_said(document, key)` is made in migration 0001: convert_from is only "stable" to PostgreSQL, although
# UTF-8 to UTF-8 always gives the same.
DOCUMENT_KEY = "publication_said(%(expressions)s, '{key}')"


def digest_of(field):
    """SHA-256 of a bytea column, in hexadecimal; the same that `sha256sum` prints."""
    return models.GeneratedField(
        expression=Func(Func(F(field), function="sha256"), Value("hex"), function="encode"),
        output_field=models.CharField(max_length=64),
        db_persist=True,
    )


def text_of(field, key):
    """One value of the document as text; the document's own word for it, not a copy somebody typed."""
    return models.GeneratedField(
        expression=Func(F(field), template=DOCUMENT_KEY.format(key=key), output_field=models.TextField()),
        output_field=models.TextField(),
        db_persist=True,
    )


def uuid_of(field, key):
    return models.GeneratedField(
        expression=Func(
            F(field),
            template=DOCUMENT_KEY.format(key=key) + "::uuid",
            output_field=models.UUIDField(null=True),
        ),
        output_field=models.UUIDField(null=True),
        db_persist=True,
        null=True,
    )
