"""From the editor's rich text to the HTML fragments of a document (publish-paths rows 29 to 33).

What the editor sends is not trusted: a request may carry any HTML. This sanitiser
knows a handful of elements; whatever it does not know disappears, scripts and styles
with their content. It writes its own HTML, so that what comes out is well-formed,
always the same for the same input, and stays the same when sanitised again.

Links to pages become `data-object` with the page's object id, resolved through open
publications when read; links to the outside keep http, https, mailto and tel only.
"""

import re
from collections.abc import Callable
from html import escape
from html.parser import HTMLParser
from urllib.parse import urlsplit
from uuid import UUID

FEATURES = ["h3", "h4", "bold", "italic", "superscript", "subscript", "ol", "ul", "blockquote", "hr", "link"]
INLINE_FEATURES = ["bold", "italic", "link"]

SAME_AS = {"strong": "b", "em": "i", "div": "p", "h1": "h3", "h2": "h3", "h5": "h4", "h6": "h4"}
BLOCKS = {"p", "h3", "h4", "ul", "ol", "blockquote", "hr"}
INLINE = {"b", "i", "sup", "sub", "a", "br"}
VOID = {"br", "hr"}
INLINE_AND_TEXT = INLINE | {"p", "h3", "h4"}
MAX_NESTED_LISTS = 3
# Content of these is not text for readers.
DROPPED = {
    "script", "style", "template", "iframe", "object", "embed", "svg", "math", "noscript", "textarea",
    "title", "head", "select", "audio", "video", "canvas", "noembed", "noframes", "xmp", "plaintext",
}  # fmt: skip
SCHEMES = {"http", "https", "mailto", "tel"}
CONTROL = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]"
)
SPACES = re.compile(r"[ \t\r\n]+")

Resolver = Callable[[dict], str | None]


def clean(html: str, resolve_page: Resolver | None = None) -> str:
    """The fragment for the document. `resolve_page` gets a link's attributes, returns an object id or nothing."""
    parser = _Cleaner(resolve_page or (lambda attributes: None))
    parser.feed(html or "")
    parser.close()
    return parser.result()


def text_of(html: str) -> str:
    """The readable text of a fragment, for summaries and searching."""
    parser = _Text()
    parser.feed(html or "")
    parser.close()
    return SPACES.sub(" ", "".join(parser.parts)).strip()


def safe_url(url: str) -> str | None:
    """An outside address worth linking to, else nothing. Relative ones have no meaning in a document."""
    url = CONTROL.sub("", url or "").strip()
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    if parts.scheme.lower() not in SCHEMES or re.search(r"[\s\"'<>`\\^{}|]", url):
        return None
    if parts.scheme.lower() in {"http", "https"} and not parts.hostname:
        return None
    return url


def is_object_id(value) -> str | None:
    try:
        return str(UUID(str(value)))
    except (ValueError, AttributeError, TypeError):
        return None


class _Node:
    """An element being built; children are nodes or pieces of text."""

    def __init__(self, tag, attributes=""):
        self.tag, self.attributes, self.children = tag, attributes, []

    def html(self):
        """Well-formed HTML, or nothing for an element without content."""
        if self.tag in VOID:
            return f"<{self.tag}>"
        inner = "".join(child if isinstance(child, str) else child.html() for child in self.children)
        inner = SPACES.sub(" ", inner)
        if self.tag not in INLINE:
            inner = inner.strip(" ")
        if not inner.replace("<br>", "").strip():
            return " " if inner and self.tag in INLINE else ""
        return f"<{self.tag}{self.attributes}>{inner}</{self.tag}>"


class _Cleaner(HTMLParser):
    """Keeps a stack of the elements it opened itself; closing tags close only what is open."""

    def __init__(self, resolve_page):
        super().__init__(convert_charrefs=True)
        self.resolve_page = resolve_page
        self.top: list[_Node] = []
        self.stack: list[_Node] = []
        self.muted: list[str] = []

    # -- events

    def handle_starttag(self, tag, attrs):
        tag = SAME_AS.get(tag, tag)
        if tag in DROPPED:
            self.muted.append(tag)
        elif self.muted:
            return
        elif tag == "hr":
            self.stack.clear()
            self._add(_Node("hr"))
        elif tag == "br":
            self._break()
        elif tag == "li":
            self._item()
        elif tag in BLOCKS:
            self._block(tag)
        elif tag == "a":
            self._link(dict(attrs))
        elif tag in INLINE and not self._inside(tag):
            self._paragraph()
            self._open(tag)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag in self.muted:
            self.handle_endtag(tag)

    def handle_endtag(self, tag):
        tag = SAME_AS.get(tag, tag)
        if tag in self.muted:
            while self.muted.pop() != tag:
                pass
        elif not self.muted and self._inside(tag):
            self._close(tag)

    def handle_data(self, data):
        data = SPACES.sub(" ", CONTROL.sub("", data))
        if self.muted or not data:
            return
        if not data.strip() and self._current() in {None, "ul", "ol", "blockquote"}:
            return
        self._paragraph()
        self.stack[-1].children.append(escape(data, quote=False))

    # -- building

    def _current(self):
        return self.stack[-1].tag if self.stack else None

    def _inside(self, tag):
        return any(node.tag == tag for node in self.stack)

    def _add(self, node):
        (self.stack[-1].children if self.stack else self.top).append(node)

    def _open(self, tag, attributes=""):
        node = _Node(tag, attributes)
        self._add(node)
        self.stack.append(node)

    def _close(self, tag):
        while self.stack.pop().tag != tag:
            pass

    def _paragraph(self):
        """Inline matter needs a paragraph around it, at the top and in a quotation; lists need an item."""
        if self._current() in {None, "blockquote"}:
            self._open("p")
        elif self._current() in {"ul", "ol"}:
            self._open("li")

    def _break(self):
        if self._current() not in {None, "ul", "ol", "blockquote"}:
            self._add(_Node("br"))

    def _item(self):
        if not self._inside("ul") and not self._inside("ol"):
            self._block("p")
            return
        while self._current() not in {"ul", "ol"}:
            self.stack.pop()
        self._open("li")

    def _block(self, tag):
        while self._current() in INLINE_AND_TEXT:
            self.stack.pop()
        if tag in {"ul", "ol"}:
            if sum(node.tag in {"ul", "ol"} for node in self.stack) < MAX_NESTED_LISTS:
                if self._current() in {"ul", "ol"}:
                    self._open("li")
                self._open(tag)
        elif self._inside("li"):
            self._break()
        elif self._current() in {"ul", "ol"}:
            self._open("li")
        elif tag != "blockquote" or not self._inside("blockquote"):
            self._open(tag)

    def _link(self, attributes):
        if self._inside("a"):
            self._close("a")
        self._paragraph()
        target = is_object_id(attributes.get("data-object")) or self.resolve_page(attributes)
        if target:
            self._open("a", f' data-object="{escape(target)}"')
        elif url := safe_url(attributes.get("href") or ""):
            self._open("a", f' href="{escape(url)}" rel="external noopener"')

    def result(self):
        return "".join(node.html() for node in self.top)


class _Text(HTMLParser):
    BREAKS = {"p", "h3", "h4", "li", "br", "blockquote", "hr", "tr", "td"}

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []

    def handle_starttag(self, tag, attrs):
        if tag in self.BREAKS:
            self.parts.append(" ")

    def handle_data(self, data):
        self.parts.append(data)
