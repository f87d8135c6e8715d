"""/hant/…: every public page in traditional characters, derived when it is read and never stored (ADR 6).

The page is made as always and then written in other characters by OpenCC. OpenCC takes the longest phrase that begins
at each place, even across the border of two words (審批發|布, 周公|布). Two lists put right what comes of it: names
that have one form (traditional_names.txt) and words (traditional_words.txt). Values of the label standard and of forms
stay as they are. Links inside stay in /hant/, so that a reader stays in his script.
"""

import json
import re
from functools import cache
from itertools import chain, zip_longest
from pathlib import Path

from django.utils.html import escape
from django.utils.http import escape_leading_slashes

PREFIX = "/hant/"
LISTS = [Path(__file__).with_name(f"traditional_{name}.txt") for name in ("names", "words")]
# These are the same in both scripts: files, assets, feeds, English pages.
SHARED = ("/files/", "/static/", "/feed/", "/rss/", "/en/", "/hant/", "//")
# Values, not words: of the label standard, of fields (the server compares them), the number of a document.
KEPT = (r'<meta name="ColumnType" content="[^"]*"', r' value="[^"]*"', r'"legislationIdentifier":"[^"]*"')
LINK = re.compile(r'(<(?:a|form|link rel="prev"|link rel="next")\b[^>]*? (?:href|action)=")(/[^"]*)"')
SWITCH = re.compile(r'(<a class="script-switch" href=")[^"]*"')
BACK = re.compile(r'<a class="script-switch" href="/hant(/[^"]*)"[^>]*>[^<]*</a>')
CANONICAL = re.compile(r'(<link rel="canonical" href="https?://[^/"]+)(/[^"]*)"')
GAP = "\ue000"  # stands for what is kept while the rest is converted


class TraditionalMiddleware:
    """Serves /hant/x as /x in traditional characters, whatever view makes it; the switch leads to the same address."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        traditional = request.path_info.startswith(PREFIX)
        if traditional:
            request.path_info = request.path = request.path_info[len(PREFIX) - 1 :]
        response = self.get_response(request)
        if traditional and response.get("Location", "").startswith("/"):
            response["Location"] = within(response["Location"])
        kind = response.get("Content-Type", "").partition(";")[0]
        if response.streaming or kind not in WRITTEN or not (traditional or response.status_code == 200):
            return response
        body = response.content.decode()
        if response.status_code == 200:
            body = switched(body, request.get_full_path())
        response.content = (WRITTEN[kind](body) if traditional else body).encode()
        if response.has_header("Content-Length"):
            response["Content-Length"] = str(len(response.content))
        if traditional and response.has_header("ETag"):
            response["ETag"] = response["ETag"].rstrip('"') + '-hant"'
        return response


def switched(html: str, address: str) -> str:
    """A reader who changes the script keeps what he searched for or chose: only here is the whole address known."""
    there = escape(within(escape_leading_slashes(address)))
    return SWITCH.sub(lambda m: f'{m[1]}{there}"', html, count=1)


def page(html: str) -> str:
    html = LINK.sub(lambda m: f'{m[1]}{within(m[2])}"', html)
    html = CANONICAL.sub(lambda m: f'{m[1]}{within(m[2])}"', html)
    html = text(html).replace('<html lang="zh-Hans"', '<html lang="zh-Hant"', 1)
    return BACK.sub(r'<a class="script-switch" href="\1" lang="zh-Hans" hreflang="zh-Hans">简体</a>', html)


def suggestions(answer: str) -> str:
    """What is proposed while a reader types (publication/searching.py)."""
    found = json.loads(answer)
    for one in found.get("suggestions", ()):
        one |= {"title": text(one["title"]), "path": within(one["path"])}
    return json.dumps(found, ensure_ascii=False)


WRITTEN = {"text/html": page, "application/json": suggestions}


def within(path: str) -> str:
    return path if path.startswith(SHARED) else f"/hant{path}"


def text(words: str) -> str:
    """Converted around what is kept, with the listed names and words put in as the lists have them."""
    listed, pattern = protected()
    words = words.replace(GAP, "")
    kept = [listed.get(found, found) for found in pattern.findall(words)]
    converted = converter().convert(GAP.join(pattern.split(words))).split(GAP)
    return "".join(chain.from_iterable(zip_longest(converted, kept, fillvalue="")))


@cache
def converter():
    from opencc import OpenCC

    return OpenCC("s2tw")  # 為, 群眾, 裡: as readers write them; plain s2t has 爲, 羣衆, 裏


@cache
def protected() -> tuple[dict[str, str], re.Pattern]:
    """Listed → how it is written in traditional characters; longest first, so that none hides in another."""
    lines = [line for path in LISTS for line in path.read_text(encoding="utf-8").splitlines()]
    listed = dict(line.split() for line in lines if line and not line.startswith("#"))
    return listed, re.compile("|".join([*KEPT, *sorted(map(re.escape, listed), key=len, reverse=True)]))
