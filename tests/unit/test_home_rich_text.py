"""What comes out of the editor's HTML: known elements, well-formed, nothing that runs (publish-paths rows 29 to 33)."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from home.rich_text import clean, safe_url, text_of

ALLOWED = {"p", "h3", "h4", "ul", "ol", "li", "b", "i", "sup", "sub", "br", "hr", "blockquote", "a"}
OBJECT = "12345678-1234-5678-1234-567812345678"

HOSTILE = [
    "<script>alert(1)</script>",
    "<ScRiPt src=//evil.example>1</ScRiPt>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<img src=x onerror=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg/onload=alert(1)>",
    "<math><mtext></p><script>alert(1)</script>",
    "<p onclick='alert(1)' style='background:url(javascript:alert(1))'>x</p>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href=' java\tscript:alert(1)'>x</a>",
    "<a href='JaVaScRiPt&colon;alert(1)'>x</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "<a href='vbscript:x'>x</a>",
    "<a href='//evil.example/'>x</a>",
    '<a href="https://a.example/&quot; onmouseover=&quot;alert(1)">x</a>',
    "<iframe src=https://evil.example></iframe>",
    "<object data=x></object><embed src=x>",
    "<form action=//evil.example><input name=q></form>",
    "<style>@import 'x'</style><link rel=stylesheet href=x>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>",
    "<base href=//evil.example>",
    "<textarea><script>alert(1)</script></textarea>",
    "<noscript><p title='</noscript><script>alert(1)</script>'>",
    "<template><script>alert(1)</script></template>",
    "<!--<script>-->alert(1)<!--</script>-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<a data-object='x\" onclick=\"alert(1)'>x</a>",
    "<embed embedtype='media' url='https://video.example/1'/>",
    "\u202e<p>\u2066x</p>\x00",
]


class Seen(HTMLParser):
    """What a browser would find in the fragment."""

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.open, self.found, self.wrong = [], [], []
        self.feed(html)
        self.close()
        self.wrong += [f"unclosed {tag}" for tag in self.open]

    def handle_starttag(self, tag, attrs):
        self.found.append(tag)
        allowed = {"href", "rel", "data-object"} if tag == "a" else set()
        self.wrong += [f"{tag} {name}" for name, _value in attrs if name not in allowed]
        self.wrong += [f"href {value}" for name, value in attrs if name == "href" and not safe_url(value)]
        if tag not in {"br", "hr"}:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"close {tag}")

    def handle_comment(self, data):
        self.wrong.append("comment")

    def handle_decl(self, decl):
        self.wrong.append("declaration")

    unknown_decl = handle_pi = handle_decl


def assert_harmless(html):
    seen = Seen(html)
    assert set(seen.found) <= ALLOWED
    assert not seen.wrong


@pytest.mark.parametrize("html", HOSTILE)
def test_nothing_hostile_survives(html):
    result = clean(f"<p>前</p>{html}<p>后</p>")
    assert_harmless(result)
    assert "<p>前</p>" in result


TOKENS = [
    *HOSTILE, "<p>", "</p>", "<b>", "</strong>", "<ul>", "</ul>", "<ol>", "<li>", "</li>", "<blockquote>",
    "</blockquote>", "<h2>", "</h2>", "<h4>", "<div>", "</div>", "<br>", "<hr>", "<a href='https://a.example/?x=1&y=2'>",
    f"<a data-object='{OBJECT}'>", "</a>", "<i>", "</i>", "<sup>", "字", " ", "&lt;", "&amp;", "\u200b", "<", ">", '"',
]  # fmt: skip


@given(st.lists(st.sampled_from(TOKENS), max_size=14).map("".join))
def test_any_mixture_becomes_well_formed_and_stays_so(html):
    once = clean(html)
    assert_harmless(once)
    assert clean(once) == once


@given(st.text(max_size=200))
def test_any_text_is_harmless(text):
    assert_harmless(clean(text))


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>一<b>二</b></p>", "<p>一<b>二</b></p>"),
        ("<p><strong>重</strong><em>斜</em></p>", "<p><b>重</b><i>斜</i></p>"),
        ("没有段落", "<p>没有段落</p>"),
        ("<ul><li>甲</li><li>乙</li></ul>", "<ul><li>甲</li><li>乙</li></ul>"),
        ("<h2>标题</h2><p> </p>", "<h3>标题</h3>"),
        ("<p>a &lt; b &amp; c</p>", "<p>a &lt; b &amp; c</p>"),
        (f'<p><a data-object="{OBJECT}">内</a></p>', f'<p><a data-object="{OBJECT}">内</a></p>'),
        (
            '<p><a href="https://a.example/?x=1&amp;y=2" target="_blank">外</a></p>',
            '<p><a href="https://a.example/?x=1&amp;y=2" rel="external noopener">外</a></p>',
        ),
        ('<p><a linktype="page" id="7">失</a></p>', "<p>失</p>"),
    ],
)
def test_what_authors_write_is_kept(html, expected):
    assert clean(html) == expected


def test_links_to_pages_become_object_ids():
    html = '<p><a linktype="page" id="3">办法</a></p>'
    assert clean(html, lambda attributes: OBJECT) == f'<p><a data-object="{OBJECT}">办法</a></p>'


def test_readable_text():
    assert text_of("<p>一。</p><ul><li>二 &amp; 三</li></ul>") == "一。 二 & 三"
