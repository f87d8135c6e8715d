"""What Word and WPS put on the clipboard, as the few elements that the editor knows (Article 13: no debris).

Their HTML says lists as indented paragraphs with a typed bullet, carries style sheets, XML islands, hidden text,
deleted revisions and addresses of files on the author's disk. Only what was to be read stays.
"""

import re
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser

from home import rich_text

OFFICE = re.compile(
    r"(?i)mso-|class=[\"']?mso|urn:schemas-microsoft-com|<o:p|ksohtml|wps office|name=\"?generator\"? content=\"?(?:microsoft|wps|kingsoft)"
)
LIST = re.compile(r"mso-list\s*:\s*(?!ignore|none)\S*?(?:\s+level(\d))?(?:\s|;|$)", re.IGNORECASE)
GONE = re.compile(
    r"(?i)mso-list\s*:\s*ignore|display\s*:\s*none|mso-hide\s*:\s*all|mso-element\s*:\s*(?:comment|field)"
)
BOLD = re.compile(r"(?i)(?:^|;)\s*font-weight\s*:\s*(?:bold|[6-9]00)")
MUTED = {"style", "script", "xml", "head", "title", "del", "object", "template", "o:officedocumentsettings"}
HEADINGS = {"h1": "h3", "h2": "h3", "h3": "h3", "h4": "h4", "h5": "h4", "h6": "h4"}
INLINE = {"b": "b", "strong": "b", "i": "i", "em": "i", "sup": "sup", "sub": "sub"}
LINES = {"p", "div", "li", "blockquote", *HEADINGS}
VOID = {"br", "img", "meta", "link", "hr", "input", "col", "wbr"}
TITLES = re.compile(r"(?i)\bmso(?:title|heading)|\bmsoheading")
PLAIN_NUMBER = re.compile(r"^[（(]?(?:\d{1,3}|[a-zA-Z])[.．、)）]$")
BULLET = re.compile(r"^[·•●○◆■□▪▫➢✓√\-–—*lnuüØv§\ue000-\uf8ff]$")
TYPED_BULLET = re.compile(r"^(?:[·•●◆■▪➢\ue000-\uf8ff]|[lnuüØv§](?=\xa0))[\xa0 \t　]{2,}")


def is_office(html: str) -> bool:
    return bool(OFFICE.search(html[:200_000]))


def cleaned(html: str) -> str:
    """The fragment for the editor, whoever wrote the HTML."""
    fragment = re.search(r"<!--\s*StartFragment\s*-->(.*?)<!--\s*EndFragment\s*-->", html, re.DOTALL)
    parser = _Reader()
    parser.feed(fragment[1] if fragment else html)
    parser.close()
    return rich_text.clean(assembled(parser.finished()))


def tidied(source: str) -> str:
    """Rich text as the editor stored it, without what an unfiltered paste leaves in its words."""
    return re.sub(r"<p([^>]*)>(.*?)</p>", _tidy_line, source, flags=re.DOTALL).replace("</ul><ul>", "")


def _tidy_line(match) -> str:
    words = re.sub(r"(?:&nbsp;|\xa0)", "\xa0", match[2])
    bullet = TYPED_BULLET.match(words)
    inner = re.sub(r"\xa0+", " ", words[bullet.end() :] if bullet else words)
    inner = re.sub(r"[\ue000-\uf8ff]", "", inner)
    return f"<ul><li>{inner}</li></ul>" if bullet else f"<p{match[1]}>{inner}</p>"


@dataclass
class Line:
    tag: str = "p"
    level: int = 0  # of a list; 0 is none
    label: str = ""
    parts: list[str] = field(default_factory=list)

    @property
    def html(self):
        return "".join(self.parts).strip()

    @property
    def listed(self) -> str:
        """The kind of list; a label that no list would count stays as words."""
        if not self.level:
            return ""
        label = self.label.replace("\xa0", "").strip()
        if PLAIN_NUMBER.match(label) and not BULLET.match(label):
            return "ol"
        return "ul" if not label or BULLET.match(label) else ""


