"""Translations without GNU gettext: extract, merge, check and compile with polib.

    python -m config.messages update    put new sentences into the catalogue, drop unused ones
    python -m config.messages check     refuse gaps, Wagtail's own included (part of `make lint`)
    python -m config.messages compile   write the .mo files that Django reads

English is the source; simplified Chinese is complete. Statutory wording is not here: it is
verbatim Chinese in the code. `locale/wagtail` holds what Wagtail's own Chinese catalogues lack, and
what they say otherwise than the portal does; ours comes first, then that, then Wagtail's.
"""

import ast
import re
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import polib

PROJECT = Path(__file__).resolve().parent.parent
CATALOGUE = PROJECT / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
STOCK = PROJECT / "locale" / "wagtail" / "zh_Hans" / "LC_MESSAGES"
STOCK_PACKAGES = ("admin", "", "contrib/typed_table_block", "documents", "embeds", "images", "locales")
STOCK_PACKAGES += ("search", "sites", "snippets", "users")
STOCK_DOMAINS = ("django", "djangojs")
FOLDERS = (
    "config",
    "demo",
    "desk",
    "intake",
    "mailbox",
    "units",
    "letters",
    "conversion",
    "home",
    "secrecy",
    "notices",
    "personnel",
    "review",
    "publication",
    "ledger",
    "checks",
    "search",
)
FOLDERS += ("organisation", "regulation", "templates")
# function → positions of (context, singular, plural)
FUNCTIONS = {
    "_": (None, 0, None),
    "gettext": (None, 0, None),
    "gettext_lazy": (None, 0, None),
    "gettext_noop": (None, 0, None),
    "ngettext": (None, 0, 1),
    "ngettext_lazy": (None, 0, 1),
    "pgettext": (0, 1, None),
    "pgettext_lazy": (0, 1, None),
    "npgettext": (0, 1, 2),
}
STRING = r"""u?((?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"))"""
IN_TEMPLATE = re.compile(
    rf"\b(_|gettext|ngettext|pgettext|npgettext)\(\s*{STRING}(?:\s*,\s*{STRING})?(?:\s*,\s*{STRING})?"
)

Message = tuple[str | None, str, str | None]


def messages() -> dict[Message, set[str]]:
    """Every sentence that a person may see, with the files it stands in."""
    found: dict[Message, set[str]] = {}
    for path in sources():
        read = in_python if path.suffix == ".py" else in_template
        for message in read(path.read_text(encoding="utf-8")):
            found.setdefault(message, set()).add(str(path.relative_to(PROJECT)))
    return found


def sources() -> Iterator[Path]:
    for folder in FOLDERS:
        for path in sorted((PROJECT / folder).rglob("*")):
            if path.suffix in {".py", ".html", ".txt"} and "migrations" not in path.parts and path.is_file():
                yield path


def in_python(source: str) -> Iterator[Message]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and (name := called(node)) in FUNCTIONS:
            texts = [
                a.value if isinstance(a, ast.Constant) and isinstance(a.value, str) else None
                for a in node.args
            ]
            message = picked(name, texts)
            if message:
                yield message


def called(node: ast.Call) -> str:
    function = node.func
    return function.id if isinstance(function, ast.Name) else getattr(function, "attr", "")


def in_template(source: str) -> Iterator[Message]:
    from django.utils.translation.template import templatize

    if "{%" not in source and "{{" not in source:
        return
    for match in IN_TEMPLATE.finditer(templatize(source)):
        texts = [ast.literal_eval(text) if text else None for text in match.groups()[1:]]
        message = picked(match.group(1), texts)
        if message:
            yield message


def picked(name: str, texts: list[str | None]) -> Message | None:
    def at(position):
        return texts[position] if position is not None and position < len(texts) else None

    context, singular, plural = (at(position) for position in FUNCTIONS[name])
    return (context, singular, plural) if singular else None


def load() -> polib.POFile:
    if CATALOGUE.exists():
        return polib.pofile(str(CATALOGUE), wrapwidth=100)
    catalogue = polib.POFile(wrapwidth=100)
    catalogue.metadata = {
        "Language": "zh_Hans",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": "nplurals=1; plural=0;",
    }
    return catalogue


