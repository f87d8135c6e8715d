"""Tables with merged cells: from rows with spans to a plain grid with ranges as Excel writes them."""

from dataclasses import dataclass

from home.merging import name

MAX_ROWS, MAX_COLUMNS = 500, 30


@dataclass(frozen=True)
class Cell:
    text: str
    across: int = 1
    down: int = 1


class Grid:
    """`rows` all have the same length; covered cells are empty; `merges` name the ranges."""

    def __init__(self, cells: list[list[Cell]]):
        self.cut = len(cells) > MAX_ROWS
        placed: dict[tuple[int, int], str] = {}
        spans: list[tuple[int, int, int, int]] = []
        cells = cells[:MAX_ROWS]
        for row, line in enumerate(cells):
            column = 0
            for cell in line:
                while (row, column) in placed:
                    column += 1
                if column >= MAX_COLUMNS:
                    self.cut = True
                    break
                across = min(cell.across, MAX_COLUMNS - column)
                down = min(cell.down, len(cells) - row)
                for y in range(row, row + down):
                    for x in range(column, column + across):
                        placed.setdefault((y, x), "")
                placed[row, column] = cell.text
                if across > 1 or down > 1:
                    spans.append((row, column, row + down - 1, column + across - 1))
                column += across
        width = 1 + max((x for _y, x in placed), default=-1)
        height = 1 + max((y for y, _x in placed), default=-1)
        self.rows = [[placed.get((y, x), "") for x in range(width)] for y in range(height)]
        self.merges = [f"{name(y, x)}:{name(bottom, right)}" for y, x, bottom, right in spans]
