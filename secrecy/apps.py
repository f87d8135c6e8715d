from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SecrecyConfig(AppConfig):
    """Article 13: the statutory table, its sheets and seals, referral to the secrecy body, quarantine."""

    name = "secrecy"
    verbose_name = _("Secrecy review")

    # Everything here is evidence: nobody deletes it, and the triggers of migration 0002 say what may change.
    # The public role gets nothing.
    table_grants = {
        "secrecy_secrecyrow": "select, insert, update",
        "secrecy_secrecysheet": "select, insert, update",
        "secrecy_sheetrow": "select, insert, update",
        "secrecy_sealevidence": "select, insert, update",
        "secrecy_referral": "select, insert",
        "secrecy_secrecyconclusion": "select, insert",
        "secrecy_quarantine": "select, insert, update",
        "secrecy_destruction": "select, insert, update (approved, decided_by_id, decided_post, decided_delegation_id,"
        " decided_at, decision_remark, inventory)",
        "secrecy_witness": "select, insert",
        "secrecy_sheetprint": "select, insert",
        "secrecy_custody": "select, insert",
    }

    def ready(self):
        from publication import evidence
        from publication import proofs as publication_proofs
        from regulation import sealed
        from review import outcomes, sync
        from secrecy import access, holdings, proofs  # noqa: F401  (holdings registers its part)
        from secrecy.contribution import register_facts
        from secrecy.desk import PortalSecrecyDesk
        from secrecy.services.lawful import teach_publication

        outcomes.register(PortalSecrecyDesk())
        sync.task_models["secrecy"] = "secrecy.SecrecyReviewTask"
        publication_proofs.STATEMENTS.update(proofs.STATEMENTS)
        teach_publication()
        sealed.answered_by(access.sealed_objects)
        evidence.contributors.append(register_facts)
