"""The table of attempts: which row of the publish paths each tries, and by whom.

`@attempt(row)` is tried by every kind of user; `@attempt(row, by=CODE)` once, as code that asks nobody.
An attempt may be refused in any manner. What counts is what the public gets afterwards; and that the attempt got
as far as something that refuses: a form sent back unfilled, an address that is not there or a mistake in a statement
would prove nothing (`Scene.misses`, `quietly`).
"""

import json
from collections.abc import Callable
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import Error, transaction
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data, querydict_from_html, rich_text, streamfield

from tests.regulation import world
from tests.regulation.world import EVERYBODY, UNAPPROVED

CODE = ("code",)
BACKEND = "organisation.authentication.AppointedBackend"
REFUSING = ("42501", "23514", "23505")  # insufficient privilege, check violation, unique violation


@dataclass(frozen=True)
class Attempt:
    row: int
    name: str
    act: Callable
    by: tuple[str, ...]


ATTEMPTS: list[Attempt] = []


def attempt(row, by=EVERYBODY):
    def keep(act):
        ATTEMPTS.append(Attempt(row, act.__name__, act, by))
        return act

    return keep


class Scene:
    """One test: the world, and whoever acts in it, through Wagtail's screens or as code."""

    def __init__(self, made: world.World, who: str):
        self.world = made
        self.who = who
        self.answers = []
        self.misses = []

    def __getattr__(self, name):
        return getattr(self.world, name)

    @property
    def actor(self):
        return self.world.user(world.SUPERUSER if self.who in CODE else self.who)

    # --- through the screens ---

    def browser(self, who=None):
        """A client that raises nothing; `who` False is nobody."""
        client = Client(raise_request_exception=False)
        if who is not False:
            user = self.world.user(who) if who else self.actor
            client.force_login(user, backend=BACKEND)
        return client

    def post(self, name, *args, data=None, query="", **more):
        """Every answer is kept: a server error would be an impolite no."""
        with quietly():
            return self.keep(self.browser().post(reverse(name, args=args) + query, data or {}, **more), name)

    def get(self, name, *args, query=""):
        with quietly():
            return self.keep(self.browser().get(reverse(name, args=args) + query), name)

    def form(self, page):
        """The editor's form as its author's browser has it, with unapproved words in it."""
        url = reverse("wagtailadmin_pages:edit", args=[page.pk])
        return form_data(self.browser("author").get(url).content) | text_fields()

    def edit(self, page, form=None, **more):
        return self.post("wagtailadmin_pages:edit", page.pk, data=(form or self.form(page)) | more)

    def api(self, page, action, **data):
        url = reverse("wagtailadmin_api:pages:action", args=[page.pk, action])
        with quietly():
            answer = self.browser().post(url, json.dumps(data), content_type="application/json")
            return self.keep(answer, f"api {action}")

    def keep(self, response, name):
        assert "/login/" not in response.headers.get("Location", ""), f"{name}: nobody was logged in"
        self.answers.append((name, response.status_code))
        if response.status_code == 404 and not name.startswith("api "):  # the API hides what one may not see
            self.misses.append(f"{name}: not there")
        if response.status_code == 200 and response.request["REQUEST_METHOD"] == "POST":
            self.misses += [f"{name}: {line}" for line in left_out(response)]
        return response

    # --- as code ---

    def action(self, kind, thing, **options):
        """One of Wagtail's actions; the permission check left out, as scripts may do."""
        with quietly():
            return kind(thing, user=self.actor, **options).execute(skip_permission_checks=True)

    def sign(self, opinion, name="waiting"):
        """The item goes lawfully on until that opinion is waited for."""
        from review.models import Case
        from tests import factories

        case = Case.objects.open().get(page_id=self.pages[name])
        return factories.advance_to(self.town, case, opinion)


class quietly:
    """A refusal, by rule or by PostgreSQL, is what attempts end with; the transaction goes on."""

    REFUSED = (PermissionDenied, ValidationError)

    def __enter__(self):
        self.point = transaction.atomic()
        self.point.__enter__()

    def __exit__(self, kind, error, trace):
        self.point.__exit__(kind, error, trace)
        return kind is not None and (
            issubclass(kind, self.REFUSED) or is_databases_no(error) or is_wagtails_no(kind)
        )


def is_databases_no(error):
    """A trigger's refusal, a constraint, or a right on a table that is not granted."""
    if not isinstance(error, Error):
        return False
    diagnosis = getattr(error.__cause__, "diag", None)
    if diagnosis is None:
        return False
    return diagnosis.sqlstate in REFUSING and "sequence" not in diagnosis.message_primary


def is_wagtails_no(kind):
    """Wagtail's actions have their own exceptions for what they refuse."""
    return kind.__module__.startswith(("wagtail.", "treebeard.", "wagtail_localize."))


def left_out(response):
    """Fields that the attempt forgot: such a form was never looked at."""
    form = response.context and response.context.get("form")
    for field, errors in (form.errors.as_data() if form is not None else {}).items():
        yield from (
            f"{field} {error.code}" for error in errors if error.code in ("required", "invalid_choice")
        )


def form_data(html, form_id="page-edit-form"):
    return querydict_from_html(html.decode(), form_id=form_id).dict()


def text_fields(title=UNAPPROVED, text=UNAPPROVED):
    """What an author types into the body; the form holds StreamFields as JSON, which no browser posts."""
    body = [("rich_text", rich_text(f"<p>{text}</p>"))]
    return {"title": title, **nested_form_data({"body": streamfield(body), "attachments": streamfield([])})}


def type_of(page):
    found = ContentType.objects.get_for_model(type(page))
    return found.app_label, found.model
