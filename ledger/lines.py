"""One line of the register in words: the same for the list, the detail, Excel and the printed volume."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from ledger.models import RegisterEntry
from ledger.wording import DECISIONS, MEDIA, SOURCES


@dataclass(frozen=True)
class Line:
    """Reads facts only; what the entry does not say stays empty, whatever tables say today."""

    entry: RegisterEntry

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
        return self.entry.facts.get("title", "")

    @property
    def unit(self):
        """Who provided it and, under Article 12, who published it for them."""
        unit, proxy = self.entry.facts.get("unit", ""), self.entry.facts.get("proxy", "")
        return f"{unit}提供，{proxy}代为发布" if proxy else unit

    @property
    def column(self):
        return self.entry.facts.get("column", "")

    @property
    def route(self):
        return self.entry.facts.get("route_label", "")

    @property
    def source(self):
        source = self.entry.facts.get("source") or {}
        kind = SOURCES.get(source.get("kind", ""), "")
        return "：".join(
            filter(None, (kind, source.get("name", "") if source.get("kind") == "reprint" else ""))
        )

    @property
    def author(self):
        return (self.entry.facts.get("author") or {}).get("name", "")

    @property
    def published_at(self):
        return moment(self.entry.facts.get("published_at"))

    @property
    def ended_at(self):
        return moment(self.entry.facts.get("ended_at"))

    @property
    def sheet(self):
        return self.entry.facts.get("sheet_number", "")

    @property
    def digest(self):
        return self.entry.facts.get("digest", "")

    @property
    def hash(self):
        return self.entry.hash

    @property
    def previous_hash(self):
        return self.entry.previous_hash

    @property
    def path(self):
        return self.entry.facts.get("path", "")

    @property
    def batch(self):
        return self.entry.facts.get("batch") or ""

    @property
    def signatures(self):
        """Each opinion with person, post, time, medium; delegation named, remark included."""
        return [signature(row) for row in self.entry.facts.get("signatories", ())]

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
