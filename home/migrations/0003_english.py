"""The list of English pages (/en/) reads its own small index (home/english.py)."""

from django.db import migrations


class Migration(migrations.Migration):
    atomic = False  # CONCURRENTLY: nobody waits for the index
    dependencies = [("home", "0002_portal"), ("publication", "0007_cards_follow")]

    operations = [
        migrations.RunSQL(
            """CREATE INDEX CONCURRENTLY IF NOT EXISTS publication_english
               ON publication_publication (first_published_at DESC, id DESC)
               WHERE ended_at IS NULL AND path LIKE '/en/%'""",
            "DROP INDEX IF EXISTS publication_english",
        )
    ]
