"""The words that all checks share: a part of an item, a hit in it, and the finding people read (Article 16)."""

from dataclasses import asdict, dataclass, field, replace

from django.db import models


class Level(models.TextChoices):
    """How grave a finding is, gravest first. Only the first two stand in the way of submission."""

    STOP = "stop", "停止"
    BLOCK = "block", "必须改正"
    WARN = "warn", "请核对"
    EXPLAIN = "explain", "提示"


GRAVITY = {level: number for number, level in enumerate(Level.values)}
IN_THE_WAY = (Level.STOP, Level.BLOCK)


class Kind:
    """What a part is; detectors say which kinds they read."""

    TITLE = "title"
    TEXT = "text"  # summary, paragraphs, tables, captions, transcripts
    ALT = "alt"
    NAME = "name"  # of a file
    FILE = "file"  # the text inside a file
    FIELD = "field"  # catalogue data: issuer, document number, keywords


@dataclass(frozen=True)
class Link:
    """A link of a part: what it shows and where it leads."""

    text: str
    href: str
    start: int = 0
    end: int = 0


@dataclass(frozen=True)
class Part:
    """A piece of an item with the name under which its author knows it."""

    name: str
    text: str
    kind: str = Kind.TEXT
    links: tuple[Link, ...] = ()
    hits: tuple["Hit", ...] = ()  # what an inspection of a file already found
    sha256: str = ""  # of the file it belongs to
    picture: bool = False


@dataclass(frozen=True)
class Hit:
    """What a detector saw. Message, advice and level come from the rule's table unless said here."""

    rule: str
    start: int = 0
    end: int = 0
    excerpt: str | None = None  # else cut from the text
    message: str = ""
    suggestion: str = ""
    level: str = ""
    identity: str = ""  # what makes two hits the same, where the place does not


@dataclass(frozen=True)
class Context:
    """What a detector must know about the whole item."""

    interactive: bool = False
    sourced: bool = False
    own_domain: str = ""
    today: object = None
    dead: frozenset = frozenset()


@dataclass(frozen=True)
class Finding:
    """One thing found, ready to be shown and stored; personal data and seals never stand in it unmasked."""

    rule: str
    title: str
    level: str
    part: str
    start: int
    end: int
    excerpt: str
    message: str
    suggestion: str
    article: str
    fingerprint: str
    version: str
    fix: str = ""  # "mask" or "remove": what one click can do
    sha256: str = ""
    overridden: dict = field(default_factory=dict)  # who took it upon himself, and why

    @property
    def in_the_way(self) -> bool:
        return self.level in IN_THE_WAY and not self.overridden

    @property
    def level_label(self) -> str:
        return Level(self.level).label

    def as_dict(self) -> dict:
        return asdict(self)

    def under(self, override: dict) -> "Finding":
        return replace(self, overridden=override)


def tally(findings) -> dict[str, int]:
    """How many of each level; what somebody took upon himself is counted apart."""
    counts = dict.fromkeys(Level.values, 0) | {"overridden": 0}
    for finding in findings:
        counts["overridden" if finding.overridden else finding.level] += 1
    return counts
