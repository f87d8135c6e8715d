"""Whether links still answer, asked in the background and never while somebody waits (Article 16).

`manage.py check_links` asks the addresses that registered apps name; the network is one function, so that tests
bring their own. Addresses of the internal network are not asked: a link must not make the portal knock there.
"""

import socket
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable
from ipaddress import ip_address

from django.utils import timezone

from checks.links import host_of
from checks.models import LinkState

Fetch = Callable[[str], int]
#: Callables that yield the addresses to ask; higher apps register theirs in AppConfig.ready().
SOURCES: list[Callable[[], Iterable[str]]] = []
DEAD_AFTER = 2  # a server may be down for a night
SECONDS = 10
GONE = {404, 410, 451}


def fetch(url: str) -> int:
    """The status an address answers with. Raises OSError where nothing answers."""
    if not is_outside(host_of(url)):
        raise PermissionError("internal address")
    request = urllib.request.Request(url, method="HEAD", headers={"User-Agent": "link check"})  # noqa: S310
    opener = urllib.request.build_opener(_NoRedirect)
    try:
        with opener.open(request, timeout=SECONDS) as response:
            return response.status
    except urllib.error.HTTPError as error:
        return error.code


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A redirect is an answer; following it could lead inside."""

    def redirect_request(self, *args, **kwargs):
        return None


def is_outside(host: str) -> bool:
    try:
        found = {info[4][0] for info in socket.getaddrinfo(host, None)}
    except OSError:
        return False
    return bool(found) and all(ip_address(address.partition("%")[0]).is_global for address in found)


def sweep(urls: Iterable[str] | None = None, ask: Fetch = fetch) -> list[LinkState]:
    """Ask each address once; the ones that are dead now."""
    if urls is None:
        urls = (url for source in SOURCES for url in source())
    wanted = {url for url in urls if url.startswith(("http://", "https://")) and len(url) <= 2000}
    return [state for state in (note(url, ask) for url in sorted(wanted)) if is_dead(state)]


def note(url: str, ask: Fetch) -> LinkState:
    try:
        status = ask(url)
        failed, answer = status in GONE, str(status)
    except (OSError, ValueError) as error:
        failed, answer = True, type(error).__name__
    state = LinkState.objects.filter(url=url).first() or LinkState(url=url)
    state.failures = state.failures + 1 if failed else 0
    state.answer, state.checked_at = answer[:120], timezone.now()
    state.save()
    return state


def is_dead(state: LinkState) -> bool:
    return state.failures >= DEAD_AFTER


def dead_ones(urls: Iterable[str]) -> frozenset[str]:
    """Of these, the addresses known to be dead; one query."""
    rows = LinkState.objects.filter(url__in=set(urls), failures__gte=DEAD_AFTER)
    return frozenset(rows.values_list("url", flat=True))
