from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IntakeConfig(AppConfig):
    """代为发布 (Article 12): what a unit brings to the e-gov office when its network is down."""

    name = "intake"
    verbose_name = _("Published on behalf")
    default_auto_field = "django.db.models.BigAutoField"

    # Evidence: the triggers of migration 0002 say what may change.
    table_grants = {
        "intake_intake": "select, insert, update (submission_id)",
        "intake_packagefile": "select, insert, update (outcome, intake_id)",
    }

    def ready(self):
        from home import build
        from intake import contribution, holdings  # noqa: F401  (holdings registers its part)
        from publication import evidence
        from review.acts import paper

        build.additions.append(contribution.of_document)
        evidence.contributors.append(contribution.of_register)
        paper.rules.append(contribution.only_the_office)
