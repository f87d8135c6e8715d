"""Merged cells of a table, typed and shown as Excel names them: A1:C1；A2:A4, the headings being row 1."""

import csv
import io
import re

RANGE = re.compile(r"^([A-Z]{1,2})(\d{1,3}):([A-Z]{1,2})(\d{1,3})$")
Span = tuple[int, int, int, int]  # row, column, rows, columns


def name(row: int, column: int) -> str:
    """(0, 0) is A1."""
    letters, number = "", column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row + 1}"


def parsed(merges: str) -> list[tuple[int, int, int, int]]:
    """Ranges as typed (A1:C1；A2:A4) to (row, column, rows, columns). Raises ValueError with the bad range."""
    found = []
    for part in re.split(r"[，,；;、\s]+", merges.upper().replace("：", ":").strip()):
        if not part:
            continue
        match = RANGE.match(part)
        if match is None:
            raise ValueError(part)
        left, right = column_of(match[1]), column_of(match[3])
        top, bottom = int(match[2]) - 1, int(match[4]) - 1
        if top < 0 or bottom < top or right < left or (top, left) == (bottom, right):
            raise ValueError(part)
        found.append((top, left, bottom - top + 1, right - left + 1))
    return found


def column_of(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def fitting(merges: str, rows: int, columns: int) -> list[Span]:
    """The ranges, in reading order. Raises ValueError with the one that overlaps another or leaves the table."""
    taken: set[tuple[int, int]] = set()
    found = sorted(parsed(merges or ""))
    for top, left, down, across in found:
        cells = {(y, x) for y in range(top, top + down) for x in range(left, left + across)}
        if top + down > rows or left + across > columns or cells & taken:
            raise ValueError(f"{name(top, left)}:{name(top + down - 1, left + across - 1)}")
        taken |= cells
    return found


def laid_out(lines: list[list[str]], merges) -> tuple[list[list[dict]], list[list[dict]]]:
    """Head and body as cells with their spans. A cell merged down from the headings makes the head that high."""
    spans = {(row, column): (down, across) for row, column, down, across in merges or ()}
    covered = {
        (y, x)
        for (row, column), (down, across) in spans.items()
        for y in range(row, row + down)
        for x in range(column, column + across)
    } - spans.keys()
    made = []
    for y, line in enumerate(lines):
        cells = [
            {"text": text, "down": spans.get((y, x), (1, 1))[0], "across": spans.get((y, x), (1, 1))[1]}
            for x, text in enumerate(line)
            if (y, x) not in covered
        ]
        made.append(cells)
    high = max([1] + [down for (row, _column), (down, _across) in spans.items() if row == 0])
    return made[:high], made[high:]


def lines_of(cells: str) -> tuple[list[str], list[list[str]]]:
    """Headings and lines of pasted cells, all of one length. Excel puts cells with line breaks in quotation marks."""
    if "\t" not in cells:
        return [], []
    lines = [
        [" ".join(cell.split()) for cell in line] for line in csv.reader(io.StringIO(cells), delimiter="\t")
    ]
    lines = [line for line in lines if any(line)]
    width = max((len(line) for line in lines), default=0)
    lines = [line + [""] * (width - len(line)) for line in lines]
    return (lines[0], lines[1:]) if lines else ([], [])
