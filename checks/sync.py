"""`manage.py sync_portal`, part "word lists"."""

from checks import lists
from organisation.sync import register


@register("word lists", order=60)
def sync_word_lists():
    yield from lists.ship()
