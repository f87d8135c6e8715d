"""`python -m bench.scale 1000 100000`: what pages cost at each size, beside a stock Wagtail listing over as many pages.

Each size gets a database of its own, filled by `manage.py seed_scale`. Prints one line of JSON for each size. Compare
within a line: what else the machine does changes all of it.
"""

import json
import statistics

from bench.seeded import main, timed

REPEATS = 15
STOCK_PAGES = """
    INSERT INTO wagtailcore_page (path, depth, numchild, title, draft_title, slug, content_type_id, live,
        has_unpublished_changes, url_path, seo_title, show_in_menus, search_description, expired, locked, locale_id,
        translation_key, alias_of_id, first_published_at, last_published_at)
    SELECT '0001ZZZZ' || lpad(n::text, 8, '0'), 4, 0, 'Page ' || n, 'Page ' || n, 'p' || n, t.id, true, false,
        '/zz/p' || n || '/', '', false, '', false, false, l.id, gen_random_uuid(), NULL,
        now() - n * interval '1 minute', now()
    FROM generate_series(1, %s) AS n, (SELECT id FROM django_content_type WHERE app_label = 'wagtailcore'
        AND model = 'page') AS t, (SELECT id FROM wagtailcore_locale ORDER BY id LIMIT 1) AS l
"""


def measure(portal) -> dict:
    public = portal.run("public", "-m", "bench.scale", "--inside", PORTAL_PROCESS="public")
    return {"pages": json.loads(public.splitlines()[-1]), "seeded": portal.spent}


def inside() -> None:
    """In the public process: milliseconds of each kind of page that is not cached, the median, with the database's part."""
    import django

    django.setup()
    from django.test import Client

    client, found = Client(HTTP_HOST="localhost"), {}
    for kind, (path, status) in addresses().items():
        client.get(path)
        answered = client.get(path).status_code
        if answered != status:
            raise SystemExit(f"{path}: {answered}")
        found[kind] = round(
            statistics.median(timed(lambda path=path: client.get(path)) for _ in range(REPEATS)), 2
        )
    print(json.dumps(found))


def addresses() -> dict[str, tuple[str, int]]:
    from home.furniture.maps import last_number
    from publication import reading
    from publication.models import ColumnCounter, Publication

    fullest = ColumnCounter.objects.order_by("-total").values_list("column_object_id", flat=True)
    public = Publication.objects.open()
    column = next(
        row for row in (public.filter(kind="column", object_id=key).first() for key in fullest) if row
    )
    last = reading.last_cursor(column.object_id)
    articles = public.filter(kind="information").order_by("-pk").values_list("path", flat=True)
    total = articles.count()
    middle = articles[total // 2 : total // 2 + 1].get()
    at = public.get(path=middle).first_published_at
    unit = public.filter(kind="unit").order_by("pk").values_list("path", flat=True)[0]
    narrowed = f"{column.path}?unit={unit.strip('/').rpartition('/')[2]}"
    return {
        "home": ("/", 200),
        "column": (column.path, 200),
        "column, last page": (f"{column.path}?at={last}", 200),
        "column of one unit": (narrowed, 200),
        "subsite": (unit, 200),
        "column, page in the middle": (f"{column.path}?at={reading.write_cursor(at, 1, False)}", 200),
        "article": (articles[0], 200),
        "article in the middle": (middle, 200),
        "feed": ("/feed/", 200),
        "site map, last part": (f"/sitemap-{last_number()}.xml", 200),
        "unknown path": ("/no/such/page.html", 404),
    }


def stock(portal) -> dict:
    """Wagtail's own way to list: descendants, newest first, with their number; first page and one in the middle.

    Adds as many rows to Wagtail's table of pages as there are publications, so it is measured last.
    """
    from django.db import connection
    from wagtail.models import Page

    from tests import databases

    before, size = databases.current(), portal.size
    databases.point_to(portal.database.name)
    try:
        with connection.cursor() as cursor:
            cursor.execute(STOCK_PAGES, [size])
            cursor.execute("ANALYZE wagtailcore_page")
        rows = (
            Page.objects.filter(path__startswith="0001ZZZZ", depth__gt=3)
            .live()
            .order_by("-first_published_at")
        )
        return {
            "list": round(statistics.median(timed(lambda: list(rows[:20])) for _ in range(5)), 2),
            "count": round(statistics.median(timed(rows.count) for _ in range(5)), 2),
            "middle page": round(
                statistics.median(timed(lambda: list(rows[size // 2 : size // 2 + 20])) for _ in range(5)), 2
            ),
        }
    finally:
        databases.point_to(before)


if __name__ == "__main__":
    main(lambda portal: measure(portal) | {"stock": stock(portal)}, inside)
