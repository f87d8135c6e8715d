"""Looking into files: `look(data, name)` gives the text inside and what was found; nothing is ever executed."""

from checks.files.inspection import Inspection, look

__all__ = ["Inspection", "look"]
