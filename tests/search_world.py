"""What tests of the public search ask, and what they publish to be found."""

import json

from django.test import RequestFactory

from publication import searching
from search import finding
from tests.publication_world import document, public


def get(**asked):
    return searching.results(RequestFactory().get("/search/", asked)).content.decode()


def suggested(typed):
    answer = searching.suggest(RequestFactory().get("/search/suggest", {"q": typed}))
    return [row["title"] for row in json.loads(answer.content)["suggestions"]]


def found(typed, **filters):
    return finding.query(typed, **filters).ids


def text(words):
    return [{"type": "rich_text", "html": f"<p>{words}</p>"}]


def lantern(made, **changes):
    body = text("旧州古镇<strong>灯</strong>会于正月十五举行，医疗保障点设在南门。联系&nbsp;5号窗口")
    return public(made, document(made, title="旧州古镇灯会安排", body=body) | changes)
