"""The self-contained form a unit fills in without any network (Article 12): one file, one script, nothing fetched."""

from pathlib import Path

from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from home.placement import columns_for
from intake.models import Intake
from intake.package import FIELDS, LARGEST_FILES, ROW
from regulation.questions import HARMS
from secrecy.models.rows import Form

FOLDER = Path(__file__).with_name("offline")
DELIVERY = (("author", "承办人"), ("deliverer", "送达人"), ("telephone", "送达人电话"))


def render(unit) -> str:
    """Our own script and style stand in the page itself; what comes from the database is escaped."""
    harms = [harm.code for harm in HARMS]
    return render_to_string(
        "intake/offline.html",
        {
            "unit": unit,
            "columns": columns_for(unit),
            "delivery": DELIVERY,
            "reasons": Intake.Reason.choices,
            "forms": Form.choices,
            "harms": HARMS,
            "facts": {
                "unit": unit.code,
                "fields": FIELDS,
                "row": ROW,
                "harms": harms,
                "largest": LARGEST_FILES,
            },
            "css": mark_safe(_part("form.css")),  # noqa: S308  (our own files)
            "script": mark_safe(_part("sha256.js") + _part("form.js")),  # noqa: S308
        },
    )


def _part(name):
    return (FOLDER / name).read_text(encoding="utf-8")
