"""What a search can be narrowed by, as the reader knows it: units in their order, columns as their tree, years with items."""

from publication import reading
from publication.models import FacetCounter

KINDS = (("information", "信息"), ("policy", "政策文件"), ("unit", "单位子站"))
SORTS = (("relevance", "按相关度"), ("date", "按时间"))
BELOW = "　　"  # a column below another one stands two characters further in


def choices(site, wanted) -> list[dict]:
    """The fields of the form; `wanted` is what each holds now."""
    tree = reading.Tree(site)
    rows = (
        ("unit", "单位", "全部单位", units(site)),
        ("column", "栏目", "全部栏目", columns(tree, wanted["column"])),
        ("kind", "类型", "全部类型", KINDS),
        ("year", "年份", "全部年份", years(tree)),
        ("sort", "排序", "", SORTS),
    )
    return [
        {"name": name, "label": label, "all": everything, "options": options, "value": wanted[name]}
        for name, label, everything, options in rows
    ]


def units(site) -> list[tuple[str, str]]:
    """Code and name of every unit with an open face, in the order of the units."""
    return [(entry.path.strip("/").rpartition("/")[2], entry.title) for entry in reading.units(site)]


def columns(tree, wanted="") -> list[tuple[str, str]]:
    """Columns with items, each below the one that holds it; the wanted one in any case."""
    found: list[tuple[str, str]] = []

    def add(nodes, indent):
        for node in nodes:
            if node.total or node.object_id == wanted:
                found.append((node.object_id, indent + node.title))
            add(node.children, indent + BELOW)

    add(tree.top(), "")
    return found


def years(tree) -> list[tuple[str, str]]:
    """The years in which anything listed appeared, newest first."""
    rows = FacetCounter.objects.filter(
        column_object_id__in=[node.object_id for node in tree.top()], total__gt=0
    )
    found = rows.order_by("-year").values_list("year", flat=True).distinct()
    return [(str(year), f"{year}年") for year in found]
