"""政策解读 (Article 14(1) ¶3): a policy and its interpretation become public in one transaction, or the policy says why not.

The policy says it in its own signed bytes: published together with an interpretation, or that none is needed and for
which reason. Which items go together follows from the drafts (`interprets`); the gate waits until all are approved.
"""

import uuid
from collections.abc import Iterator

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from home import english
from publication.models import Publication
from regulation.refusals import Refusal

NAMESPACE = uuid.UUID("20171025-0014-5001-8003-000000000000")


class Interpretation(models.TextChoices):
    """What a policy says about its interpretation."""

    TOGETHER = "together", gettext_lazy("published together with its interpretation")
    NOT_NEEDED = "not_needed", gettext_lazy("no interpretation is needed")


def bundle_id(policy) -> uuid.UUID:
    """The same for a policy and all that is published together with it."""
    return uuid.uuid5(NAMESPACE, str(policy.object_id))


def refuse(sentence, code) -> Refusal:
    return Refusal(sentence, article="14(1)3", code=code)


def is_public(object_id) -> bool:
    return Publication.objects.open().filter(object_id=object_id).exists()


# --- the policy ---


def waiting_interpretations(policy) -> list:
    """Drafts that interpret this policy and are not public yet."""
    if not policy.pk:
        return []
    pages = policy.interpreted_by.filter(locale=policy.locale_id).order_by("pk")
    return [page for page in pages if not is_public(page.object_id)]


def with_policy(policy) -> list:
    """What must become public with this policy. A policy that is public already is corrected at once."""
    if policy.interpretation != Interpretation.TOGETHER or english.is_translation(policy):
        return []
    if is_public(policy.object_id):
        return []
    return waiting_interpretations(policy)


def open_in_policy(policy) -> Iterator[Refusal]:
    """What the policy still owes before it can be submitted."""
    if english.is_translation(policy):
        return
    if policy.interpretation == Interpretation.TOGETHER:
        if not policy.pk or not policy.interpreted_by.exists():
            yield refuse(
                _("Write the interpretation first and name this document in it: both go online together."),
                "no_interpretation",
            )
    elif policy.interpretation != Interpretation.NOT_NEEDED:
        yield refuse(
            _("Say whether an interpretation is published together with this document."),
            "interpretation_unsaid",
        )
    elif not policy.no_interpretation.strip():
        yield refuse(_("Give the reason why no interpretation is needed; it is signed."), "no_reason")
    elif waiting_interpretations(policy):
        yield refuse(
            _("An interpretation of this document is being written: publish both together."), "contradiction"
        )


# --- the interpretation ---


def policy_of(page):
    """The policy as its latest draft says it, or nothing."""
    return page.interprets.get_latest_revision_as_object() if page.interprets_id else None


def waits_for_policy(page) -> bool:
    if not page.interprets_id or english.is_translation(page):
        return False
    return not is_public(page.interprets.object_id)


def with_interpretation(page) -> list:
    """An interpretation does not become public before the policy that names it."""
    together = waits_for_policy(page) and policy_of(page).interpretation == Interpretation.TOGETHER
    return [page.interprets] if together else []


def open_in_interpretation(page) -> Iterator[Refusal]:
    if waits_for_policy(page) and not with_interpretation(page):
        yield refuse(
            _(
                "The document that this item explains is not public and does not say that both go online together."
            ),
            "contradiction",
        )
