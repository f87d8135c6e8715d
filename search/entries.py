"""What publication tells search. In PostgreSQL the entries follow by themselves; a search server is told here."""

from django.db import connection

from search.engines import engine, on_server


def index(*publication_ids: int) -> None:
    """These are public now, or what is known of them has changed."""
    engine().index(list(publication_ids))


def drop(*publication_ids: int) -> None:
    engine().drop(list(publication_ids))


def enter(*publication_ids: int) -> None:
    """Older content (Article 25), by the hundred: its entries are the worker's part, after the batch is public."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT search_refresh_many(%s)", [list(publication_ids)])
    if on_server():
        index(*publication_ids)
