"""A reader without JavaScript: fetches addresses of a running portal and follows every link inside it."""

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from html import unescape
from http.client import HTTPConnection
from urllib.parse import quote, urljoin, urlsplit

LINK = re.compile(r'<(?:a|link|img|script|source|video|audio)\b[^>]*? (?:href|src)="([^"]+)"')
SRCSET = re.compile(r'srcset="([^"]+)"')
AT_ONCE = 4


@dataclass(frozen=True)
class Answer:
    path: str
    status: int
    headers: tuple
    body: bytes

    @property
    def kind(self) -> str:
        named = {name.lower(): value for name, value in self.headers}
        return named.get("content-type", "").partition(";")[0]

    @property
    def html(self) -> str:
        return self.body.decode() if self.kind == "text/html" else ""

    def links(self):
        found = [*LINK.findall(self.html)]
        found += [part.split()[0] for each in SRCSET.findall(self.html) for part in each.split(",")]
        return {urljoin(self.path, unescape(link)).partition("#")[0] for link in found}


class Reader:
    def __init__(self, base):
        self.base = base.rstrip("/")
        self.host = urlsplit(base).netloc

    def get(self, path, method="GET") -> Answer:
        connection = HTTPConnection(self.host, timeout=30)
        try:
            connection.request(method, quote(path, safe="/?&=%:,+~@!$'()*;#[]-._"))
            response = connection.getresponse()
            return Answer(path, response.status, tuple(response.getheaders()), response.read())
        finally:
            connection.close()

    def inside(self, link) -> str:
        """The path of a link that stays in the portal, else nothing."""
        link = link.removeprefix(self.base) if link.startswith(f"{self.base}/") else link
        return link if link.startswith("/") and not link.startswith("//") else ""

    def crawl(self, *starts) -> dict[str, Answer]:
        """Every address reached. A narrowed or turned list is fetched, but not asked for further combinations."""
        known, waiting = {}, set(starts)
        with ThreadPoolExecutor(AT_ONCE) as pool:
            while waiting:
                answers = list(pool.map(self.get, sorted(waiting)))
                known |= {answer.path: answer for answer in answers}
                links = {
                    self.inside(link)
                    for answer in answers
                    if "?" not in answer.path and answer.status == 200
                    for link in answer.links()
                    if not (answer.path.startswith("/hant/") and "?" in link)
                }
                waiting = {link for link in links if link} - known.keys()
        return known
