"""Lawful refusals: every "no" a person hears says which article says it.

Services raise `Refusal`; admin views turn it into one message and leave the form as it was. It is a
`PermissionDenied`, so that a refusal nobody catches still ends as a 403 and never as a 500.
"""

from django.core.exceptions import PermissionDenied

from regulation.numerals import article_label


class Refusal(PermissionDenied):
    """A request the regulation forbids, with the sentence to show and the article behind it.

    `code` is a stable machine name ("not_holder", "digest_changed") for tests and for choosing an
    icon; people only ever see the sentence.
    """

    def __init__(self, message, article: str, code: str = "refused"):
        super().__init__(message)
        self.message = message
        self.article = article
        self.code = code

    @property
    def article_label(self) -> str:
        """The citation as the regulation writes it: 第十三条."""
        return article_label(self.article)

    def __str__(self) -> str:
        return f"{self.message}（{self.article_label}）"

    def __repr__(self) -> str:
        return f"Refusal({str(self.message)!r}, article={self.article!r}, code={self.code!r})"

    def __reduce__(self):
        return (type(self), (self.message, self.article, self.code))
