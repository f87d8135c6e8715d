"""Units, names and resets as PostgreSQL keeps them."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from organisation.models import Unit, UnitKind, UnitName
from tests.organisation_world import LONG_AGO, holder, holds, person, unit
from tests.refusing import refused_by_database, run

pytestmark = pytest.mark.django_db


@pytest.fixture
def township():
    return unit(UnitKind.TOWNSHIP, "旧州镇")


@pytest.mark.article("9")
def test_code_and_kind_of_a_unit_stay_and_closing_is_not_in_the_past(township):
    refused_by_database(
        "UPDATE organisation_unit SET kind = 'gov_office' WHERE id = %s", township.pk, says="do not change"
    )
    refused_by_database(
        "UPDATE organisation_unit SET code = 'other' WHERE id = %s", township.pk, says="do not change"
    )
    refused_by_database(
        "UPDATE organisation_unit SET closed_on = '2020-01-01' WHERE id = %s", township.pk, says="past"
    )
    writer = holder(township, "author")
    today = run("SELECT organisation_today()")
    run("UPDATE organisation_unit SET closed_on = %s WHERE id = %s", today, township.pk)
    assert not holds(writer, township, "author")
    assert holds(writer, township, "author", LONG_AGO + timedelta(days=1))
    refused_by_database(
        "UPDATE organisation_unit SET closed_on = NULL WHERE id = %s", township.pk, says="past"
    )


@pytest.mark.article("5")
def test_there_is_one_government_office():
    unit(UnitKind.GOV_OFFICE)
    with pytest.raises(IntegrityError, match="one_office"), transaction.atomic():
        Unit.objects.create(code="second", kind=UnitKind.GOV_OFFICE)


@pytest.mark.article("19")
def test_a_name_is_never_overwritten_and_names_do_not_overlap(township):
    name = township.names.get()
    refused_by_database(
        "UPDATE organisation_unitname SET name = '新名' WHERE id = %s", name.pk, says="does not change"
    )
    refused_by_database(
        "UPDATE organisation_unitname SET valid_to = '2020-01-01' WHERE id = %s", name.pk, says="ends today"
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        UnitName.objects.create(unit=township, name="旧州古镇", valid_from="2018-01-01")


@pytest.mark.article("20")
def test_the_record_of_a_reset_is_the_servers_and_stays(as_role):
    run(
        "INSERT INTO organisation_passwordreset (person_id, by_id, at, reason) VALUES (%s, %s, '2017-01-01', 'x')",
        person().pk,
        person().pk,
    )
    assert run("SELECT at > clock_timestamp() - interval '1 minute' FROM organisation_passwordreset")
    refused_by_database(
        "UPDATE organisation_passwordreset SET reason = 'y'", error=DatabaseError, says="permission denied"
    )
    with as_role("owner"):
        refused_by_database("UPDATE organisation_passwordreset SET reason = 'y'", says="kept for ever")


@pytest.mark.article("14")
@pytest.mark.parametrize("table", ["user", "unit", "appointment", "delegation", "passwordreset"])
def test_the_public_role_reads_nothing_of_this(table, as_role):
    with as_role("public"):
        refused_by_database(
            f"SELECT * FROM organisation_{table}", error=DatabaseError, says="permission denied"
        )
