"""人员变动备案表 and 授权委托书 on A4, for the signatures and seals that stay on paper (Articles 11, 13)."""

from pathlib import Path

from django.utils import timezone

from ledger.typesetting import compile_pdf
from organisation.models import Post
from organisation.models.units import unit_names
from personnel.handing_over import lines_of
from personnel.models import Decision
from regulation import source

HERE = Path(__file__).parent
FILING, AUTHORITY = HERE / "filing.typ", HERE / "authority.typ"
MINUTE = "%Y年%m月%d日 %H:%M"
ARTICLE = "11"


def filing_pdf(filing):
    return compile_pdf(FILING.read_text(encoding="utf-8"), filing_facts(filing), moment=filing.filed_at)


def filing_facts(filing):
    names = dict(Post.objects.values_list("code", "name"))
    items = filing.items.all() if filing.handed_over_at else []
    preview = lines_of(filing) if filing.decision != Decision.RETURNED and not filing.handed_over_at else []
    return {
        "number": filing.number,
        "unit": unit_names([filing.unit_id], filing.filed_at).get(filing.unit_id, ""),
        "leaver": filing.leaver.name if filing.leaver_id else "无（新增人员）",
        "leaver_posts": _named(filing.leaver_posts, names),
        "successor": filing.takes_over,
        "successor_phone": filing.successor_phone or (filing.successor.phone if filing.successor_id else ""),
        "successor_posts": _named(filing.successor_posts, names),
        "reason": filing.get_reason_display(),
        "note": filing.note,
        "wanted": minute(filing.wanted_at),
        "filed": f"{filing.filed_by.name}　{minute(filing.filed_at)}",
        "decision": filing.get_decision_display(),
        "decided": f"{filing.decided_by.name}　{minute(filing.decided_at)}" if filing.decided_at else "",
        "decision_note": filing.decision_note,
        "effective": minute(filing.effective_at),
        "handed_over": minute(filing.handed_over_at),
        "items": [[line.get_kind_display(), line.title] for line in [*items, *preview]],
        "article": source.articles()[ARTICLE],
    }


def _named(codes, names):
    return "、".join(names.get(code, code) for code in codes)


def minute(moment):
    return timezone.localtime(moment).strftime(MINUTE) if moment else ""


def delegation_number(delegation):
    return f"XXWT-{timezone.localtime(delegation.created_at):%Y}-{delegation.pk:05d}"


def delegation_pdf(delegation):
    facts = delegation_facts(delegation)
    return compile_pdf(AUTHORITY.read_text(encoding="utf-8"), facts, moment=delegation.created_at)


def delegation_facts(delegation):
    confirmed = ""
    if delegation.confirmed_at:
        confirmed = f"{delegation.confirmed_by.name}　{minute(delegation.confirmed_at)}"
    return {
        "number": delegation_number(delegation),
        "unit": unit_names([delegation.unit_id], delegation.created_at).get(delegation.unit_id, ""),
        "grantor": delegation.grantor.name,
        "delegate": delegation.delegate.name,
        "post": delegation.post.name,
        "starts": minute(delegation.starts_at),
        "ends": minute(delegation.ends_at),
        "reason": delegation.reason,
        "entered": f"{delegation.created_by.name}　{minute(delegation.created_at)}",
        "confirmed": confirmed,
    }
