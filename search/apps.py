from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    """Chinese full text: what the public finds, and what editors find in the admin."""

    name = "search"
    verbose_name = _("Search")
    default_auto_field = "django.db.models.BigAutoField"

    # Rows that the public finds are derived from the signed bytes by PostgreSQL (migration 0002): the application
    # writes none. Text read from approved files widens what is found and is never shown (docs/adr/0008).
    table_grants = {
        "search_searchentry": "select",
        "search_filetext": "select, insert",
        "search_askedterm": "select, delete",
    }
    # Synonyms are read to widen a query. Asked terms are counted by the function search_note alone.
    public_grants = {
        "search_searchentry": "select",
        "search_synonym": "select",
    }
