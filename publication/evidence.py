"""What the register writes down about an item: names, posts, opinions, times, digests, copied and not linked.

Higher apps add what only they know (the number of the secrecy sheet) through `contributors`; the statutory words for
routes and opinions are those of `ledger.wording`.
"""

from collections.abc import Callable

from django.utils import timezone

from ledger import wording
from organisation.models import Delegation, Unit, User
from organisation.models.units import unit_names
from organisation.posts import POSTS
from publication.documents import assets, parse
from publication.models import Publication, SignOff

# Each takes a submission and returns facts to add; run inside the transaction that writes the entry.
contributors: list[Callable] = []

POST_NAMES = {row.code: row.name for row in POSTS}

# What a sealed-away item must not tell, not even in the register (Article 13).
SECRET = ("title", "path", "source", "column", "column_object_id", "assets", "digest", "intake")


def facts(submission, publication=None, *, kind="") -> dict:
    """All that the register needs to know of one submission; `kind` is the kind of entry."""
    return facts_of_many([(submission, publication)], kind=kind)[0]


def facts_of_many(pairs, *, kind="") -> list[dict]:
    """The same for many (submission, publication), in a fixed number of queries and the contributors'."""
    pairs = list(pairs)
    known = _Names([submission for submission, _publication in pairs])
    found = []
    for submission, publication in pairs:
        entry = _of_item(submission, publication, known)
        if submission.batch_id is None:  # an item of a batch has no steps and no paper of its own
            for contribute in contributors:
                entry.update(contribute(submission))
        if kind == "quarantined":
            entry = {key: value for key, value in entry.items() if key not in SECRET}
            entry["signatories"] = [{**row, "remark": ""} for row in entry["signatories"]]
        found.append(entry)
    return found


class _Names:
    """Everything that many entries look up, read at once."""

    def __init__(self, submissions):
        self.documents = {s.pk: parse(s.document) for s in submissions}
        own = [s.pk for s in submissions if s.batch_id is None]
        self.signed = {}
        sign_offs = list(SignOff.objects.filter(submission_id__in=own).order_by("id"))
        for row in sign_offs:
            self.signed.setdefault(row.submission_id, []).append(row)
        units = {s.unit_id for s in submissions} | {row.unit_id for row in sign_offs}
        self.units = unit_names(units)
        self.codes = dict(Unit.objects.filter(pk__in=units).values_list("pk", "code"))
        delegations = {row.delegation_id for row in sign_offs if row.delegation_id}
        self.grantors = dict(Delegation.objects.filter(pk__in=delegations).values_list("pk", "grantor_id"))
        people = {s.author_id for s in submissions} | {row.person_id for row in sign_offs}
        people |= set(self.grantors.values())
        self.people = dict(User.objects.filter(pk__in=people).values_list("pk", "name"))
        columns = {document.get("column") for document in self.documents.values()} - {None}
        rows = (
            Publication.objects.open().filter(object_id__in=columns)
            if columns
            else Publication.objects.none()
        )
        self.columns = {str(key): title for key, title in rows.values_list("object_id", "title")}


def _of_item(submission, publication, known):
    document = known.documents[submission.pk]
    column = document.get("column")
    return {
        "title": document["title"],
        "path": submission.path,
        "item_kind": document["kind"],
        "unit": known.units.get(submission.unit_id, ""),
        "unit_code": known.codes.get(submission.unit_id, ""),
        "unit_id": submission.unit_id,
        "column": known.columns.get(column, ""),
        "column_object_id": column,
        "route": submission.route,
        "route_label": wording.ROUTES.get(submission.route, submission.route),
        "variant": submission.variant,
        "source": document.get("source") or {},
        "author": {"id": submission.author_id, "name": known.people.get(submission.author_id, "")},
        "submitted_at": _moment(submission.created_at),
        "signatories": [_signatory(row, known) for row in known.signed.get(submission.pk, ())],
        "batch": str(submission.batch_id) if submission.batch_id else None,
        "legacy": bool(publication and publication.legacy),
        "published_at": _moment(publication.published_at) if publication else None,
        "first_published_at": _moment(publication.first_published_at) if publication else None,
        "digest": submission.digest,
        "assets": sorted({asset["sha256"] for asset in assets(document)}),
    }


def _signatory(row, known):
    grantor = known.grantors.get(row.delegation_id)
    return {
        "position": row.position,
        "attempt": row.attempt,
        "opinion": row.opinion,
        "label": wording.OPINIONS.get(row.opinion, row.opinion),
        "person_id": row.person_id,
        "person": known.people.get(row.person_id, ""),
        "unit": known.units.get(row.unit_id, ""),
        "post": POST_NAMES.get(row.post, row.post),
        "decision": row.decision,
        "remark": row.remark,
        "medium": row.medium,
        "delegation": row.delegation_id,
        "on_behalf_of": known.people.get(grantor, "") if grantor else "",
        "at": _moment(row.signed_at),
    }


def _moment(value):
    """In the portal's time zone, to the second for people and to the microsecond for proof."""
    return timezone.localtime(value).isoformat() if value else None
