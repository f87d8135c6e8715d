"""Charts of a table, drawn on the server as SVG from the signed data (Article 3: data; portal: no foreign scripts).

The table stands below and is the chart's equivalent in text; the picture carries a description of its own. A chart
needs a first column of names and columns of numbers; where cells are merged there is none.
"""

import math
import re
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import mark_safe

KINDS = ("bar", "line", "pie")
NAMES = {"bar": "柱状图", "line": "折线图", "pie": "饼图"}
MOST = {"bar": 24, "line": 60, "pie": 12}  # names
MOST_SERIES = 6
#: Dark enough on white to be told apart without colour as well: each has its own stroke or place in the legend.
COLOURS = ("#1f5a92", "#b3471d", "#2d7a4a", "#7a3f8c", "#8a6d00", "#4a5a68",
           "#a3211b", "#0f7a7a", "#5d4a9c", "#6b5b3e", "#3d6b1f", "#94346b")  # fmt: skip
DASHES = ("", "8 4", "2 4", "12 4 2 4", "6 2", "1 3")
WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 720, 380, 64, 16, 36, 64
NUMBER = re.compile(r"^[+-]?\d[\d,，]*(?:\.\d+)?[%％]?$|^[+-]?\.\d+[%％]?$")


@dataclass(frozen=True)
class Data:
    names: list[str]
    series: list[tuple[str, list[float]]]


def number(text: str) -> float | None:
    text = text.strip().replace("−", "-")
    return float(text.strip("%％").replace(",", "").replace("，", "")) if NUMBER.match(text) else None


def data_of(head: list[str], rows: list[list[str]]) -> Data | None:
    """Columns in which every cell is a number; none where there is nothing to draw."""
    rows = [row for row in rows if any(cell.strip() for cell in row)]
    if not rows or len(head) < 2:
        return None
    series = []
    for at, name in enumerate(head[1:], start=1):
        values = [number(row[at]) for row in rows]
        if all(value is not None for value in values):
            series.append((name, values))
    return Data([row[0] for row in rows], series) if series else None


def problem(kind: str, head, rows, merges=()) -> str:
    """Why this cannot be drawn, by the name of the reason; empty where it can."""
    data = data_of(head, rows)
    if merges:
        return "merged"
    if data is None:
        return "numbers"
    if len(data.names) > MOST[kind] or len(data.series) > MOST_SERIES:
        return "many"
    if kind == "pie" and (min(data.series[0][1]) < 0 or not sum(data.series[0][1])):
        return "negative"
    return ""


def svg(block: dict, number_on_page: int = 1) -> str:
    """The chart of a table block; empty where there is none."""
    kind = block.get("chart", "")
    if kind not in KINDS or problem(kind, block["head"], block["rows"], block.get("merges") or ()):
        return ""
    data = data_of(block["head"], block["rows"])
    key = f"chart-{number_on_page}"
    title = f"{block['caption']}（{NAMES[kind]}）"
    parts = [
        f'<svg class="chart" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-labelledby="{key}-title {key}-words" '
        f'font-size="13" fill="#333">',
        f'<title id="{key}-title">{escape(title)}</title>',
        f'<desc id="{key}-words">{escape(described(data, block.get("unit", "")))}</desc>',
        *DRAWN[kind](data, block.get("unit", "")),
        "</svg>",
    ]
    return mark_safe("".join(parts))  # noqa: S308 - every word in it is escaped where it is put in


def described(data: Data, unit: str) -> str:
    """What a reader of the picture takes from it."""
    sentences = []
    for name, values in data.series:
        high, low = max(values), min(values)
        sentences.append(
            f"{name}：最高为{data.names[values.index(high)]}{shown(high)}{unit}，"
            f"最低为{data.names[values.index(low)]}{shown(low)}{unit}。"
        )
    return f"共{len(data.names)}项。" + "".join(sentences) + "数据见下表。"


def shown(value: float) -> str:
    return f"{value:,.10g}"


# --- axes ---


def steps(low: float, high: float) -> list[float]:
    """About five round values that hold everything between them, nought among them."""
    low, high = min(low, 0), max(high, 0)
    span = (high - low) or 1
    raw = span / 5
    size = 10 ** math.floor(math.log10(raw))
    step = next(size * factor for factor in (1, 2, 2.5, 5, 10) if size * factor >= raw * 0.999)
    first, last = math.floor(low / step), math.ceil(high / step - 1e-9)
    return [round(step * n, 10) for n in range(first, last + 1)]


def axes(data: Data, unit: str):
    marks = steps(min(min(v) for _n, v in data.series), max(max(v) for _n, v in data.series))
    low, high = marks[0], marks[-1] if marks[-1] > marks[0] else marks[0] + 1
    tall = HEIGHT - TOP - BOTTOM

    def y(value):
        return round(TOP + tall * (high - value) / (high - low), 1)

    lines = [text(LEFT - 8, TOP - 14, unit, "end")] if unit else []
    for mark in marks:
        colour = "#666" if mark == 0 else "#ccc"
        lines.append(f'<path d="M{LEFT} {y(mark)}H{WIDTH - RIGHT}" stroke="{colour}"/>')
        lines.append(text(LEFT - 8, y(mark) + 4, shown(mark), "end"))
    return y, lines


