from checks.models.records import CheckRun, LinkState, Override
from checks.models.sources import Evidence, ForeignMatter, ReprintSource, SourceException
from checks.models.words import ListVersion, WordEntry

__all__ = [
    "CheckRun",
    "Evidence",
    "ForeignMatter",
    "LinkState",
    "ListVersion",
    "Override",
    "ReprintSource",
    "SourceException",
    "WordEntry",
]
