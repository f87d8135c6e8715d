"""Search: how good its answers are beside the stock Wagtail backend, whether it misses or invents, and how long it takes.

`python -m bench.search` prints one line of JSON; `python -m bench` starts it on a database of its own. With
`--rows 100000` the documents are multiplied for the timing. Where SEARCH_URL names a search server, it is asked the same.
"""

import argparse
import gc
import json
import math
import os
import random
import statistics
import time
from contextlib import contextmanager

from bench import search_documents as town

PARTS = 300
CHUNK = 500

INSERT = """
    INSERT INTO search_searchentry (publication_id, object_id, kind, published_at, title, number, text, files, facets,
                                    title_grams, grams)
    SELECT key, gen_random_uuid(), kind, at, title, replace(number, ' ', ''), words, '',
           ARRAY['k:' || kind, 's:portal', 'y:' || extract(year FROM at), 'b:' || (key >> 12)],
           search_grams(title || ' ' || number), search_grams(words)
    FROM (SELECT key, kind, at, search_fold(title) AS title, search_fold(number) AS number, search_fold(words) AS words
          FROM unnest(%s::bigint[], %s::text[], %s::timestamptz[], %s::text[], %s::text[], %s::text[])
               AS row (key, kind, at, title, number, words)) AS folded
"""
COPIES = """
    INSERT INTO search_searchentry (publication_id, object_id, kind, published_at, title, number, text, files, facets,
                                    title_grams, grams)
    SELECT publication_id + n * %(base)s, gen_random_uuid(), kind, published_at + n * interval '1 hour', title, number,
           text, files, array_replace(facets, 'b:' || (publication_id >> 12), 'b:' || ((publication_id + n * %(base)s) >> 12)),
           title_grams, grams
    FROM search_searchentry, generate_series(%(first)s, %(last)s) AS n WHERE publication_id <= %(base)s
"""


def main() -> None:
    import django

    server = os.environ.pop("SEARCH_URL", "")
    django.setup()
    options = argparse.ArgumentParser()
    options.add_argument("--documents", type=int, default=5000)
    options.add_argument("--rows", type=int, default=0)
    options.add_argument("--stock", action="store_true")
    chosen = options.parse_args()
    made = list(town.documents(chosen.documents))
    fill(made)
    asked = town.queries(made)
    result = {"documents": len(made), "queries": len(asked), "portal": quality(asked, ours)}
    result["substrings"] = substrings(made)
    if server:
        with answering(server):
            result["server"] = quality(asked, ours) | {"substrings": substrings(made)}
    if chosen.stock:
        result["stock"] = quality(asked, stock_of(made))
    if chosen.rows:
        multiply(chosen.documents, chosen.rows)
    result["times"] = times(asked, made)
    if server:
        with answering(server) as entered:
            result["server"] |= {"entered a second": entered, "times": times(asked, made)}
    print(json.dumps(result, ensure_ascii=False))


# --- filling ---


def fill(made) -> None:
    from django.db import connection

    from search.models import Synonym

    Synonym.objects.bulk_create(Synonym(words="，".join(words)) for words in town.SYNONYMS)
    with connection.cursor() as cursor:
        for start in range(0, len(made), CHUNK):
            part = made[start : start + CHUNK]
            columns = ("key", "kind", "published_at", "title", "number", "text")
            cursor.execute(INSERT, [[getattr(one, name) for one in part] for name in columns])
        cursor.execute("SELECT search_sort_in()")
        cursor.execute("ANALYZE search_searchentry")


