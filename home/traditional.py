"""/hant/…: every public page in traditional characters, derived when it is read and never stored (ADR 6).

The page is made as always and then written in other characters by OpenCC; names that OpenCC would get wrong are
protected by a list. Links inside stay in /hant/, so that a reader stays in his script.
"""

import re
from functools import cache
from pathlib import Path

PREFIX = "/hant/"
NAMES = Path(__file__).with_name("traditional_names.txt")
# These are the same in both scripts: files, assets, feeds, English pages.
SHARED = ("/files/", "/static/", "/feed/", "/rss/", "/en/", "/hant/", "//")
LINK = re.compile(r'(<(?:a|form|link rel="prev"|link rel="next")\b[^>]*? (?:href|action)=")(/[^"]*)"')
SWITCH = re.compile(r'<a class="script-switch" href="/hant(/[^"]*)"[^>]*>[^<]*</a>')
CANONICAL = re.compile(r'(<link rel="canonical" href="https?://[^/"]+)(/[^"]*)"')


class TraditionalMiddleware:
    """Serves /hant/x as /x in traditional characters, whatever view makes it."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not request.path_info.startswith(PREFIX):
            return self.get_response(request)
        request.path_info = request.path_info[len(PREFIX) - 1 :]
        request.path = request.path_info
        response = self.get_response(request)
        if response.has_header("Location") and response["Location"].startswith("/"):
            response["Location"] = within(response["Location"])
        if response.streaming or not response.get("Content-Type", "").startswith("text/html"):
            return response
        response.content = page(response.content.decode()).encode()
        if response.has_header("Content-Length"):
            response["Content-Length"] = str(len(response.content))
        if response.has_header("ETag"):
            response["ETag"] = response["ETag"].rstrip('"') + '-hant"'
        return response


def page(html: str) -> str:
    html = LINK.sub(lambda m: f'{m[1]}{within(m[2])}"', html)
    html = CANONICAL.sub(lambda m: f'{m[1]}{within(m[2])}"', html)
    html = text(html).replace('<html lang="zh-Hans"', '<html lang="zh-Hant"', 1)
    return SWITCH.sub(r'<a class="script-switch" href="\1" lang="zh-Hans" hreflang="zh-Hans">简体</a>', html)


def within(path: str) -> str:
    return path if path.startswith(SHARED) else f"/hant{path}"


def text(words: str) -> str:
    """Converted, with the protected names put in as the list has them."""
    names, pattern = protected()
    found: list[str] = []

    def kept(match):
        found.append(names[match[0]])
        return f"\ue000{len(found) - 1}\ue001"

    converted = converter().convert(pattern.sub(kept, words))
    return re.sub("\ue000(\\d+)\ue001", lambda m: found[int(m[1])], converted)


@cache
def converter():
    from opencc import OpenCC

    return OpenCC("s2tw")  # 為, 群眾, 裡: as readers write them; plain s2t has 爲, 羣衆, 裏


@cache
def protected() -> tuple[dict[str, str], re.Pattern]:
    """Name → how it is written in traditional characters; longest first, so that no name hides in another."""
    lines = NAMES.read_text(encoding="utf-8").splitlines()
    names = dict(line.split() for line in lines if line and not line.startswith("#"))
    return names, re.compile("|".join(sorted(map(re.escape, names), key=len, reverse=True)))
