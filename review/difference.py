"""What changed between two documents, in words a reviewer reads: field by field, sentence by sentence.

Pure functions over parsed documents (publication.documents). Used against the last publication, and against the
submission a person signed before (content changed: restart, and those who signed see the difference).
"""

import difflib
import html
import re
from dataclasses import dataclass
from itertools import zip_longest

from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from review import difference_facts

TAGS = re.compile(r"<[^>]+>")
BREAKS = re.compile(r"</(p|li|h\d|tr|div)>|<br\s*/?>", re.IGNORECASE)
SENTENCE = re.compile(r"[^。！？；!?;\n]*[。！？；!?;\n]?")

FIELDS = (
    ("title", _("Title")),
    ("summary", _("Summary")),
    ("editor", _("Responsible editor")),
    ("path", _("Address")),
)


@dataclass(frozen=True)
class Change:
    label: str
    marked: str  # safe HTML with <del> and <ins>


@dataclass(frozen=True)
class Row:
    """One field or paragraph in two versions, side by side; safe HTML."""

    label: str
    old: str
    new: str


def difference(old, new, names=None):
    """Changes from `old` to `new`; `old` None means there is nothing to compare with. `names`: object id → title."""
    if old is None:
        return []
    changes = [_field(label, before, after) for label, before, after in _pairs_of(old, new, names or {})]
    found = [change for change in changes if change is not None]
    if not found and old != new:
        return [Change(str(_("Other details")), _keys_that_differ(old, new))]
    return found


def _keys_that_differ(old, new):
    """What readers may not even notice: crops of pictures, sizes; named so that nothing changes unseen."""
    keys = sorted(key for key in {**old, **new} if old.get(key) != new.get(key))
    return format_html("<ins>{}</ins>", "、".join(str(difference_facts.LABELS.get(key, key)) for key in keys))


def side_by_side(old, new) -> list[Row]:
    """Every field of which the two versions differ, paragraph beside paragraph."""
    rows = []
    for label, before, after in _pairs_of(old, new, {}):
        if before != after:
            rows += [
                Row(str(label) if not at else "", *pair) for at, pair in enumerate(_aligned(before, after))
            ]
    return rows


def _pairs_of(old, new, names):
    for name, label in FIELDS:
        yield label, old.get(name) or "", new.get(name) or ""
    yield _("Source"), _source(old), _source(new)
    yield from difference_facts.pairs(old, new, names)
    yield _("Text"), body_text(old), body_text(new)
    yield _("Pictures and media"), _media(old), _media(new)
    yield _("Attachments"), _attachments(old), _attachments(new)


def _aligned(old, new):
    """Paragraphs in pairs; what is the same in both is shortened, what stands in one only faces nothing."""
    before, after = old.split("\n"), new.split("\n")
    for tag, a, b, c, d in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            same = _shorten([f"{line}\n" for line in before[a:b]]).strip()
            yield same, same
            continue
        for left, right in zip_longest(before[a:b], after[c:d], fillvalue=""):
            yield _sides(left, right)


def _sides(old, new):
    before, after = _sentences(old), _sentences(new)
    left, right = [], []
    for tag, a, b, c, d in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        shape = ("{}", "{}") if tag == "equal" else ("<del>{}</del>", "<ins>{}</ins>")
        if b > a:
            left.append(format_html(shape[0], "".join(before[a:b])))
        if d > c:
            right.append(format_html(shape[1], "".join(after[c:d])))
    return tuple(format_html_join("", "{}", ((piece,) for piece in side)) for side in (left, right))


def _field(label, old, new):
    if old == new:
        return None
    return Change(str(label), mark(old, new))


def mark(old, new):
    """Sentences taken out and put in, unchanged long stretches shortened."""
    before, after = _sentences(old), _sentences(new)
    pieces = []
    for tag, a, b, c, d in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(_shorten(before[a:b]))
            continue
        if b > a:
            pieces.append(format_html("<del>{}</del>", "".join(before[a:b])))
        if d > c:
            pieces.append(format_html("<ins>{}</ins>", "".join(after[c:d])))
    return format_html_join("", "{}", ((piece,) for piece in pieces))


def _shorten(sentences):
    if len(sentences) <= 2:
        return "".join(sentences)
    return f"{sentences[0]}\n……\n{sentences[-1]}"


def _sentences(text):
    return [part for part in SENTENCE.findall(text) if part]


def plain(fragment):
    """The words of an HTML fragment, one block a line; link targets count as content (Article 3)."""
    linked = re.sub(r'<a [^>]*?(?:href|data-object)="([^"]*)"[^>]*>', r"[\1] ", fragment)
    return html.unescape(TAGS.sub("", BREAKS.sub("\n", linked))).strip()


def body_text(document):
    return "\n".join(text for block in document.get("body") or [] if (text := _block_text(block)))


def _block_text(block):
    kind = block.get("type")
    if kind == "rich_text":
        return plain(block.get("html", ""))
    if kind == "heading":
        return block.get("text", "")
    if kind == "table":
        rows = [block.get("caption", ""), "\t".join(_cells(block.get("head")))]
        rows += ["\t".join(_cells(row)) for row in block.get("rows") or []]
        rows += [block[name] for name in ("unit", "chart", "source") if block.get(name)]
        if block.get("merges"):
            rows.append(f"[{'; '.join('+'.join(map(str, span)) for span in block['merges'])}]")
        return "\n".join(rows)
    return ""


def _cells(row):
    return [plain(str(cell)) for cell in row or []]


def _source(document):
    source = document.get("source") or {}
    return " ".join(str(source.get(name) or "") for name in ("name", "date", "url")).strip()


def _media(document):
    blocks = [b for b in document.get("body") or [] if b.get("sha256")]
    return "\n".join(
        f"{b.get('title') or b.get('alt') or b['type']} {b.get('caption') or ''} [{b['sha256'][:12]}]"
        + (f" [{b['captions']['sha256'][:12]}]" if b.get("captions") else "")
        + (f" {plain(b['transcript_html'])}" if b.get("transcript_html") else "")
        for b in blocks
    )


def _attachments(document):
    files = document.get("attachments") or []
    return "\n".join(
        f"{f.get('title') or f.get('name')} {f.get('size', '')} [{f['sha256'][:12]}]" for f in files
    )