def multiply(base, rows) -> None:
    from django.db import connection

    from demo.scale_entries import indexed_afterwards

    with indexed_afterwards(), connection.cursor() as cursor:
        for first in range(1, rows // base, 4):
            last = min(first + 3, rows // base - 1)
            cursor.execute(COPIES, {"base": base, "first": first, "last": last})


@contextmanager
def answering(address):
    """The search server answers inside, of an index that is filled for it; how many entries a second it took."""
    from django.conf import settings

    from config import search_server
    from search.engines import engine

    plain = settings.WAGTAILSEARCH_BACKENDS
    settings.WAGTAILSEARCH_BACKENDS = plain | search_server.backends(address)
    server, start = engine(), time.perf_counter()
    try:
        yield round(server.rebuild() / (time.perf_counter() - start))
    finally:
        server.remove()
        settings.WAGTAILSEARCH_BACKENDS = plain


# --- how good ---


def ours(words) -> list[int]:
    from search.finding import query

    found = query(words)
    return [*found.ids[:20], *found.related][:20]


def stock_of(made):
    """Wagtail's own backend over pages with the same titles and texts."""
    from wagtail.models import Locale, Page
    from wagtail.search import index
    from wagtail.search.backends import get_search_backend

    backend = get_search_backend("wagtail.search.backends.database", SEARCH_CONFIG="simple")
    kept, Page.search_fields = Page.search_fields, [*Page.search_fields, index.SearchField("bench_text")]
    locale, root = Locale.get_default(), Page.get_first_root_node()
    pages = [
        Page(title=one.title, slug=f"bench{one.key}", path=root.path + f"{one.key + 0x1000:04X}", depth=2, locale=locale,
             content_type_id=root.content_type_id, live=False, draft_title=one.title)
        for one in made
    ]  # fmt: skip
    for page, one in zip(pages, made, strict=True):
        page.bench_text = one.text
    Page.objects.bulk_create(pages)
    keys = {page.pk: one.key for page, one in zip(pages, made, strict=True)}
    for start in range(0, len(pages), CHUNK):
        backend.get_index_for_model(Page).add_items(Page, pages[start : start + CHUNK])
    Page.search_fields = kept
    return lambda words: [keys.get(row.pk, 0) for row in backend.search(words, Page.objects.all())[:20]]


def quality(asked, search) -> dict:
    """Means over all questions, and for each kind of question."""
    rows = [(one.kind, *scores(search(one.words), one.relevant)) for one in asked]
    kinds = sorted({kind for kind, *_rest in rows})
    return {
        "ndcg@10": mean(row[1] for row in rows),
        "recall@20": mean(row[2] for row in rows),
        "by kind": {kind: [mean(r[i] for r in rows if r[0] == kind) for i in (1, 2)] for kind in kinds},
    }


def scores(found, relevant) -> tuple[float, float]:
    """nDCG@10, and how many of the relevant (at most twenty can be) are among the first twenty."""
    gains = [(2 ** relevant.get(key, 0) - 1) / math.log2(place + 2) for place, key in enumerate(found[:10])]
    best = sorted(relevant.values(), reverse=True)[:10]
    ideal = sum((2**grade - 1) / math.log2(place + 2) for place, grade in enumerate(best))
    hits = sum(1 for key in found[:20] if key in relevant)
    return sum(gains) / ideal, hits / min(20, len(relevant))


def mean(values) -> float:
    return round(statistics.fmean(values), 3)


def substrings(made) -> dict:
    """Any 2 to 4 Chinese characters that stand together: all texts that hold them, and no others."""
    from search.finding import query
    from search.folding import fold

    chance, texts = random.Random(town.SEED + 2), {one.key: fold(f"{one.title} {one.text}") for one in made}
    recall, precision = [], []
    for _number in range(PARTS):
        text, size = chance.choice(list(texts.values())), chance.randint(2, 4)
        start = chance.randrange(len(text) - size)
        part = text[start : start + size]
        if " " in part or any(sign.isascii() for sign in part):
            continue
        right = {key for key, words in texts.items() if part in words}
        found = query(part)
        hits = set(found.ids)
        most = min(len(right), 1000)
        recall.append(len(hits & right) / most)
        precision.append(len(hits & right) / len(hits) if hits else 0.0)
    return {"asked": len(recall), "recall": mean(recall), "precision": mean(precision)}


# --- how long ---


def times(asked, made) -> dict:
    """Milliseconds of whole searches (synonyms, matching, ranking) without drawing the page, warm."""
    from django.db import connection

    from search.finding import query

    chance = random.Random(town.SEED + 3)
    words = [one.words for one in asked] + [
        "的",
        "水",
        "工作",
        "通知",
        "西府办发",
        "2026",
        "有关事项",
        "旧州镇 通知",
    ]
    words += [one.text[40:43] for one in chance.sample(made, 60)]
    spent = {}
    gc.freeze()  # the documents of the bench are no portal's: looking through them took 0.1 s now and then
    for word in words:
        query(word)
        start = time.perf_counter()
        query(word)
        spent[word] = (time.perf_counter() - start) * 1000
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*), pg_total_relation_size('search_searchentry') FROM search_searchentry"
        )
        rows, size = cursor.fetchone()
    ordered = sorted(spent.values())
    return {
        "rows": rows,
        "megabytes": size >> 20,
        "median": round(statistics.median(ordered), 1),
        "p99": round(ordered[int(len(ordered) * 0.99) - 1], 1),
        "worst": [[word, round(spent[word], 1)] for word in sorted(spent, key=spent.get)[-5:]],
    }


if __name__ == "__main__":
    main()
