"""Links judged by their looks; whether they still answer, `checks.dead_links` asks in the background (Article 16)."""

import re
from collections.abc import Iterator
from ipaddress import ip_address
from urllib.parse import urlsplit

from checks.findings import Context, Hit, Kind, Link, Part

WEB = {"http", "https"}
SHORTENERS = frozenset(
    [
        *("t.cn", "dwz.cn", "url.cn", "w.url.cn", "suo.im", "suo.nz", "mrw.so", "u.nu", "985.so", "sourl.cn"),
        *("dwz.mk", "c-n.cc", "tb.cn", "m.tb.cn", "3.cn", "1t.click", "reurl.cc", "s.id", "rb.gy", "v.gd"),
        *("bit.ly", "tinyurl.com", "goo.gl", "t.co", "is.gd", "ow.ly", "buff.ly", "cutt.ly", "shorturl.at"),
    ]
)
#: Two-part endings under which a name is registered, so that the domain is one label more.
SECOND_LEVEL = frozenset(["gov", "com", "org", "net", "edu", "ac", "mil", "gz", "bj", "sh"])
IN_TEXT = re.compile(r"(?:https?://|www\.)[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]+")
SHOWN = re.compile(r"(?i)(?:https?://)?((?:[a-z0-9-]+\.)+[a-z]{2,})(?:[/:?#]|$|\s|[^\x00-\x7f])")
EXAMPLES = ("example.org", "example.com", "example.net")


def detect(part: Part, context: Context) -> Iterator[Hit]:
    links = part.links
    if part.kind in (Kind.TITLE, Kind.TEXT):
        links += tuple(bare(part))
    seen = set()
    for link in links:
        for rule, message in judged(link, context):
            key = (rule, link.href)
            if key not in seen:
                seen.add(key)
                yield Hit(rule, link.start, link.end, excerpt=f"{link.text} → {link.href}"[:160],
                          message=message, identity=link.href)  # fmt: skip


def bare(part: Part) -> Iterator[Link]:
    """Addresses that are written out without being links; a link's own words are judged with the link."""
    for match in IN_TEXT.finditer(part.text):
        if not any(link.start <= match.start() < link.end for link in part.links):
            address = match.group().rstrip(".,;:!?)'")
            yield Link(address, address, match.start(), match.start() + len(address))


def judged(link: Link, context: Context) -> Iterator[tuple[str, str]]:
    href = link.href.strip()
    if href in context.dead:
        yield "link.dead", ""
    if href.startswith(("mailto:", "tel:")):
        return
    host = host_of(href)
    if not is_wellformed(href, host):
        yield "link.malformed", ""
        return
    if is_address(host) or "@" in urlsplit(with_scheme(href)).netloc:
        yield "link.address", ""
        return
    shown = SHOWN.match(link.text.strip())
    if shown and domain(shown.group(1).lower()) != domain(host):
        yield "link.mismatch", f"显示为{shown.group(1)}，实际指向{host}。"
    if domain(host) in SHORTENERS or host in SHORTENERS:
        yield "link.short", ""
    elif not is_domestic(host, context):
        yield "link.foreign", f"链接指向{host}。"


def with_scheme(href: str) -> str:
    return href if "://" in href else f"http://{href}"


def host_of(href: str) -> str:
    try:
        return (urlsplit(with_scheme(href)).hostname or "").lower()
    except ValueError:
        return ""


def is_wellformed(href: str, host: str) -> bool:
    try:
        parts = urlsplit(with_scheme(href))
        _port = parts.port
    except ValueError:
        return False
    if parts.scheme.lower() not in WEB or not host or re.search(r"[\s，。、；：（）“”《》]", href):
        return False
    if is_address(host):
        return True
    labels = host.split(".")
    return len(labels) > 1 and all(re.fullmatch(r"[a-z0-9\u4e00-\u9fff](?:[a-z0-9\u4e00-\u9fff-]*[a-z0-9\u4e00-\u9fff])?", x)
                                   for x in labels) and href.count("://") <= 1  # fmt: skip


def is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def domain(host: str) -> str:
    """The registered domain: www.xixiu.gov.cn → xixiu.gov.cn."""
    labels = host.removeprefix("www.").split(".")
    wanted = 3 if len(labels) > 2 and labels[-2] in SECOND_LEVEL and len(labels[-1]) == 2 else 2
    return ".".join(labels[-wanted:])


def is_domestic(host: str, context: Context) -> bool:
    """Government and other addresses under .cn and .中国, the portal's own, and example addresses."""
    if context.own_domain and domain(host) == domain(context.own_domain):
        return True
    return host.endswith((".cn", ".中国", ".政务", ".公益")) or domain(host) in EXAMPLES
