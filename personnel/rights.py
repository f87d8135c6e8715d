"""Who files a change of persons, and who receives it (Article 11): one table, deny by default.

- a unit's 专管人员 and its leaders file for their own unit;
- whoever *operates* the portal (``organisation.rights``) files for a unit that cannot, and receives;
- whoever files does not receive, and nobody receives what concerns himself.
"""

from django.utils.translation import gettext as _

from organisation.authority import authorities_of
from organisation.models import Unit
from organisation.policies import cached_rights
from organisation.rights import may
from regulation.refusals import Refusal

ARTICLE = "11"
FILERS = frozenset({"dedicated", "branch_leader", "supervising_leader", "principal_leader"})
OPERATE = "operate"


def own_units(user):
    """Ids of the units for which the person files by a post of his."""
    return {authority.unit_id for authority in authorities_of(user) if authority.post in FILERS}


def filing_units(user):
    """The units this person may file for: all for the e-gov office, else his own."""
    units = Unit.objects.current().named()
    return units if OPERATE in cached_rights(user) else units.filter(pk__in=own_units(user))


def demand_filing(user, unit):
    if may(user, OPERATE) or unit.pk in own_units(user):
        return
    raise Refusal(
        _(
            "A change of persons is filed by the unit's dedicated person, its leaders or the e-government office."
        ),
        article=ARTICLE,
        code="may_not_file",
    )


def demand_another(filing, user):
    """Two persons: whoever filed does not receive, nor do leaver and successor."""
    if user.pk in (filing.filed_by_id, filing.leaver_id, filing.successor_id):
        raise Refusal(
            _("Another person receives a change, who neither filed it nor is concerned by it."),
            article=ARTICLE,
            code="second_person",
        )
