"""The papers of an item: its draft as it is now, or what was handed in, with the opinions given on it."""

import io
from datetime import datetime
from urllib.parse import quote

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.cache import cache_control
from wagtail.models import Page

from checks.captures import ORIGINALS
from conversion.paper import paper
from home import walls
from home.models import PortalImage
from home.models.articles import ArticlePage
from publication import files
from regulation.refusals import Refusal
from review.dossier import Dossier
from review.views.access import case_or_404

KINDS = {"information": "信息", "policy": "政策文件"}


def facts_of(document: dict, *more) -> list[tuple[str, str]]:
    source = document.get("source") or {}
    policy = document.get("policy") or {}
    return [
        ("信息类型", KINDS.get(document["kind"], "")),
        ("提供单位", (document.get("unit") or {}).get("name", "")),
        ("责任编辑", document.get("editor") or ""),
        (
            "信息来源",
            "本机关、单位制发" if source.get("kind") == "own" else f"转载：{source.get('name', '')}",
        ),
        ("原文网址", source.get("url") or ""),
        ("发文字号", policy.get("document_number") or ""),
        ("发文机关", policy.get("issuer") or ""),
        ("关键词", "、".join(document.get("keywords") or ())),
        ("摘要", document.get("summary") or ""),
        *more,
    ]


def open_picture(block: dict) -> io.BufferedIOBase | None:
    """What was handed in has its renditions kept under their digests; a draft's pictures lie in the library."""
    for rendition in reversed(block.get("renditions") or ()):
        try:
            return files.open_private(rendition["sha256"])
        except FileNotFoundError:
            continue
    image = PortalImage.objects.filter(sha256=block["sha256"]).first()
    return image.file.open("rb") if image else None


@cache_control(private=True, no_store=True)
def draft_paper(request, page_id):
    """The draft, for whoever sees it in the editor."""
    try:
        walls.check_page(request.user, page_id)
    except Refusal as refusal:
        return walls.refused(request, refusal)
    page = get_object_or_404(Page, pk=page_id).specific
    if not isinstance(page, ArticlePage):
        raise Http404
    draft = page.get_latest_revision_as_object()
    document = draft.draft_document()
    facts = facts_of(document, ("栏目", draft.column.title if draft.column_id else ""), ("状态", "草稿"))
    return answer(document["title"], paper(document, open_picture, facts))


@cache_control(private=True, no_store=True)
def case_paper(request, pk):
    """What was handed in and signed, with its digest and every opinion."""
    case, _held = case_or_404(request.user, pk)
    if case.quarantined:
        raise Http404
    dossier = Dossier(case, request.user)
    more = (
        ("审核类别", case.route_label),
        ("状态", case.status_label),
        ("内容摘要值", case.submission.digest),
        ("登记号", "、".join(str(entry.number) for entry in dossier.register_entries)),
    )
    opinions = [
        (o.label, o.decision, o.who, moment(o.signoff.signed_at), o.signoff.remark) for o in dossier.opinions
    ]
    made = paper(dossier.document, open_picture, facts_of(dossier.document, *more), opinions)
    return answer(dossier.document["title"], made)


def moment(at: datetime) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}"


def answer(title: str, data: bytes) -> HttpResponse:
    response = HttpResponse(data, content_type=ORIGINALS["docx"][0])
    name = quote(files.safe_name(title)[:80] + ".docx")
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    return response