def update() -> list[str]:
    """Merge what the sources say into the catalogue; the gaps that remain."""
    old = {(entry.msgctxt, entry.msgid, entry.msgid_plural or None): entry for entry in load()}
    catalogue = load()
    catalogue.clear()
    for message, files in sorted(messages().items(), key=lambda item: (min(item[1]), item[0][1])):
        context, singular, plural = message
        entry = polib.POEntry(
            msgctxt=context, msgid=singular, occurrences=[(file, "") for file in sorted(files)]
        )
        known = old.get(message)
        if plural:
            entry.msgid_plural = plural
            entry.msgstr_plural = known.msgstr_plural if known else {0: ""}
        elif known:
            entry.msgstr = known.msgstr
        catalogue.append(entry)
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    catalogue.save(str(CATALOGUE))
    return gaps()


def gaps() -> list[str]:
    """Sentences of the sources without a Chinese one, and translations that lost a placeholder."""
    translated = {(entry.msgctxt, entry.msgid, entry.msgid_plural or None): entry for entry in load()}
    found = []
    for message, files in sorted(messages().items(), key=lambda item: (min(item[1]), item[0][1])):
        entry = translated.get(message)
        chinese = (entry.msgstr or entry.msgstr_plural.get(0, "")) if entry else ""
        where = min(files)
        if not chinese or entry.fuzzy:
            found.append(f"{where}: no Chinese for {message[1]!r}")
        elif placeholders(chinese) != placeholders(message[2] or message[1]):
            found.append(f"{where}: placeholders differ in {message[1]!r}")
    return found


def stock_gaps() -> list[str]:
    """Sentences of Wagtail's screens and scripts that neither its catalogues nor ours say in Chinese."""
    found = []
    for domain in STOCK_DOMAINS:
        ours = polib.pofile(str(STOCK / f"{domain}.po"))
        chinese = {(entry.msgctxt, entry.msgid) for entry in ours if entry.translated()}
        english = {}
        for folder in stock_folders():
            chinese |= {
                (entry.msgctxt, entry.msgid)
                for entry in catalogue_of(folder, "zh_Hans", domain)
                if entry.translated()
            }
            english |= {(entry.msgctxt, entry.msgid): entry for entry in catalogue_of(folder, "en", domain)}
        found += [f"Wagtail's {domain}: no Chinese for {key[1]!r}" for key in english if key not in chinese]
        for entry in ours:
            said = entry.msgstr or entry.msgstr_plural.get(0, "")
            if placeholders(said) != placeholders(entry.msgid_plural or entry.msgid):
                found.append(f"Wagtail's {domain}: placeholders differ in {entry.msgid!r}")
    return found


def stock_folders() -> Iterator[Path]:
    for package, parts in (("wagtail", STOCK_PACKAGES), ("wagtail_localize", ("", "locales"))):
        top = Path(find_spec(package).origin).parent
        yield from (top / part / "locale" for part in parts)


def catalogue_of(folder: Path, language: str, domain: str) -> polib.POFile | list:
    path = folder / language / "LC_MESSAGES" / f"{domain}.po"
    return polib.pofile(str(path)) if path.exists() else []


def placeholders(text: str) -> set[str]:
    return set(re.findall(r"%\(\w+\)[sd]|(?<!%)%[sd]|\{\w*\}", text))


def compile_catalogues() -> None:
    for path in (PROJECT / "locale").rglob("*.po"):
        compiled = path.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime <= path.stat().st_mtime:
            polib.pofile(str(path)).save_as_mofile(str(compiled))


def main(arguments: list[str]) -> int:
    command = arguments[0] if arguments else "check"
    if command == "compile":
        compile_catalogues()
        return 0
    found = (update() if command == "update" else gaps()) + stock_gaps()
    for line in found:
        print(line)
    print(f"{len(messages())} sentences, {len(found)} without a good translation")
    return 1 if found else 0


if __name__ == "__main__":
    from django.conf import settings

    settings.configure()  # templatize asks for nothing, but Django wants to have been asked
    sys.exit(main(sys.argv[1:]))
