"""What a file from outside is taken apart into, before anything of it is kept (Article 3)."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Text:
    html: str


@dataclass(frozen=True)
class Heading:
    text: str


@dataclass(frozen=True)
class Table:
    rows: list[list[str]]
    merges: list[str] = field(default_factory=list)  # ranges as Excel writes them: A1:C1
    caption: str = ""


@dataclass(frozen=True)
class Picture:
    data: bytes
    ending: str
    alt: str = ""
    caption: str = ""


Piece = Text | Heading | Table | Picture


@dataclass
class Reading:
    """A file as its author meant it; `losses` are sentences for him."""

    title: str = ""
    pieces: list[Piece] = field(default_factory=list)
    losses: list[str] = field(default_factory=list)

    def lose(self, sentence: str) -> None:
        if sentence not in self.losses:
            self.losses.append(sentence)


class Unreadable(ValueError):
    """Nothing could be taken from the file; the message is a sentence for its author."""
