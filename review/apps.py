from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReviewConfig(AppConfig):
    name = "review"
    verbose_name = _("Review")

    table_grants = {
        # What was signed on paper is evidence; the triggers of migration 0003 say what may change.
        "review_paperopinion": "select, insert, update",
        # Who moved an item to route (6) or back, and who disowned a signature, stays as it was said.
        "review_escalation": "select, insert, update (to_submission_id)",
        "review_disowning": "select, insert",
    }

    def ready(self):
        import_module("review.receivers")
        import_module("review.sync")
        import_module("review.policies").install()
        routes, wording = import_module("review.routes"), import_module("ledger.wording")
        wording.ROUTES.update(routes.LABELS)
        wording.OPINIONS.update(routes.OPINIONS)
        import_module("checks.dead_links").SOURCES.append(import_module("review.checking").public_links)
