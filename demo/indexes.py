"""Search and reference index of the admin, left alone while the demo is loaded and built once at the end.

The stock search index recomputes an average over everything at each save (docs: performance), which for a few hundred
pages saved a thousand times is a fifth of the whole loading time. Nothing public reads either index.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management import call_command
from django.db.models.signals import post_save
from modelsearch.index import get_indexed_models
from modelsearch.signal_handlers import post_save_signal_handler
from wagtail.signal_handlers import disable_reference_index_auto_update


@contextmanager
def built_once() -> Iterator[None]:
    """Around the loading; what was saved inside is indexed on the way out."""
    watched = [
        model
        for model in get_indexed_models()
        if post_save.disconnect(post_save_signal_handler, sender=model)
    ]
    try:
        with disable_reference_index_auto_update():
            yield
    finally:
        for model in watched:
            post_save.connect(post_save_signal_handler, sender=model)
    call_command("update_index", verbosity=0)
    call_command("rebuild_references_index", verbosity=0)
