"""Who may see an item under review: access limits on route (6) and on what is sealed away (Articles 13, 14(6)).

- sealed away: the secrecy body of the unit, nobody else; referred to it: also the secrecy body;
- route (6), until it is public: its author and the holders of the posts of its own steps;
- everything else: its author or his successor, whoever signs or signed it, the unit's people with a post, and both offices.
"""

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce

from organisation.authority import authorities_of
from publication.models import FrozenStep, SignOff, TakeDown
from publication.standing import APPROVING
from review.models import Case
from review.models.cases import kept_by
from review.staffing import offices


def _held(user, authorities=None):
    return authorities if authorities is not None else authorities_of(user)


def steps_of(held, outer="submission_id"):
    """Frozen steps (of the outer row's submission) that one of these authorities may sign."""
    condition = Q(pk__in=[])
    by_unit = {}
    for authority in held:
        by_unit.setdefault(authority.unit_id, set()).add(authority.post)
    for unit_id, posts in by_unit.items():
        condition |= Q(unit_id=unit_id, posts__overlap=sorted(posts))
    return FrozenStep.objects.filter(condition, submission_id=OuterRef(outer))


def decidable_take_downs(user, authorities=None):
    """Take-downs that wait for this person: the approver of the item's route, or of its batch."""
    held = _held(user, authorities)
    waiting = TakeDown.objects.filter(decided_at__isnull=True)
    waiting = waiting.annotate(of=Coalesce("publication__submission__batch_id", "publication__submission_id"))
    return waiting.filter(Exists(steps_of(held, "of").filter(opinion__in=APPROVING)))


def visible_cases(user, authorities=None):
    """The cases this person may open. One query condition, no per-row work."""
    held = _held(user, authorities)
    units = {a.unit_id for a in held}
    secrecy_units = {a.unit_id for a in held if a.post == "secrecy_body"}
    involved = kept_by(user) | Exists(steps_of(held)) | Exists(
        SignOff.objects.filter(submission_id=OuterRef("submission_id"), person_id=user.pk)
    )  # fmt: skip
    everywhere = Q() if units & set(offices().values()) else Q(unit_id__in=units)
    ordinary = Q(restricted=False) & everywhere
    open_to_all = Q(quarantined=False) & (involved | ordinary | Q(status="published", unit_id__in=units))
    for_the_body = Q(unit_id__in=secrecy_units) & (Q(quarantined=True) | Q(pause="referred"))
    return Case.objects.filter(for_the_body | open_to_all)


def may_see(case, user, authorities=None):
    return visible_cases(user, authorities).filter(pk=case.pk).exists()


def hidden_page_ids(user, authorities=None):
    """Pages kept from this person everywhere in the admin: sealed away, or on route (6) and none of theirs."""
    seen = visible_cases(user, authorities)
    latest = Case.objects.filter(Q(restricted=True, publication_id__isnull=True) | Q(quarantined=True))
    return latest.exclude(pk__in=seen.values("pk")).values_list("page_id", flat=True)
