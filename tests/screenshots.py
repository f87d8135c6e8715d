"""Pictures of public pages, inbox and review page for the README, of the demo as it is: `python -m tests.screenshots`."""

import io
import os
from pathlib import Path

from tests import browser

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "screenshots"
DESKTOP, PHONE = (1280, 1500), (390, 844)
COLOURS = 160  # flat colours and text: a palette looks the same at a third of the bytes
PATHS = "SELECT title, path FROM publication_publication WHERE ended_at IS NULL AND title = ANY(%s)"
LEADER, WAITS = "zhengfuban.leader", "关于2026年十件民生实事进展情况的督查通报"
REVIEWS = {"review": (1280, 844), "review-phone": PHONE, "inbox-phone": PHONE}
TITLES = {"column": "通知公告", "policy": "西秀区农村公路养护管理办法", "subsite": "旧州镇"}


def addresses(portal) -> dict[str, tuple[str, tuple[int, int]]]:
    from tests.journeys.register import Records

    with Records(portal).cursor() as cursor:
        cursor.execute(PATHS, [list(TITLES.values())])
        paths = dict(cursor.fetchall())
    named = {name: paths[title] for name, title in TITLES.items()}
    pages = {"home": "/", **named, "search": "/search/?q=公路"}
    phone = {f"{name}-phone": pages[name] for name in ("policy",)}
    return {name: (path, DESKTOP) for name, path in pages.items()} | {
        name: (path, PHONE) for name, path in phone.items()
    }


def shoot(portal) -> None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=browser.executable(), args=browser.ARGUMENTS)
        for name, (path, (width, height)) in addresses(portal).items():
            page = started.new_page(
                viewport={"width": width, "height": height}, locale="zh-CN", base_url=portal.public
            )
            page.goto(path, wait_until="networkidle")
            keep(page.screenshot(), FOLDER / f"{name}.png")
            page.close()
        shoot_reviews(started, portal)
        started.close()


def shoot_reviews(started, portal) -> None:
    """What a leader has before him."""
    from tests.journeys.person import SHOWN, Person

    for name, (width, height) in REVIEWS.items():
        window = started.new_context(
            viewport={"width": width, "height": height}, locale="zh-CN", base_url=portal.admin
        )
        leader = Person(window.new_page(), LEADER).log_in()
        if name.startswith("inbox"):
            leader.page.goto("/admin/review/", wait_until=SHOWN)
        else:
            leader.open_from_inbox(WAITS)
        keep(leader.page.screenshot(), FOLDER / f"{name}.png")
        window.close()


def keep(png: bytes, place: Path) -> None:
    from PIL import Image

    with Image.open(io.BytesIO(png)) as image:
        image.convert("RGB").quantize(COLOURS).save(place, optimize=True)
    print(f"{place.name}: {place.stat().st_size // 1000} kB")


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    import django

    django.setup()
    from tests.portal import running

    with running("screenshots") as portal:
        shoot(portal)


if __name__ == "__main__":
    main()
