"""A column stands where the decided document says it stands; Wagtail's tree follows the publication (Article 18).

Nobody moves a column by hand. Its draft proposes another place, the gov office decides it with the rest of the draft,
and what stands below comes along: PostgreSQL rewrites the lists, this rewrites the editors' tree. Addresses stay.
"""

from django.utils.translation import gettext as _

from publication.documents import parse
from publication.signals import published
from regulation.refusals import Refusal


def install():
    published.connect(follow, dispatch_uid="home_moving")


def follow(sender, publication, submission, **kwargs):
    """In the transaction that publishes; a column whose place did not change is left alone."""
    if publication.kind != "column" or not submission.page_id:
        return
    column = _column(pk=submission.page_id)
    target = _place(parse(publication.document)["parent"])
    if column is None or target is None or column.get_parent().pk == target.pk:
        return
    column.move(target, pos="last-child")


def _column(**which):
    from home.models import ColumnPage

    return ColumnPage.objects.filter(**which).first()


def _place(parent):
    from home.models import HomePage

    return _column(object_id=parent) if parent else HomePage.objects.first()


def check_place(column):
    """Raises `Refusal` where the proposed place is none."""
    target = column.stands_below
    if target is None:
        return
    if target.pk == column.pk or (column.path and target.path.startswith(column.path)):
        raise Refusal(_("A column cannot stand below itself."), article="18", code="own_place")
    if not getattr(target.specific, "is_public", False):
        raise Refusal(
            _("The column above is not public yet: propose it first."), article="18", code="no_place"
        )
