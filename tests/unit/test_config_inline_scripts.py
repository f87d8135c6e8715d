"""Which inline scripts the admin's pages may run."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from config.inline_scripts import InlineScriptMiddleware, digest, is_widget

CHOOSER = 'new PageChooser("id_interprets", {"modelNames": ["home.policypage"], "userPerms": null});'
DATE = 'initDateChooser("id_source_date", {"dayOfWeekStart": 1, "format": "Y-m-d"});'


@pytest.mark.parametrize("script", [CHOOSER, DATE, f"\n  {DATE}\n"])
def test_widgets_of_wagtail_pass(script):
    assert is_widget(script)


@pytest.mark.parametrize(
    "script",
    [
        "alert(1);",
        f"{CHOOSER} alert(1);",
        'new PageChooser("id", alert(1));',
        'new PageChooser("id", {"a": alert(1)});',
        'new PageChooser("id", {}); new PageChooser("id", {});',
        'new Function("alert(1)");',
        'new PageChooser({"id": 1});',
        "",
    ],
)
def test_everything_else_stays_blocked(script):
    assert not is_widget(script)


def answered(body: str, content_type: str = "text/html"):
    middleware = InlineScriptMiddleware(lambda request: HttpResponse(body, content_type=content_type))
    return middleware(RequestFactory().get("/admin/"))


def test_only_the_widgets_hash_enters_the_policy():
    response = answered(f"<script>{CHOOSER}</script><script>alert(1)</script>")
    assert response._csp_update == {"script-src": [digest(CHOOSER)]}


def test_nothing_changes_where_there_is_no_widget():
    assert not hasattr(answered("<script>alert(1)</script>"), "_csp_update")
    assert not hasattr(answered(f"<script>{CHOOSER}</script>", "application/json"), "_csp_update")


def test_the_cropper_alone_may_set_its_empty_handler():
    response = answered('<script src="/static/wagtailimages/js/vendor/jquery.Jcrop.min.js"></script>')
    assert response._csp_update == {"script-src": ["'unsafe-hashes'", digest("return;")]}
