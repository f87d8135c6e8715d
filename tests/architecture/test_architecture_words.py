"""What people read: every sentence in Chinese, and the statutory texts fresh."""

import importlib

import pytest
from django.core.management import call_command

from config import messages


def test_every_sentence_has_its_chinese():
    assert messages.gaps() == []


def test_catalogue_holds_nothing_unused():
    wanted = set(messages.messages())
    kept = {(entry.msgctxt, entry.msgid, entry.msgid_plural or None) for entry in messages.load()}
    assert kept == wanted


def test_extraction_finds_what_gettext_would():
    python = 'x = _("one") + ngettext("a %(n)s", "b %(n)s", n) + pgettext("door", "open") + _(name)'
    template = '{% load i18n %}{% translate "two" %}{% blocktranslate trimmed %}\n three {{ n }}\n{% endblocktranslate %}'
    assert set(messages.in_python(python)) == {
        (None, "one", None),
        (None, "a %(n)s", "b %(n)s"),
        ("door", "open", None),
    }
    assert set(messages.in_template(template)) == {(None, "two", None), (None, "three %(n)s", None)}


def test_regulation_table_is_fresh():
    call_command("regulation_table", "--check")


def imported(path: str):
    """The object behind a dotted path, whether a module or something in one."""
    parts = path.split(".")
    for length in range(len(parts), 0, -1):
        try:
            found = importlib.import_module(".".join(parts[:length]))
        except ModuleNotFoundError:
            continue
        for name in parts[length:]:
            found = getattr(found, name)
        return found
    raise ModuleNotFoundError(path)


def articles():
    from regulation.articles import ARTICLES

    return list(ARTICLES.values())


@pytest.mark.parametrize("article", articles(), ids=lambda article: article.number)
def test_what_enforces_an_article_exists(article):
    """A row that counts as done names code that is really there."""
    for path in article.enforced_by:
        if article.done:
            assert imported(path)
