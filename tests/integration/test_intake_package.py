"""The offline package: brought in, taken in, handed in; what is wrong with it is said and kept (Article 12)."""

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, ProgrammingError, transaction
from django.test import Client
from django.urls import reverse

from intake import importing, offline_form, package
from intake.models import Intake, PackageFile
from publication.files import open_private
from regulation.refusals import Refusal
from review.models import Case
from tests import package_world, paper_world

pytestmark = [pytest.mark.django_db, pytest.mark.article("12")]


def bring(town, content, **name):
    return importing.bring(package_world.upload(content, **name), town.who("egov", "web_manager"))


def client_of(user):
    client = Client()
    client.force_login(user)
    return client


def with_file(town, **changes):
    return town | {"attachments": [town["attachments"][0] | changes]}


WRONG = {
    "damaged": lambda good: str(good).encode()[:200],
    "foreign": lambda good: b'{"format": "something else"}',
    "altered": lambda good: good | {"text": "另一篇"},
    "damaged parts": lambda good: {key: value for key, value in good.items() if key != "row"},
    "altered file": lambda good: with_file(good, data="AAAA"),
    "damaged file": lambda good: with_file(good, data="not Base64"),
    "unit": lambda good: package_world.said(unit="nowhere"),
    "damaged depth": lambda good: b"[" * 100_000,
}


@pytest.mark.parametrize("kind", WRONG)
def test_what_is_wrong_is_said_and_kept_for_inspection(town, kind):
    record = bring(town, WRONG[kind](package_world.said()))
    assert (record.outcome, record.code) == ("refused", kind.split()[0]) and record.reason
    with open_private(record.sha256) as kept:
        assert kept.read()
    assert not Intake.objects.exists()


def test_oversized_and_duplicate_are_refused(town, monkeypatch):
    good = package_world.said()
    assert bring(town, good).outcome == "received"
    again = bring(town, good, name="copy.xxbs")
    assert (again.outcome, again.code) == ("refused", "duplicate")
    monkeypatch.setattr(package, "LARGEST", 100)
    assert bring(town, package_world.said(number="1" * 32)).code == "oversized"


def test_only_the_desk_brings_in(town):
    with pytest.raises(Refusal):
        importing.bring(package_world.upload(package_world.said()), town.who("jiuzhou", "author"))
    assert not PackageFile.objects.exists()


def test_command_says_why(town, tmp_path):
    file = tmp_path / "a.xxbs"
    file.write_bytes(package_world.upload(package_world.said()).read())
    by = town.who("egov", "web_manager").username
    call_command("import_package", str(file), by=by)
    assert PackageFile.objects.get().outcome == "received"
    with pytest.raises(CommandError, match="duplicate"):
        call_command("import_package", str(file), by=by)


def test_command_asks_who_brings_it_in(town, tmp_path, monkeypatch):
    file = tmp_path / "a.xxbs"
    file.write_bytes(package_world.upload(package_world.said()).read())
    monkeypatch.setattr("sys.stdin.isatty", lambda: False, raising=False)
    with pytest.raises(CommandError, match="--by"):
        call_command("import_package", str(file))
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", lambda _question: town.who("egov", "web_manager").username)
    call_command("import_package", str(file))
    assert PackageFile.objects.get().by == town.who("egov", "web_manager")


NEWER = (
    "=>",
    "const ",
    "let ",
    "`",
    "async ",
    "await ",
    "...",
    "class ",
    "for (const",
    "?.",
    "Promise",
    "TextEncoder",
)


@pytest.mark.parametrize("script", ["sha256.js", "form.js"])
def test_the_form_runs_in_any_browser_of_a_units_desk(script):
    text = (offline_form.FOLDER / script).read_text(encoding="utf-8")
    code = "\n".join(line.split("//")[0] for line in text.splitlines())
    assert [word for word in NEWER if word in code] == []


def test_from_upload_to_handed_in_on_screen(town, column):
    desk = client_of(town.who("egov", "web_manager"))
    said = package_world.said(column=column.object_id)
    answer = desk.post(reverse("intake:packages"), {"file": package_world.upload(said)})
    record = PackageFile.objects.get()
    assert answer["Location"] == reverse("intake:package", args=[record.pk])
    page = desk.get(answer["Location"]).content.decode()
    assert said["digest"] in page and "请提前储水" in page
    given = {"author": town.who("jiuzhou", "author").pk, "column": column.pk, "scan": paper_world.picture()}
    assert desk.post(answer["Location"], given).status_code == 200  # the digests were not compared
    given["scan"] = paper_world.picture()
    desk.post(answer["Location"], given | {"same_digest": "on"})
    record.refresh_from_db()
    assert (record.outcome, record.intake.channel, record.intake.reason) == ("taken", "package", "power")
    page = desk.get(reverse("intake:record", args=[record.intake_id])).content.decode()
    assert "党政办" in page and record.intake.files[0]["sha256"] == said["attachments"][0]["sha256"]
    row = {f"row-{name}": value for name, value in said["row"].items()}
    harms = {f"harms-{name}": value for name, value in said["harms"].items()}
    desk.post(reverse("intake:record", args=[record.intake_id]), row | harms)
    case = Case.objects.get(object_id=record.intake.object_id)
    assert case.author == town.who("jiuzhou", "author") and case.opinion == "secrecy"
    assert said["attachments"][0]["sha256"] in bytes(case.submission.document).decode()
    bad = desk.post(reverse("intake:packages"), {"file": package_world.upload(b"{")}, follow=True)
    assert "（第十二条）" in bad.content.decode()


def test_the_form_is_for_the_units_own_people(town, column):
    address = reverse("intake:offline", args=[town.units["jiuzhou"].pk])
    form = client_of(town.who("jiuzhou", "author")).get(address)
    text = form.content.decode()
    assert "attachment" in form["Content-Disposition"] and str(column.object_id) in text
    assert "src=" not in text and "http" not in text.replace("http-equiv", "")
    own = client_of(town.who("jiuzhou", "author")).get(reverse("intake:own_offline"))
    assert own["Location"] == address
    assert client_of(town.who("water", "author")).get(address).status_code != 200


def test_the_record_of_a_package_never_changes(town):
    record = bring(town, package_world.said())
    for changes in ({"reason": "x"}, {"sha256": "0" * 64}, {"outcome": "refused"}):
        with pytest.raises((IntegrityError, ProgrammingError)), transaction.atomic():
            PackageFile.objects.filter(pk=record.pk).update(**changes)
