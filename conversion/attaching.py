"""Several attachments at once: each file is judged by itself, what is good goes into the unit's library (Article 3)."""

import os

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conversion.views import DraftPlace, Screen
from home import uploads
from home.models import PortalDocument, UnitLibrary
from home.storage import digest_of
from secrecy.access import hidden_files

MOST = 50
MAX_TITLE = 150


def keep(file, unit, user) -> PortalDocument:
    """The file in the unit's library, where the same bytes lie once. Raises ValidationError with one sentence."""
    uploads.check(file, ("document", "audio", "video", "image"))
    library = UnitLibrary.objects.select_related("collection").get(unit=unit).collection
    sha256 = digest_of(file)
    if sha256 in hidden_files(user):
        raise ValidationError(
            _("This file belongs to an item that is sealed away (Article 13)."), code="sealed"
        )
    known = PortalDocument.objects.filter(collection=library, sha256=sha256).first()
    if known is not None and uploads.ending_of(known.filename) == uploads.ending_of(file.name):
        return known
    title = os.path.splitext(os.path.basename(file.name))[0][:255]
    kept = PortalDocument(title=title, file=file, collection=library, uploaded_by_user=user)
    kept.full_clean(exclude=["file_hash", "file_size"])
    kept.save()
    return kept


@transaction.atomic
def attach(draft, chosen: list[tuple[PortalDocument, str]], user) -> None:
    """Behind the attachments that are there; a file that is attached already is not attached twice."""
    there = {block.value["file"].pk for block in draft.attachments if block.value["file"]}
    new = [
        {"type": "attachment", "value": {"title": title[:MAX_TITLE], "file": file.pk}}
        for file, title in chosen
        if file.pk not in there
    ]
    field = draft._meta.get_field("attachments")
    draft.attachments = field.to_python([*draft.attachments.raw_data, *new])
    draft.save_revision(user=user, log_action=True, clean=False)


class AttachView(DraftPlace, Screen):
    """Dropped files are sent one by one, with their progress; then titles are given and all are attached at once."""

    template_name = "conversion/attach.html"
    header_icon = "doc-full"
    page_title = gettext_lazy("Add several attachments")

    def get(self, request, page_id):
        return self.show(page=self.page, most=MOST)

    def post(self, request, page_id):
        if request.headers.get("x-requested-with") == "XMLHttpRequest":
            return self.one(request)
        kept, errors = [], []
        for file in request.FILES.getlist("files")[:MOST]:  # a browser without script sends them together
            try:
                kept.append((keep(file, self.page.unit, request.user), ""))
            except ValidationError as error:
                errors.append(f"{file.name}：{error.messages[0]}")
        kept += self.sent(request)
        if kept:
            attach(self.page, kept, request.user)
        if errors or not kept:
            return self.show(page=self.page, most=MOST, errors=errors or [_("Choose at least one file.")])
        return redirect("wagtailadmin_pages:edit", self.page.pk)

    def one(self, request):
        file = request.FILES.get("files")
        if file is None:
            return JsonResponse({"error": _("Choose at least one file.")}, status=400)
        try:
            kept = keep(file, self.page.unit, request.user)
        except ValidationError as error:
            return JsonResponse({"error": error.messages[0]}, status=400)
        return JsonResponse({"id": kept.pk, "title": kept.title})

    def sent(self, request) -> list[tuple[PortalDocument, str]]:
        """Files that came before, with the titles now given; only of the unit's own library."""
        ids = [pk for pk in request.POST.getlist("sent") if pk.isdigit()][:MOST]
        mine = PortalDocument.objects.filter(unit=self.page.unit).exclude(
            sha256__in=hidden_files(request.user)
        )
        found = mine.in_bulk([int(pk) for pk in ids])
        return [
            (found[int(pk)], " ".join(request.POST.get(f"title-{pk}", "").split()))
            for pk in ids
            if int(pk) in found
        ]