class _Reader(HTMLParser):
    """Line by line; what is hidden or meant for Word alone is passed over."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.lines: list[Line] = [Line()]
        self.open: list[tuple[str, str, bool]] = []  # element, what was written for it, whether it is muted
        self.lists: list[str] = []
        self.cells = 0

    @property
    def line(self):
        return self.lines[-1]

    @property
    def muted(self):
        return any(muted for _tag, _end, muted in self.open)

    def handle_starttag(self, tag, attrs):
        attributes = {name: value or "" for name, value in attrs}
        style = attributes.get("style", "")
        if tag == "br" and not self.muted:
            self.line.parts.append("<br>")
        if tag in VOID:
            return
        muted = tag in MUTED or bool(GONE.search(style)) or (":" in tag and tag not in ("o:p", "st1:chsdate"))
        if muted or self.muted:
            self.open.append((tag, "", muted))
            return
        self.open.append((tag, self._opened(tag, attributes, style), False))

    def _opened(self, tag, attributes, style) -> str:
        """Writes the beginning of an element; returns its end."""
        if tag in ("ul", "ol"):
            self.lists.append(tag)
        elif tag in LINES or tag == "tr":
            self._new_line(tag, attributes, style)
        elif tag in ("td", "th"):
            self.line.parts.append("　" if self.cells else "")
            self.cells += 1
        elif tag == "a" and (url := rich_text.safe_url(attributes.get("href", ""))):
            return self._write(f'<a href="{escape(url)}">', "</a>")
        elif tag in INLINE:
            return self._write(f"<{INLINE[tag]}>", f"</{INLINE[tag]}>")
        elif tag in ("span", "font") and BOLD.search(style):
            return self._write("<b>", "</b>")
        return ""

    def _write(self, begin, end) -> str:
        self.line.parts.append(begin)
        return end

    def _new_line(self, tag, attributes, style):
        if any(open_tag in ("td", "th", "tr") for open_tag, _end, _muted in self.open) and tag != "tr":
            return  # paragraphs of a cell stay on the row's line
        self.cells = 0
        line = Line(tag=HEADINGS.get(tag, "p"))
        if TITLES.search(attributes.get("class", "")):
            line.tag = "h3"
        found = LIST.search(style)
        if found and line.tag == "p":
            line.level = int(found[1] or 1)
        elif tag == "li" and self.lists:
            line.level, line.label = len(self.lists), "1." if self.lists[-1] == "ol" else ""
        self.lines.append(line)

    def handle_endtag(self, tag):
        if tag in ("ul", "ol") and self.lists and not self.muted:
            self.lists.pop()
        if not any(open_tag == tag for open_tag, _end, _muted in self.open):
            return
        while True:
            last, end, _muted = self.open.pop()
            if end:
                self.line.parts.append(end)
            if last == tag:
                break
        if tag in LINES and not any(t in ("td", "th") for t, _e, _m in self.open):
            self.lines.append(Line())

    def handle_data(self, data):
        if self._in_label():
            self.line.label += data
        elif not self.muted:
            self.line.parts.append(escape(data.replace("\xa0", " "), quote=False))

    def _in_label(self):
        """The typed bullet or number of a list paragraph: first words of what Word marks as ignored."""
        muted = [tag for tag, _end, muted in self.open if muted]
        return bool(self.line.level and muted == ["span"] and not self.line.html)

    def unknown_decl(self, data):
        """`<![if !supportLists]>` and its end."""

    def finished(self):
        return [line for line in self.lines if rich_text.text_of(line.html)]


def assembled(lines: list[Line]) -> str:
    """Lines as HTML; neighbouring list lines become one list with its levels."""
    out: list[str] = []
    stack: list[str] = []
    for line in lines:
        kind = line.listed
        depth = line.level if kind else 0
        while len(stack) > depth or (stack and len(stack) == depth and stack[-1] != kind):
            out.append(f"</li></{stack.pop()}>")
        if not kind:
            label = line.label.replace("\xa0", "").strip() if line.level else ""
            out.append(f"<{line.tag}>{escape(label)}{line.html}</{line.tag}>")
            continue
        if len(stack) == depth:
            out.append("</li><li>")
        while len(stack) < depth:
            stack.append(kind)
            out.append(f"<{kind}><li>")
        out.append(line.html)
    out.extend(f"</li></{kind}>" for kind in reversed(stack))
    return "".join(out)
