"""One pass over the parts of an item: detectors see, the table of rules judges (Articles 13, 15, 16)."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from django.conf import settings
from django.utils import timezone
from django.utils.crypto import salted_hmac

from checks import debris, links, markings, personal, pictures, words, writing
from checks.findings import GRAVITY, Context, Finding, Hit, Kind, Part
from checks.rules import RULES, VERSION

#: detector → kinds of part it reads
DETECTORS = (
    (markings.detect, {Kind.TITLE, Kind.TEXT, Kind.ALT, Kind.NAME, Kind.FILE, Kind.FIELD}),
    (personal.detect, {Kind.TITLE, Kind.TEXT, Kind.ALT, Kind.NAME, Kind.FILE, Kind.FIELD}),
    (debris.detect, {Kind.TITLE, Kind.TEXT, Kind.ALT, Kind.FIELD, Kind.FILE}),
    (links.detect, {Kind.TITLE, Kind.TEXT}),
    (writing.detect, {Kind.TITLE, Kind.TEXT}),
    (pictures.detect, {Kind.ALT}),
)
AROUND = 12  # characters shown on each side of a hit
LONG_NUMBER = re.compile(r"\d{5,}[\dXx]?|[A-Za-z0-9+/=]{8,}")
MOST_PER_RULE = 20  # of one rule in one part; a table of a thousand telephones is one message


def version_of(word_set) -> str:
    return f"规则{VERSION} 词库{word_set.version or '无'}"


def check(parts: Iterable[Part], word_set=None, context: Context | None = None) -> list[Finding]:
    """Everything found, gravest first, then as it is read. Pure, except that the current word lists are read where none are given."""
    if word_set is None:
        from checks import lists

        word_set = lists.current()
    parts = list(parts)
    context = prepared(context or Context(), parts)
    version = version_of(word_set)
    found = [finding(part, hit, version) for part in parts for hit in limited(hits(part, context, word_set))]
    unique = {(f.fingerprint, f.part, f.start): f for f in found}
    order = {part.name: number for number, part in enumerate(parts)}
    return sorted(unique.values(), key=lambda f: (GRAVITY[f.level], order[f.part], f.start))


def prepared(context: Context, parts: list[Part]) -> Context:
    return replace(
        context,
        sourced=context.sourced or writing.is_sourced(parts),
        own_domain=context.own_domain or settings.SITE_DOMAIN,
        today=context.today or timezone.localdate(),
    )


def hits(part: Part, context: Context, word_set) -> Iterator[Hit]:
    yield from part.hits
    seen = [hit for detect, kinds in DETECTORS if part.kind in kinds for hit in detect(part, context)]
    marked = [(hit.start, hit.end) for hit in seen if hit.rule == "secret.marking"]
    for hit in words.detect(part, context, word_set):
        if not (hit.rule == "word.secret" and inside(hit, marked)):
            yield hit
    yield from seen


def inside(hit: Hit, spans: list[tuple[int, int]]) -> bool:
    """A word within a whole marking says nothing that the marking does not say."""
    return any(start <= hit.start and hit.end <= end for start, end in spans)


def limited(found: Iterable[Hit]) -> Iterator[Hit]:
    counts: dict[str, int] = {}
    for hit in found:
        counts[hit.rule] = counts.get(hit.rule, 0) + 1
        if counts[hit.rule] <= MOST_PER_RULE:
            yield hit


def finding(part: Part, hit: Hit, version: str) -> Finding:
    rule = RULES[hit.rule]
    return Finding(
        rule=rule.code,
        title=rule.title,
        level=str(hit.level or rule.level),
        part=part.name,
        start=hit.start,
        end=hit.end,
        excerpt=excerpt(part, hit, rule),
        message=hit.message or rule.message,
        suggestion=hit.suggestion or rule.suggestion,
        article=rule.article,
        fingerprint=fingerprint(part, hit),
        version=version,
        fix=rule.fix,
        sha256=part.sha256,
    )


def excerpt(part: Part, hit: Hit, rule) -> str:
    """The hit with a few words around it, everything personal in it masked."""
    if hit.excerpt is not None:
        return hidden(hit.excerpt)
    if not hit.end:
        return ""
    text = part.text
    inside = text[hit.start : hit.end]
    if rule.fix == "mask":
        inside = personal.masked(rule.code, inside)
    elif rule.secret:
        inside = f"（已隐去{len(inside)}个字符）"
    before, after = text[max(0, hit.start - AROUND) : hit.start], text[hit.end : hit.end + AROUND]
    return hidden(" ".join(f"{numberless(before)}【{clip(inside)}】{numberless(after)}".split()))


def numberless(text: str) -> str:
    """Half an identity number, cut off by the window, tells too much as well."""
    return LONG_NUMBER.sub(lambda match: "*" * len(match.group()), text)


def clip(text: str) -> str:
    return text if len(text) <= 80 else text[:40] + "…" + text[-20:]


def hidden(text: str) -> str:
    """A neighbour of the hit may be personal as well."""
    from checks.masking import mask

    return mask(text)


def fingerprint(part: Part, hit: Hit) -> str:
    """What an override refers to: the rule and the very words, wherever they move; keyed, as numbers can be guessed."""
    what = hit.identity or part.text[hit.start : hit.end] or f"{part.name}{part.sha256}"
    return salted_hmac(
        "checks.fingerprint", f"{hit.rule}\0{what}\0{part.sha256}", algorithm="sha256"
    ).hexdigest()


def digest_of(parts: Iterable[Part]) -> str:
    """Of what was checked, so that a stored result can be told from a stale one."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(f"{part.name}\0{part.kind}\0{part.text}\0{part.sha256}\1".encode(errors="replace"))
    return digest.hexdigest()
