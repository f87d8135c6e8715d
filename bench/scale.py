"""`python -m bench.scale 1000 100000`: what pages cost at each size, beside a stock Wagtail listing over as many pages.

Each size gets a database of its own, filled by `manage.py seed_scale`. Prints one line of JSON for each size. Compare
within a line: what else the machine does changes all of it.
"""

import json
import os
import statistics
import subprocess
import sys
import time

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


def main(at_size, inside) -> None:
    """`--inside` is the measured process; without it, one line for each size of the command."""
    if sys.argv[1:2] == ["--inside"]:
        inside()
        return
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
    import django

    django.setup()
    for size in map(int, sys.argv[1:] or ["1000"]):
        print(json.dumps(at_size(size)), flush=True)


def at_size(size: int) -> dict:
    from tests import databases

    database = databases.clone(f"bench_scale_{size}")
    try:
        start = time.perf_counter()
        run(database, "owner", ["manage.py", "seed_scale", str(size)])
        found = {"size": size, "seeded_seconds": round(time.perf_counter() - start, 1)}
        public = run(database, "public", ["-m", "bench.scale", "--inside"], PORTAL_PROCESS="public")
        return found | {"pages": json.loads(public.splitlines()[-1]), "stock": stock(database, size)}
    finally:
        databases.drop(database)


def run(database, role, command, **more) -> str:
    done = subprocess.run(
        [sys.executable, *command],
        env=database.environ(role) | {"DEBUG": "0", "LOG_LEVEL": "ERROR"} | more,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    return done.stdout


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


def timed(act) -> float:
    start = time.perf_counter()
    act()
    return (time.perf_counter() - start) * 1000


def stock(database, size: int) -> dict:
    """Wagtail's own way to list: descendants, newest first, with their number; first page and one in the middle."""
    from django.db import connection
    from wagtail.models import Page

    from tests import databases

    before = databases.current()
    databases.point_to(database.name)
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
    main(at_size, inside)
