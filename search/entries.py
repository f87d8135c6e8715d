"""What publication tells search. In PostgreSQL the entries follow by themselves; a search server is told here."""

from search.engines import engine


def index(*publication_ids: int) -> None:
    """These are public now, or what is known of them has changed."""
    engine().index(list(publication_ids))


def drop(*publication_ids: int) -> None:
    engine().drop(list(publication_ids))