def text(x, y, words, anchor="middle") -> str:
    return f'<text x="{round(x, 1)}" y="{round(y, 1)}" text-anchor="{anchor}">{escape(words)}</text>'


def labels(names, place) -> list[str]:
    """Names below the axis: as many as fit, shortened."""
    every = max(1, math.ceil(len(names) / 12))
    fit = max(3, int((WIDTH - LEFT - RIGHT) / max(len(names) / every, 1) / 14))
    kept = [(at, name) for at, name in enumerate(names) if at % every == 0]
    return [text(place(at), HEIGHT - BOTTOM + 20, short(name, fit)) for at, name in kept]


def short(name: str, length: int) -> str:
    return name if len(name) <= length else name[: length - 1] + "…"


def legend(entries) -> list[str]:
    out, x = [], LEFT
    for at, name in enumerate(entries):
        name = short(name, 10)
        out.append(
            f'<rect x="{x}" y="{HEIGHT - 24}" width="14" height="14" fill="{COLOURS[at % len(COLOURS)]}"/>'
        )
        out.append(text(x + 20, HEIGHT - 12, name, "start"))
        x += 36 + 14 * len(name)
    return out


# --- kinds ---


def bars(data: Data, unit: str) -> list[str]:
    y, out = axes(data, unit)
    room = (WIDTH - LEFT - RIGHT) / len(data.names)
    thick = min(48, room * 0.7 / len(data.series))
    total = len(data.names) * len(data.series)
    for at, (_name, values) in enumerate(data.series):
        for place, value in enumerate(values):
            x = LEFT + room * (place + 0.5) + thick * (at - len(data.series) / 2)
            top, base = min(y(value), y(0)), max(y(value), y(0))
            out.append(
                f'<rect x="{x:.1f}" y="{top}" width="{thick:.1f}" height="{base - top:.1f}" fill="{COLOURS[at]}"/>'
            )
            if total <= 12:
                out.append(text(x + thick / 2, top - 5 if value >= 0 else base + 14, shown(value)))
    out += labels(data.names, lambda place: LEFT + room * (place + 0.5))
    return out + (legend([name for name, _v in data.series]) if len(data.series) > 1 else [])


def curves(data: Data, unit: str) -> list[str]:
    y, out = axes(data, unit)
    room = (WIDTH - LEFT - RIGHT) / max(len(data.names) - 1, 1)
    inner = 0.94 * room if len(data.names) > 1 else 0
    start = LEFT + (WIDTH - LEFT - RIGHT - inner * (len(data.names) - 1)) / 2

    def x(place):
        return start + inner * place

    for at, (_name, values) in enumerate(data.series):
        points = " ".join(f"{x(place):.1f},{y(value)}" for place, value in enumerate(values))
        dash = f' stroke-dasharray="{DASHES[at]}"' if DASHES[at] else ""
        out.append(
            f'<polyline points="{points}" fill="none" stroke="{COLOURS[at]}" stroke-width="2.5"{dash}/>'
        )
        out += [
            f'<circle cx="{x(place):.1f}" cy="{y(value)}" r="3.5" fill="{COLOURS[at]}"/>'
            for place, value in enumerate(values)
        ]
    out += labels(data.names, x)
    return out + (legend([name for name, _v in data.series]) if len(data.series) > 1 else [])


def slices(data: Data, unit: str) -> list[str]:
    values = data.series[0][1]
    total, radius, middle = sum(values), 140, (LEFT + 150, TOP + 150)
    out, angle = [], -math.pi / 2
    for at, (name, value) in enumerate(zip(data.names, values, strict=True)):
        share = value / total
        end = angle + share * 2 * math.pi
        out.append(slice_of(middle, radius, angle, end, share, COLOURS[at]))
        words = f"{short(name, 14)} {shown(value)}{unit}（{share * 100:.1f}%）"
        out.append(f'<rect x="400" y="{TOP + 26 * at}" width="14" height="14" fill="{COLOURS[at]}"/>')
        out.append(text(422, TOP + 26 * at + 12, words, "start"))
        angle = end
    return out


def slice_of(middle, radius, start, end, share, colour) -> str:
    cx, cy = middle
    if share > 0.9999:
        return f'<circle cx="{cx}" cy="{cy}" r="{radius}" fill="{colour}"/>'
    (x1, y1), (x2, y2) = ((cx + radius * math.cos(a), cy + radius * math.sin(a)) for a in (start, end))
    path = f"M{cx} {cy}L{x1:.1f} {y1:.1f}A{radius} {radius} 0 {int(share > 0.5)} 1 {x2:.1f} {y2:.1f}Z"
    return f'<path d="{path}" fill="{colour}" stroke="#fff" stroke-width="2"/>'


DRAWN = {"bar": bars, "line": curves, "pie": slices}
