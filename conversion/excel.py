"""Excel workbooks into table blocks: what stands on the visible sheets, as it is shown there (Article 3: data)."""

import datetime
import io
import re
from pathlib import PurePath
from zipfile import BadZipFile

import openpyxl
from django.utils.translation import gettext as _

from checks import files
from checks.files import archives
from checks.files.archives import Hostile
from conversion.pieces import Reading, Table, Unreadable
from conversion.tables import MAX_COLUMNS, MAX_ROWS
from home.merging import name as cell_name

MOST_SHEETS = 20
MAX_SHEET = 30 * 1024 * 1024
BROKEN = (
    ValueError,
    KeyError,
    IndexError,
    TypeError,
    AttributeError,
    OSError,
    BadZipFile,
    MemoryError,
    SyntaxError,
)
UNNAMED = re.compile(r"(?i)^(?:sheet|工作表)\s*\d*$")
PERCENT = re.compile(r"0(?:\.(0+))?%")
DECIMALS = re.compile(r"0\.(0+)")


def read(data: bytes, name: str) -> Reading:
    """Raises `Unreadable` with one sentence where nothing can be made of the file."""
    reading = Reading(title=PurePath(name.replace("\\", "/")).stem.strip()[:100])
    try:
        look(data, reading)
        book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
        for sheet in visible(book, reading):
            piece = table_of(sheet, reading)
            if piece:
                reading.pieces.append(piece)
    except Hostile as hostile:
        raise Unreadable(str(hostile)) from hostile
    except BROKEN as error:
        raise Unreadable(_("The file is damaged: its cells could not be read.")) from error
    if not reading.pieces:
        raise Unreadable(_("There is nothing in this workbook."))
    return reading


def look(data: bytes, reading: Reading) -> None:
    with archives.opened(data) as archive:
        for member in archive.infolist():
            if member.filename.startswith("xl/worksheets/") and member.file_size > MAX_SHEET:
                raise Hostile("bomb", member.filename)
        if any(name.startswith("xl/charts/") for name in archive.namelist()):
            reading.lose(_("Charts were left out: choose a chart in the table block instead."))
    if "file.comment" in files.look(data, "file.xlsx").hits:
        reading.lose(_("Comments were left out."))


def visible(book, reading):
    shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    if len(shown) < len(book.worksheets):
        reading.lose(_("Hidden sheets were left out."))
    if len(shown) > MOST_SHEETS:
        reading.lose(_("Only the first %(number)s sheets were taken over.") % {"number": MOST_SHEETS})
    return shown[:MOST_SHEETS]


def table_of(sheet, reading) -> Table | None:
    rows, columns = places(sheet, reading)
    grid = [[shown(sheet.cell(row, column)) for column in columns] for row in rows]
    if any(sheet.cell(row, column).data_type == "e" for row in rows for column in columns):
        reading.lose(_("Some cells hold errors such as #REF!: they came over empty."))
    while grid and not any(grid[-1]):
        grid.pop()
    width = max((at + 1 for line in grid for at, cell in enumerate(line) if cell), default=0)
    if not width:
        return None
    grid = [line[:width] for line in grid]
    caption = "" if UNNAMED.match(sheet.title) else sheet.title
    merges = ranges(sheet, rows[: len(grid)], columns[:width])
    if len(grid) > 2 and merges and merges[0] == (0, 0, 1, width):
        caption, grid = grid[0][0] or caption, grid[1:]  # a line across the whole table is its title
        merges = [(row - 1, *rest) for row, *rest in merges[1:]]
    if len(grid) == 1:
        grid.append([""] * width)
    return Table(grid, [range_name(*span) for span in merges], caption[:120])


def places(sheet, reading) -> tuple[list[int], list[int]]:
    """Rows and columns that are shown, as far as a page can carry them."""
    rows = [r for r in range(1, sheet.max_row + 1) if not sheet.row_dimensions[r].hidden] \
        if sheet.max_row <= 20_000 else list(range(1, MAX_ROWS + 2))  # fmt: skip
    letters = openpyxl.utils.get_column_letter
    hidden = hidden_columns(sheet)
    columns = [c for c in range(1, min(sheet.max_column, 500) + 1) if letters(c) not in hidden]
    if (len(rows) < sheet.max_row and sheet.max_row <= 20_000) or hidden:
        reading.lose(_("Hidden rows and columns were left out."))
    if len(rows) > MAX_ROWS or len(columns) > MAX_COLUMNS:
        reading.lose(
            _("A table has more than %(rows)s rows or %(columns)s columns: the rest was left out.")
            % {"rows": MAX_ROWS, "columns": MAX_COLUMNS}
        )
    return rows[:MAX_ROWS], columns[:MAX_COLUMNS]


def hidden_columns(sheet) -> set[str]:
    letters = openpyxl.utils.get_column_letter
    found = set()
    for dimension in sheet.column_dimensions.values():
        if dimension.hidden:
            last = min(dimension.max or dimension.min, 500)
            found |= {letters(column) for column in range(dimension.min, last + 1)}
    return found


def ranges(sheet, rows, columns) -> list[tuple[int, int, int, int]]:
    """Merged cells in the places that are left, in reading order."""
    at_row, at_column = ({place: n for n, place in enumerate(places)} for places in (rows, columns))
    found = []
    for area in sheet.merged_cells.ranges:
        down = [
            at_row[r]
            for r in range(area.min_row, min(area.max_row, area.min_row + MAX_ROWS) + 1)
            if r in at_row
        ]
        across = [at_column[c] for c in range(area.min_col, min(area.max_col, 500) + 1) if c in at_column]
        if down and across and len(down) * len(across) > 1:
            found.append((down[0], across[0], len(down), len(across)))
    return sorted(found)


def range_name(row, column, down, across) -> str:
    return f"{cell_name(row, column)}:{cell_name(row + down - 1, column + across - 1)}"


def shown(cell) -> str:
    """A value as the sheet shows it, for the formats that tables of ours use."""
    value, form = cell.value, cell.number_format or "General"
    if value is None or cell.data_type == "e":
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime.datetime):
        return f"{value:%Y-%m-%d}" if not (value.hour or value.minute) else f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    if isinstance(value, int | float):
        return number(value, form)
    return " ".join(str(value).split())[:2000]


def number(value, form: str) -> str:
    percent = PERCENT.search(form)
    if percent:
        return f"{value * 100:.{len(percent[1] or '')}f}%"
    grouping = "," if "#,##0" in form or "# ##0" in form else ""
    decimals = DECIMALS.search(form)
    if decimals:
        return f"{value:{grouping}.{len(decimals[1])}f}"
    if isinstance(value, float) and not value.is_integer() and form == "General":
        return f"{value:.10g}"
    return f"{round(value):{grouping}d}"
