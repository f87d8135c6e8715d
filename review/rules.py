"""Who may sign, and if not, why not: the one truth for the screens and for the refusals.

Each rule is a function that returns a `Refusal` or nothing; `may_sign` asks all of them. Deny by default:
a verdict allows only when every rule is silent *and* an authority for the step was found. There is no
exception for superusers. PostgreSQL judges most of this again (publication's triggers); the choice of route
and what the answers mean are judged only here and in `review.acts`.
"""

from dataclasses import dataclass
from functools import cached_property

from django.utils import timezone
from django.utils.translation import gettext as _

from organisation.authority import authorities_of
from publication.models import SignOff
from publication.submissions import signed_positions
from regulation.refusals import Refusal
from review import routes

SIGNED_BY_ANYBODY = "seal"  # the 专管人员 may be the author or an earlier signatory


@dataclass(frozen=True)
class Verdict:
    """`positions` are those one act of this person would sign, `authorities` in the same order."""

    reasons: tuple[Refusal, ...]
    positions: tuple[int, ...] = ()
    authorities: tuple = ()

    @property
    def allowed(self):
        return not self.reasons and bool(self.authorities)

    def require(self):
        if self.reasons:
            raise self.reasons[0]
        if not self.authorities:
            raise Refusal(_("You hold no post for this step."), article="14", code="not_holder")


class Signing:
    """One person before one step: everything the rules look at, read once."""

    def __init__(self, case, steps, step, user, at=None, authorities=None):
        self.case = case
        self.steps = steps
        self.step = step
        self.user = user
        self.at = at or timezone.now()
        if authorities is not None:
            self.authorities = authorities

    @cached_property
    def authorities(self):
        return authorities_of(self.user, self.at)

    @cached_property
    def signed(self):
        return set(signed_positions(self.case.pk))

    @cached_property
    def signed_by_user(self):
        """Whether this person gave one of the earlier signatures (the seal does not count)."""
        earlier = SignOff.objects.filter(
            submission_id=self.case.submission_id, person_id=self.user.pk, decision="agree"
        )
        return earlier.exclude(opinion=SIGNED_BY_ANYBODY).exists()

    def authority_for(self, step):
        """Own post before a delegation: `authorities_of` lists own posts first."""
        fits = (a for a in self.authorities if a.unit_id == step.unit_id and a.post in step.posts)
        return next(fits, None)


def _account(signing):
    if not signing.user.is_active:
        return Refusal(_("This account is closed."), article="20", code="inactive")


def _still_open(signing):
    if signing.case.ended_at is not None:
        return Refusal(
            _("This submission has ended: %(status)s.") % {"status": signing.case.status_label},
            article="14",
            code="ended",
        )


def _not_sealed_away(signing):
    if signing.case.quarantined:
        return Refusal(
            _("This item is sealed away; only the secrecy body sees it."), article="13", code="quarantined"
        )


def _in_turn(signing):
    if signing.step is None or signing.step.position != signing.case.position:
        return Refusal(_("This step is not due now."), article="14", code="out_of_turn")
    if signing.step.position in signing.signed:
        return Refusal(_("This step is already signed."), article="14", code="already_signed")


def _not_paused(signing):
    if signing.case.pause == "referred":
        return Refusal(
            _("The unit's secrecy body is examining this item; its written conclusion is awaited."),
            article="13",
            code="referred",
        )


def _holds_the_post(signing):
    if signing.step is None or signing.authority_for(signing.step):
        return None
    posts = "、".join(post_name(code) for code in signing.step.posts)
    return Refusal(
        _("Only a holder of the post %(posts)s in %(unit)s may sign this step.")
        % {"posts": posts, "unit": unit_name(signing.step.unit_id)},
        article=signing.step.clause,
        code="not_holder",
    )


def _not_the_author(signing):
    if signing.step is None or signing.step.opinion == SIGNED_BY_ANYBODY:
        return None
    if signing.user.pk == signing.case.author_id:
        return Refusal(
            _("Whoever wrote an item does not review or approve it."), article="14", code="author_signs"
        )


def _another_person(signing):
    if signing.step is None or signing.step.opinion == SIGNED_BY_ANYBODY:
        return None
    if signing.signed_by_user:
        return Refusal(
            _(
                "You have signed this item before: whoever reviews and whoever approves are different persons."
            ),
            article="14",
            code="same_person",
        )


RULES = (
    _account,
    _not_sealed_away,
    _still_open,
    _in_turn,
    _not_paused,
    _holds_the_post,
    _not_the_author,
    _another_person,
)


def may_sign(case, step, user, at=None, *, steps=None, authorities=None) -> Verdict:
    """Judge one person before one step; `reasons` holds every refusal, the most basic first."""
    steps = steps if steps is not None else case.steps
    signing = Signing(case, steps, step, user, at, authorities)
    reasons = tuple(refusal for rule in RULES if (refusal := rule(signing)) is not None)
    if reasons:
        return Verdict(reasons)
    merged = merged_steps(signing)
    return Verdict((), tuple(s.position for s in merged), tuple(signing.authority_for(s) for s in merged))


def merged_steps(signing):
    """The step and, where the table allows it and the person holds both posts, the one after it."""
    following = [s for s in signing.steps if s.position == signing.step.position + 1]
    if not following or (signing.step.opinion, following[0].opinion) not in routes.MERGES:
        return [signing.step]
    if following[0].position in signing.signed or signing.authority_for(following[0]) is None:
        return [signing.step]
    return [signing.step, following[0]]


def post_name(code):
    from organisation.models import Post

    return Post.objects.filter(pk=code).values_list("name", flat=True).first() or code


def unit_name(unit_id):
    from organisation.models.units import unit_names

    return unit_names([unit_id]).get(unit_id, "")
