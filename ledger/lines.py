"""One line of the register in words: the same for the list, the detail, Excel and the printed volume."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.utils import timezone

from ledger.models import RegisterEntry
from ledger.wording import DECISIONS, MEDIA, SOURCES
from regulation.sealed import NAME, sealed_objects

# What a line of a sealed-away item does not show, whatever the entry once recorded (Article 13).
UNSAID = ("title", "path", "source", "column", "digest")


def lines_of(entries):
    """Lines of many entries; what is sealed away is asked once. The chain itself is never altered."""
    sealed = sealed_objects()
    for entry in entries:
        yield Line(entry, is_sealed=entry.object_id in sealed)


@dataclass(frozen=True)
class Line:
    """Reads facts only; what the entry does not say stays empty, whatever tables say today."""

    entry: RegisterEntry
    is_sealed: bool = False

    @cached_property
    def facts(self):
        if not self.is_sealed:
            return self.entry.facts
        said = {key: value for key, value in self.entry.facts.items() if key not in UNSAID}
        signatories = [{**row, "remark": ""} for row in said.get("signatories", ())]
        return {**said, "title": NAME, "signatories": signatories}

    @property
    def number(self):
        return self.entry.number

    @property
    def pk(self):
        return self.entry.pk

    @property
    def kind(self):
        return self.entry.get_kind_display()

    @property
    def recorded_at(self):
        return moment(self.entry.recorded_at)

    @property
    def title(self):
        return self.facts.get("title", "")

    @property
    def unit(self):
        """Who provided it and, under Article 12, who published it for them."""
        unit, proxy = self.facts.get("unit", ""), self.facts.get("proxy", "")
        return f"{unit}提供，{proxy}代为发布" if proxy else unit

    @property
    def column(self):
        return self.facts.get("column", "")

    @property
    def route(self):
        return self.facts.get("route_label", "")

    @property
    def source(self):
        source = self.facts.get("source") or {}
        kind = SOURCES.get(source.get("kind", ""), "")
        return "：".join(
            filter(None, (kind, source.get("name", "") if source.get("kind") == "reprint" else ""))
        )

    @property
    def author(self):
        return (self.facts.get("author") or {}).get("name", "")

    @property
    def published_at(self):
        return moment(self.facts.get("published_at"))

    @property
    def ended_at(self):
        return moment(self.facts.get("ended_at"))

    @property
    def sheet(self):
        return self.facts.get("sheet_number", "")

    @property
    def digest(self):
        return self.facts.get("digest", "")

    @property
    def hash(self):
        return self.entry.hash

    @property
    def previous_hash(self):
        return self.entry.previous_hash

    @property
    def path(self):
        return self.facts.get("path", "")

    @property
    def batch(self):
        return self.facts.get("batch") or ""

    @property
    def signatures(self):
        """Each opinion with person, post, time, medium; delegation named, remark included."""
        return [signature(row) for row in self.facts.get("signatories", ())]

    @property
    def signatories(self):
        """The same in one cell."""
        return "；".join(row["text"] for row in self.signatures)


def signature(row) -> dict:
    behalf = f"（受{row['on_behalf_of']}委托）" if row.get("on_behalf_of") else ""
    decision = DECISIONS.get(row["decision"], row["decision"])
    at = moment(row["at"])
    remark = f"，{row['remark']}" if row.get("remark") else ""
    return {
        **row,
        "decision_label": decision,
        "medium_label": MEDIA.get(row.get("medium"), ""),
        "behalf": behalf,
        "at_text": at,
        "text": f"{row['label']}：{row['person']}{behalf} {decision} {at}{remark}",
    }


def moment(value) -> str:
    """Server time in the portal's zone, to the second; facts keep it as ISO text."""
    if not value:
        return ""
    value = datetime.fromisoformat(value) if isinstance(value, str) else value
    return timezone.localtime(value).strftime("%Y-%m-%d %H:%M:%S")
