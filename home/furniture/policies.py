"""政策文件库: policy documents by number, issuer, subject, year and validity, and what was in force on a day."""

from datetime import date

from django.db import connection
from django.db.models import Q
from django.shortcuts import render
from django.views.decorators.http import require_safe

from home.frame import page_context
from home.furniture.paging import page_of
from publication import policies, shown
from publication.models import PolicyEntry
from search.folding import simplified

TEXTS = ("q", "issuer", "subject")
VALIDITIES = ("有效", "已修改", "废止", "失效")
LONGEST = 60
# Years from the index, one probe a year instead of reading all entries.
YEARS = """
    WITH RECURSIVE years AS (
        (SELECT year FROM publication_policyentry ORDER BY year DESC LIMIT 1)
        UNION ALL
        SELECT (SELECT e.year FROM publication_policyentry e WHERE e.year < y.year ORDER BY e.year DESC LIMIT 1)
        FROM years y WHERE y.year IS NOT NULL)
    SELECT year FROM years WHERE year IS NOT NULL
"""


@require_safe
def library(request):
    shown.note("kind", "policy")
    wanted = wanted_of(request.GET)
    on = day_of(wanted.get("on", ""))
    entries = chosen(wanted, on)
    rows, pager = page_of(entries, request.GET.get("at", ""), wanted)
    for row in rows:
        row.stamp = policies.validity_of(row, on)
    context = page_context(
        "政策文件库",
        path="/policies/",
        column_type="政策文件",
        rows=rows,
        pager=pager,
        wanted=wanted,
        on=on,
        years=years(),
        validities=VALIDITIES,
    )
    return render(request, "public/policies.html", context)


def wanted_of(query) -> dict[str, str]:
    """What the reader asks for; nonsense is left out and shown as an empty field."""
    found = {name: " ".join(query.get(name, "").replace("\x00", "").split())[:LONGEST] for name in TEXTS}
    year = query.get("year", "")
    found["year"] = year if year.isascii() and year.isdigit() and len(year) == 4 else ""
    found["validity"] = query.get("validity", "") if query.get("validity") in VALIDITIES else ""
    on = day_of(query.get("on", ""))
    found["on"] = on.isoformat() if on else ""
    return {name: value for name, value in found.items() if value}


def day_of(text) -> date | None:
    try:
        return date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None


def chosen(wanted, on):
    entries = policies.in_force(on) if on else PolicyEntry.objects.all()
    entries = policies.standing(entries, on)
    if text := simplified(wanted.get("q", "")):
        entries = entries.filter(
            Q(title__icontains=text) | Q(document_number__icontains=text) | Q(index_number__icontains=text)
        )
    for name in ("issuer", "subject"):
        if name in wanted:
            entries = entries.filter(**{f"{name}__icontains": simplified(wanted[name])})
    if "year" in wanted:
        entries = entries.filter(year=int(wanted["year"]))
    return entries.filter(of_validity(wanted["validity"], on)) if "validity" in wanted else entries


def of_validity(word, on) -> Q:
    """The same order of precedence as the stamp (publication.policies.stamp), as a condition."""
    dead = Q(is_repealed=True)
    # A date that is not there is not past; without the second part NOT (NULL) would leave the entry out.
    lapsed = Q(lapses_on__isnull=False, lapses_on__lte=on or policies.today())
    if on is None:
        dead, lapsed = dead | Q(validity="废止"), lapsed | Q(validity="失效")
    changed = Q(is_amended=True) | Q(validity="已修改")
    return {
        "废止": dead,
        "失效": ~dead & lapsed,
        "已修改": ~dead & ~lapsed & changed,
        "有效": ~dead & ~lapsed & ~changed,
    }[word]


def years() -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(YEARS)
        return [year for (year,) in cursor.fetchall()]
