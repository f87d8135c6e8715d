"""Article 13: what is sealed away is in no list, no register, no export and no log that anybody opens."""

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from checks import sources
from checks.models import Override
from intake import importing
from intake import services as intake_services
from ledger.models import RegisterEntry
from publication import scans
from review import acts
from tests import factories, package_world, paper_world
from tests.organisation_world import person

pytestmark = [pytest.mark.django_db, pytest.mark.article("13")]
WORDS = "水源地巡护路线"
NOT_LISTS = ("logout", "jsi18n", "sprite", "failwhale", "login", "password")


def addresses(resolver, before=""):
    """Every address of the admin that needs no number: lists, desks, reports, registers, choosers, APIs."""
    for pattern in resolver.url_patterns:
        route = before + str(pattern.pattern)
        if not isinstance(pattern, URLPattern):
            yield from addresses(pattern, route)
        elif not any(sign in route for sign in "<(") and not any(name in route for name in NOT_LISTS):
            yield "/" + route.replace("^", "").replace("$", "").replace("\\Z", "")


def sealed_away_in_every_way(town, column):
    """An item refused before (so that the register names it), one that came as a package, both found secret."""
    page = factories.item(town, "water", column, title=f"{WORDS}与值守安排")
    first = factories.submit(page, town.who("water", "author"))
    acts.refuse(first, town.who("water", "secrecy_reviewer"), remark=f"{WORDS}不宜公开")
    Override.objects.create(
        object_id=page.object_id,
        fingerprint="0" * 64,
        rule="secrecy",
        level="warn",
        excerpt=WORDS,
        reason=WORDS,
        by=town.who("water", "reviewer"),
        unit=town.units["water"],
        post="reviewer",
    )
    origin = sources.Origin(page.object_id, False, WORDS, "https://example.org/", None)
    sources.ask_exception(
        origin,
        page_id=page.pk,
        title=page.title,
        unit_id=page.unit_id,
        by=town.who("water", "author"),
        why=f"{WORDS}需要转载",
    )
    acts.quarantine(
        factories.submit(page, town.who("water", "author")),
        town.who("water", "secrecy_reviewer"),
        remark="见封存件",
    )
    desk = town.who("egov", "web_manager")
    said = package_world.said(title=WORDS, column=column.object_id, files=((f"{WORDS}.txt", b"a"),))
    brought = importing.bring(package_world.upload(said, name=f"{WORDS}.xxbs"), desk)
    taken = importing.take_in(
        brought,
        desk,
        author=town.who("jiuzhou", "author"),
        column=column,
        form=scans.accepted(paper_world.picture()),
    )
    case = intake_services.hand_in(
        taken, desk, row={"department": "办公室"} | factories.ROW, harms=factories.HARMLESS
    )
    acts.quarantine(case, town.who("jiuzhou", "secrecy_reviewer"), remark="见封存件")
    return brought, taken


def test_no_list_register_or_log_says_a_word_of_it(town, column):
    brought, taken = sealed_away_in_every_way(town, column)
    named = [reverse("ledger:entry", args=[entry.number]) for entry in RegisterEntry.objects.all()]
    named += [reverse(f"intake:{name}", args=[brought.pk]) for name in ("package", "package_file")]
    named += [reverse(f"intake:{name}", args=[taken.pk]) for name in ("record", "draft", "form_scan")]
    exports = [
        f"{reverse(name)}?export=xlsx" for name in ("ledger:register", "secrecy:rows", "secrecy:sheets")
    ]
    searches = [f"{reverse(name)}?q=巡护" for name in ("ledger:register", "secrecy:rows", "intake:index")]
    lists = [address for address in addresses(get_resolver()) if address.startswith("/admin/")]
    assert len(lists) > 100
    told = {}
    for who in (person("超级用户", is_superuser=True, is_staff=True), town.who("egov", "web_manager")):
        client = Client(raise_request_exception=False)
        client.force_login(who)
        for address in (*lists, *named, *exports, *searches):
            answer = client.get(address)
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content
            assert answer.status_code < 500, (who, address)
            if WORDS.encode() in body:
                told[who.name, address] = answer.status_code
    assert told == {}
    entry = RegisterEntry.objects.filter(kind="quarantined").latest("number")
    assert WORDS not in str(entry.facts)
