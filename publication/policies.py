"""The policy library's queries: the catalogue of open policy documents and how they repeal or amend each other."""

from datetime import date, timedelta

from django.db import connection
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from publication import shown
from publication.models import PolicyEntry, PolicyRelation, Publication

ENDED = ("废止", "失效")
PAGE_SIZE = 20


def today() -> date:
    return timezone.localdate()


def repealed(on):
    """Whether another open document has repealed this one by that day."""
    return Exists(PolicyRelation.objects.filter(target=OuterRef("object_id"), kind="repeals", since__lte=on))


def amended(on):
    return Exists(PolicyRelation.objects.filter(target=OuterRef("object_id"), kind="amends", since__lte=on))


def in_force(on):
    """What was in force on a day: begun, not lapsed, not repealed by then.

    A document that says it has ended without saying when is in force on no day: nobody is told what is not known.
    """
    begun = Q(effective_on__lte=on)
    lapsed = Q(lapses_on__lte=on) | Q(validity__in=ENDED, lapses_on__isnull=True, dead_by_other=False)
    entries = PolicyEntry.objects.annotate(
        dead_by_other=Exists(PolicyRelation.objects.filter(target=OuterRef("object_id"), kind="repeals"))
    )
    return entries.filter(begun & ~Q(repealed(on))).exclude(lapsed)


def standing(entries, on=None):
    """Annotates what the stamp of each entry follows from."""
    on = on or today()
    return entries.annotate(is_repealed=repealed(on), is_amended=amended(on))


def validity_of(entry, on=None) -> str:
    """The stamp: what other documents did to this one counts before what it says itself."""
    return stamp(
        entry.validity, entry.is_repealed, entry.is_amended, entry.lapses_on and str(entry.lapses_on), on
    )


def stamp(said, is_repealed, is_amended, lapses_on="", on=None) -> str:
    """Of an earlier day only dates count: what a document says of itself it says of today."""
    ended = said if on is None and said in ENDED else ""
    if is_repealed or ended == "废止":
        return "废止"
    if ended or (lapses_on and lapses_on <= str(on or today())):
        return "失效"
    if is_amended or said == "已修改":
        return "已修改"
    return "有效" if said in ENDED else said


def relations(document) -> list[dict]:
    """What repeals or amends this policy, and what it repeals or amends itself, in one query and in order of time.

    Each line: since, what happened (`done` to it or `does` itself), title and path of the other document.
    """
    own = document.get("policy") or {}
    does = {key: kind for kind in ("repeals", "amends") for key in own.get(kind, ())}
    shown.note("object", document["object"], *does)
    done = PolicyRelation.objects.filter(target=document["object"], publication__ended_at__isnull=True)
    lines = [
        {"kind": kind, "done": True, "since": since, "title": title, "path": path}
        for kind, since, title, path in done.values_list(
            "kind", "since", "publication__title", "publication__path"
        )
    ]
    lines += [
        {"kind": does[str(key)], "done": False, "since": None, "title": title, "path": path}
        for key, title, path in (
            Publication.objects.open().filter(object_id__in=does).values_list("object_id", "title", "path")
            if does
            else ()
        )
    ]
    return sorted(lines, key=lambda line: str(line["since"] or ""))


# All documents that repeal or amend each other, over any number of steps, and when each began and ended to be in force.
CHAIN = """
    WITH RECURSIVE pair AS NOT MATERIALIZED (
        SELECT e.object_id AS source, r.target FROM publication_policyrelation r
        JOIN publication_policyentry e ON e.publication_id = r.publication_id),
    chain (id) AS (
        SELECT %s::uuid UNION SELECT o.id FROM chain c, LATERAL (
            SELECT target AS id FROM pair WHERE source = c.id
            UNION ALL SELECT source FROM pair WHERE target = c.id) o)
    SELECT e.object_id::text, e.title, e.path, e.validity, coalesce(e.effective_on, e.formed_on),
        least(e.lapses_on, (SELECT min(r.since) FROM publication_policyrelation r
                            WHERE r.target = e.object_id AND r.kind = 'repeals'))
    FROM chain JOIN publication_policyentry e ON e.object_id = chain.id ORDER BY 5, e.publication_id LIMIT 50
"""


def periods(object_id: str) -> list[dict]:
    """Which document of this policy's line was in force from when to when; the last day is the day before the end."""
    with connection.cursor() as cursor:
        cursor.execute(CHAIN, [object_id])
        rows = cursor.fetchall()
    shown.note("object", *(row[0] for row in rows))
    return [
        {
            "title": title,
            "path": path,
            "own": key == object_id,
            "since": since,
            "until": end - timedelta(days=1) if end else None,
            "ended": said in ENDED and end is None,
        }
        for key, title, path, said, since, end in rows
        if since and (end is None or end > since)
    ]


# Also those that are not public: a page that lists them must know when they become so.
INTERPRETATIONS = """
    SELECT p.id, key, i.title, i.path
    FROM publication_publication p,
         LATERAL jsonb_array_elements_text(
             coalesce(convert_from(p.document, 'UTF8')::jsonb #> '{policy,interpretations}', '[]')) AS key
    LEFT JOIN publication_publication i ON i.object_id = key::uuid AND i.ended_at IS NULL
    WHERE p.id = ANY(%s) AND p.kind = 'policy' AND p.ended_at IS NULL ORDER BY p.id, i.id
"""


def interpretations(publication_ids) -> dict[int, list[tuple[str, str]]]:
    """Title and path of the public interpretations of several policies (Article 14(1)), in one query."""
    if not publication_ids:
        return {}
    found: dict[int, list[tuple[str, str]]] = {}
    with connection.cursor() as cursor:
        cursor.execute(INTERPRETATIONS, [list(publication_ids)])
        for policy, key, title, path in cursor.fetchall():
            shown.note("object", key)
            if path:
                found.setdefault(policy, []).append((title, path))
    return found
