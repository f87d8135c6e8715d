"""A translation is an item of its own, written, submitted and signed as such (Articles 9 and 14).

wagtail-localize can mirror a whole language into another by aliases (wagtail_localize/synctree.py); that
choice is not offered on the screen of a language, and refused where a script makes it.
"""

from django.apps import apps
from django.db.models.signals import pre_save
from django.utils.translation import gettext as _

from regulation.refusals import Refusal


def install():
    if not apps.is_installed("wagtail_localize"):
        return
    from wagtail_localize.locales import components
    from wagtail_localize.models import LocaleSynchronization

    offered = [each for each in components.LOCALE_COMPONENTS if each["model"] is not LocaleSynchronization]
    components.LOCALE_COMPONENTS[:] = offered
    pre_save.connect(refuse_mirror, sender=LocaleSynchronization, dispatch_uid="refuse-mirror")


def refuse_mirror(**kwargs):
    raise Refusal(
        _("Languages are not mirrored: a translation is written and reviewed as an item of its own."),
        article="14",
        code="mirror",
    )
