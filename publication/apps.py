from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PublicationConfig(AppConfig):
    """What was submitted, who signed it, what is public: the gate of Articles 13 and 14."""

    name = "publication"
    verbose_name = _("Publication")
    default_auto_field = "django.db.models.BigAutoField"

    # Evidence is written once. Projections (listing, counters, assets, tombstones) are written by the
    # database itself from the documents: the application cannot put a word of its own there.
    table_grants = {
        "publication_submission": "select, insert",
        "publication_batchitem": "select",
        "publication_routedefinition": "select",
        "publication_frozenstep": "select, insert",
        "publication_signoff": "select, insert",
        "publication_submissionend": "select, insert",
        "publication_release": "select, insert, update (done_at)",
        "publication_publication": "select, insert, update (ended_at, end_reason, end_note)",
        "publication_listing": "select",
        "publication_columncounter": "select",
        "publication_publicationasset": "select",
        "publication_tombstone": "select",
        "publication_facetcounter": "select",
        "publication_policyentry": "select",
        "publication_policyrelation": "select",
        "publication_pastversion": "select",
        "publication_change": "select",
        "publication_allottedpath": "select, insert",
        "publication_storedfile": "select, insert",
        "publication_takedown": "select, insert, update (decided_by, decided_unit_id, decided_post,"
        " decided_delegation_id, decided_at, decision, decision_remark)",
        "publication_outboxmessage": "select, insert, update",
    }
    # Row security narrows publications to what is open at this moment (migration 0005); the others hold nothing else.
    public_grants = {
        "publication_publication": "select",
        "publication_publicationasset": "select",
        "publication_listing": "select",
        "publication_columncounter": "select",
        "publication_tombstone": "select",
        "publication_facetcounter": "select",
        "publication_policyentry": "select",
        "publication_policyrelation": "select",
        "publication_pastversion": "select",
        "publication_change": "select",
    }

    def ready(self):
        from publication import effects, search_effects  # noqa: F401  (register what the outbox carries out)
