"""What a Word file holds that a web page of ours does not take, in words its author understands."""

import re
from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from checks import files
from checks.files import archives
from checks.files.office import W, tagged

M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart"
DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds"
BOX = f"{W}txbxContent"
LOOKS = {f"{W}color", f"{W}highlight", f"{W}u", f"{W}strike", f"{W}shd"}
PAGE_NUMBER = re.compile(r"[\s\d—–\-·.第页共/]*")

#: tag → what is said of how many there were
COUNTED = {
    CHART: ngettext_lazy(
        "%(n)d chart was not taken over: put its data into a table block.",
        "%(n)d charts were not taken over: put their data into table blocks.",
        "n",
    ),
    DIAGRAM: ngettext_lazy(
        "%(n)d SmartArt graphic was not taken over: add it as a picture.",
        "%(n)d SmartArt graphics were not taken over: add them as pictures.",
        "n",
    ),
    f"{M}oMath": ngettext_lazy(
        "%(n)d formula was not taken over: add it as a picture or write it as text.",
        "%(n)d formulas were not taken over: add them as pictures or write them as text.",
        "n",
    ),
    f"{W}altChunk": ngettext_lazy(
        "%(n)d inserted file was not taken over: open it and import it by itself.",
        "%(n)d inserted files were not taken over: open them and import them by themselves.",
        "n",
    ),
    f"{W}object": ngettext_lazy(
        "%(n)d embedded object was not taken over: add its file as an attachment.",
        "%(n)d embedded objects were not taken over: add their files as attachments.",
        "n",
    ),
    BOX: ngettext_lazy(
        "%(n)d text box: its words now stand in the running text; check where.",
        "%(n)d text boxes: their words now stand in the running text; check where.",
        "n",
    ),
}
#: finding of the file checks → what the import did about it
REMOVED = {
    "file.revision": gettext_lazy(
        "Tracked changes were accepted: insertions stay, deletions are gone. Read the text again."
    ),
    "file.comment": gettext_lazy("Comments were left out."),
    "file.hidden": gettext_lazy("Hidden text was left out."),
    "debris.seal": gettext_lazy("The encoded data of an electronic seal was left out (Article 13)."),
    "file.external": gettext_lazy("Pictures or templates that the file only refers to were not fetched."),
}


def of(data: bytes, archive, body, lose: Callable[[str], None]) -> None:
    """Say everything that stays behind; the file as it came is looked at, not the cleaned one."""
    for tag, sentence in COUNTED.items():
        number = sum(1 for node in body.iter(tag))
        number = (
            (number + 1) // 2 if tag == BOX and number > 1 else number
        )  # each is there twice, for old Word
        if number:
            lose(str(sentence % {"n": number}))
    if any(
        node.tag in LOOKS and node.get(f"{W}val") not in ("auto", "000000", "none") for node in body.iter()
    ):
        lose(_("Colours, underlines and the like follow the portal's own style."))
    for name, tree in tagged(archive, r"word/(?:header|footer)\d*\.xml"):
        words = "".join(text.text or "" for text in tree.iter(f"{W}t")).strip()
        if not PAGE_NUMBER.fullmatch(words):
            where = _("Page header") if "header" in name else _("Page footer")
            lose(_("%(where)s left out: “%(words)s”") % {"where": where, "words": words[:60]})
    hits = files.look(data, "file.docx").hits
    for rule, sentence in REMOVED.items():
        if rule in hits:
            lose(str(sentence))


def body_of(archive):
    return archives.tree(archives.read(archive, "word/document.xml"))
