"""Rows 30 to 33: titles that leak, rows written by hand, previews, machine-readable lists."""

import json

from django.conf import settings
from django.core import serializers
from django.core.management import call_command
from django.db import connection, models
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from home import rich_text
from home.blocks import BodyBlock
from home.models import InformationPage
from tests.committed import as_role
from tests.publication_world import DENIED
from tests.publication_world import attempt as refusal
from tests.regulation import public_side
from tests.regulation.attempts import BACKEND, CODE, attempt, quietly
from tests.regulation.world import UNAPPROVED


@attempt(30, by=CODE)
def titles_in_apis(scene):
    """The admin's API asks who you are, and names no item on route (6) to those it does not concern."""
    listing = reverse("wagtailadmin_api:pages:listing")
    detail = reverse("wagtailadmin_api:pages:detail", args=[scene.pages["draft"]])
    for address in (listing, detail):
        answer = scene.browser(False).get(address)
        assert answer.status_code in (302, 401, 403) and UNAPPROVED not in answer.content.decode()
    stranger = scene.browser()
    stranger.force_login(scene.town.who("jiuzhou", "author"), backend=BACKEND)
    for address in (listing, f"{listing}?child_of={scene.pages['unit']}", detail):
        assert UNAPPROVED not in stranger.get(address).content.decode()
    for path in ("/api/v2/pages/", "/api/v3/pages/"):
        assert scene.browser().get(path).status_code == public_side.get(path)[0] == 404


LIVE = {"live": True, "has_unpublished_changes": False, "first_published_at": None}


@attempt(31, by=CODE)
def queryset_update(scene):
    now = timezone.now()
    Page.objects.update(live=True, title=UNAPPROVED, seo_title=UNAPPROVED, last_published_at=now)
    InformationPage.objects.update(live=True, body=f'[{{"type":"heading","value":"{UNAPPROVED}"}}]')


@attempt(31, by=CODE)
def bulk_update(scene):
    pages = list(Page.objects.all())
    for page in pages:
        page.live, page.title, page.live_revision = True, UNAPPROVED, page.latest_revision
    Page.objects.bulk_update(pages, ["live", "title", "live_revision"])


@attempt(31, by=CODE)
def page_save(scene):
    for name in ("draft", "waiting", "public"):
        page = scene.page(name)
        page.live, page.title = True, UNAPPROVED
        page.live_revision = page.latest_revision
        with quietly():
            page.save()
        base = Page.objects.get(pk=page.pk)
        base.live, base.title = True, UNAPPROVED
        with quietly():
            base.save()
        with quietly():
            models.Model.save_base(base)
    assert not scene.page("draft").live or not scene.page("draft").is_public


@attempt(31, by=CODE)
def loaddata(scene):
    rows = json.loads(serializers.serialize("json", InformationPage.objects.all()))
    rows += json.loads(serializers.serialize("json", Page.objects.filter(pk__in=list(scene.pages.values()))))
    for row in rows:
        row["fields"] |= {"live": True, "title": UNAPPROVED} if "live" in row["fields"] else {}
    file = settings.PRIVATE_ROOT / "pages.json"
    file.write_text(json.dumps(rows))
    as_role("portal_owner", local=True)  # who alone may set the sequences afterwards
    call_command("loaddata", str(file), verbosity=0)
    as_role("portal_app", local=True)
    assert Page.objects.get(pk=scene.pages["draft"]).live


@attempt(31, by=CODE)
def raw_sql_on_page_tables(scene):
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE wagtailcore_page SET live = true, title = %s, slug = 'x' || id, url_path = '/'",
            [UNAPPROVED],
        )
        cursor.execute("UPDATE wagtailcore_revision SET object_str = %s", [UNAPPROVED])
        cursor.execute("UPDATE home_informationpage SET summary = %s", [UNAPPROVED])


OURS = {
    "UPDATE publication_publication SET document = convert_to(%s, 'UTF8')": DENIED,
    "UPDATE publication_submission SET document = convert_to(%s, 'UTF8')": DENIED,
    "UPDATE publication_listing SET title = %s": DENIED,
    "UPDATE publication_publicationasset SET name = %s": DENIED,
    "INSERT INTO publication_listing SELECT * FROM publication_listing WHERE title <> %s": DENIED,
    "DELETE FROM publication_signoff WHERE remark <> %s": DENIED,
    "UPDATE publication_frozenstep SET opinion = %s": DENIED,
    "UPDATE publication_routedefinition SET opinion = %s": DENIED,
    "INSERT INTO publication_publication (submission_id, object_id, site, path, unit_id, document, end_reason,"
    " end_note, legacy) SELECT id, object_id, site, path, unit_id, document, '', '', false"
    " FROM publication_submission WHERE title LIKE 'waiting%%' OR title = %s": "unsigned",
}


@attempt(31, by=CODE)
def raw_sql_on_our_tables(scene):
    """Every one of these is an error of PostgreSQL's, whoever's password the application has."""
    assert {statement: refusal(statement, [UNAPPROVED]) for statement in OURS} == OURS


@attempt(32, by=CODE)
def drafts_and_previews_need_a_log_in(scene):
    page = scene.page("draft")
    revision = page.latest_revision_id
    addresses = [
        reverse("wagtailadmin_pages:view_draft", args=[page.pk]),
        reverse("wagtailadmin_pages:revisions_view", args=[page.pk, revision]),
        reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk]),
        reverse("wagtailadmin_pages:history", args=[page.pk]),
        reverse("wagtailadmin_pages:workflow_history", args=[page.pk]),
        reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, "earliest", "latest"]),
        reverse("review:page_chain", args=[page.pk]),
    ]
    for address in addresses:
        answer = scene.browser(False).get(address)
        assert answer.status_code == 302 and "/login/" in answer["Location"], address
        assert public_side.get(address)[0] == 404


@attempt(32)
def preview_in_a_session(scene):
    """What the editor previews stays in his session."""
    page = scene.page("draft")
    scene.post("wagtailadmin_pages:preview_on_edit", page.pk, data={"title": UNAPPROVED, "body-count": 0,
               "attachments-count": 0})  # fmt: skip
    scene.get("wagtailadmin_pages:preview_on_edit", page.pk, query="?mode=")
    scene.get("wagtailadmin_pages:view_draft", page.pk)


@attempt(33, by=CODE)
def lists_for_machines_and_embeds(scene):
    """Lists read publications only, whatever Wagtail calls live; third-party HTML has no block and no finder."""
    Page.objects.update(live=True)
    for path in ("/sitemap.xml", "/rss.xml", "/feed/", "/search/?q=x", "/robots.txt", "/column1/?page=2"):
        status, body = public_side.get(path)
        assert status in (200, 404) and UNAPPROVED not in body.decode()
    assert settings.WAGTAILEMBEDS_FINDERS == []
    assert {"raw_html", "embed", "html"}.isdisjoint(BodyBlock().child_blocks)
    hostile = (
        '<p>字</p><embed embedtype="media" url="https://video.test/1"/><iframe src="https://x.test"></iframe>'
    )
    assert rich_text.clean(hostile) == "<p>字</p>"
