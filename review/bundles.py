"""What goes online together with an item or not at all, and where each of it stands (Article 14(1) ¶3)."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from publication.models import Publication
from review import statuses
from review.models import Case
from review.visibility import visible_cases


@dataclass(frozen=True)
class Companion:
    """One of the others. `case` is there where this person may open it."""

    title: str
    status: str
    case: object = None

    @property
    def status_label(self):
        return statuses.label(self.status)

    @property
    def status_tone(self):
        return statuses.tone(self.status)


def companions_of(document, user) -> list[Companion]:
    """In the order of the document, which names them; three queries however many there are."""
    keys = document.get("bundle") or []
    if not keys:
        return []
    newest = {str(c.object_id): c for c in Case.objects.filter(object_id__in=keys).order_by("created_at")}
    ids = [case.pk for case in newest.values()]
    seen = set(visible_cases(user).filter(pk__in=ids).values_list("pk", flat=True))
    public = Publication.objects.open().filter(object_id__in=keys).values_list("object_id", flat=True)
    online = {str(key) for key in public}
    return [_companion(newest.get(key), seen, key in online) for key in keys]


def _companion(case, seen, online):
    status = "published" if online else case.status if case else statuses.DRAFT
    if case is None:
        return Companion(_("an item that is not submitted yet"), status)
    if case.pk not in seen:
        return Companion(_("an item that is not open to you"), status)
    return Companion(case.safe_title, status, case)
