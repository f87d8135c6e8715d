"""A unit whose 信息员 leaves: what was open, and how the change is filed and received (Article 11)."""

from dataclasses import dataclass

import pypdfium2
import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from organisation.models import Post
from personnel import filing as services
from regulation.refusals import Refusal
from review import acts
from review.models import Case
from tests import factories
from tests.organisation_world import appoint

BACKEND = "organisation.authentication.AppointedBackend"


@dataclass
class Made:
    town: factories.Town
    draft: Page
    submitted: Case
    returned: Case

    def who(self, name, post):
        return self.town.who(name, post)


def build():
    """A 信息员 with a draft, an item under review and one that came back."""
    town = factories.town()
    column = factories.column(town)
    author = town.who("water", "author")
    town.people["water", "archivist"] = appoint("后备人员", town.units["water"], "archivist").person
    draft = factories.item(town, "water", column, title="未完成的草稿")
    submitted = factories.submit(factories.item(town, "water", column, title="正在审核"), author)
    returned = factories.submit(factories.item(town, "water", column, title="退回的信息"), author)
    reviewer = town.who("water", "secrecy_reviewer")
    returned = acts.return_(returned, reviewer, reason="fact", remark="时间写错了")
    return Made(town, draft, submitted, returned)


def logged_in(user):
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


def is_in(client):
    return client.get(reverse("wagtailadmin_account")).status_code == 200


def file(made, **fields):
    fields = {
        "leaver": made.who("water", "author"),
        "successor_name": "新信息员",
        "reason": "moved",
    } | fields
    by = fields.pop("by", made.who("water", "dedicated"))
    return services.file(fields.pop("unit", made.town.units["water"]), by=by, **fields)


def receive(made, filing, **fields):
    fields = {"username": "water.new"} | fields
    return services.receive(filing, by=fields.pop("by", made.who("egov", "web_manager")), **fields)


def refuses(code, call, *args, **kwargs):
    with pytest.raises(Refusal) as caught:
        call(*args, **kwargs)
    assert caught.value.code == code
    assert caught.value.article_label in str(caught.value)


def post(code):
    return Post.objects.get(pk=code)


def lines(filing):
    return {(line.kind, line.title) for line in filing.items.all()}


def words(pdf):
    with pypdfium2.PdfDocument(pdf) as document:
        return "".join(page.get_textpage().get_text_range() for page in document)


class FakeRequest:
    def __init__(self, user):
        self.user = user
