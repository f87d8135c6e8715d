"""The town in which every forbidden path is tried: one item of each standing, committed once, used by all.

Whatever nobody approved carries `UNAPPROVED` in its title and text, so that one search of the public bytes finds it.
"""

from dataclasses import dataclass, field

from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.core.management import call_command

from tests import factories
from tests.committed import as_role
from tests.organisation_world import person
from tests.secrecy_world import PDF, picture

UNAPPROVED = "未经批准的字句"
WRITER = "water"
KINDS = {
    "author": ("water", "author"),
    "reviewer": ("water", "reviewer"),
    "leader": ("water", "branch_leader"),
    "egov": ("egov", "web_manager"),
}
SUPERUSER = "superuser"
EVERYBODY = (*KINDS, SUPERUSER)


@dataclass(eq=False)
class World:
    """Primary keys by name, so that no test inherits another's cached objects."""

    town: factories.Town
    pages: dict = field(default_factory=dict)
    files: dict = field(default_factory=dict)

    def user(self, kind):
        from organisation.models import User

        if kind == SUPERUSER:
            return User.objects.get(username=SUPERUSER)
        return User.objects.get(pk=self.town.who(*KINDS[kind]).pk)

    def page(self, name):
        return self.page_of(self.pages[name])

    @staticmethod
    def page_of(key):
        from wagtail.models import Page

        return Page.objects.get(pk=key).specific


def build() -> World:
    """What the portal's own services make of it, as the roles that do it in production."""
    made = World(factories.town())
    person("系统管理员", username=SUPERUSER, is_superuser=True)
    as_role("portal_owner")
    call_command("sync_portal", verbosity=0)
    as_role("portal_app")
    _fill(made)
    return made


def _fill(made):
    town = made.town
    column = factories.column(town, "通知公告")
    made.pages["column"], made.pages["home"] = column.pk, column.get_parent().pk
    face = factories.unit_page(town, WRITER)
    made.pages["unit"] = face.pk
    _library(made)
    public = _item(made, column, "供水管网冲洗公告")
    _approve(made, public)
    made.pages["public"] = public.pk
    _approve(made, face)
    for name in ("draft", "waiting", "refused", "alone"):
        made.pages[name] = _item(made, column, f"{name}：{UNAPPROVED}", UNAPPROVED).pk
    factories.submit(made.page("waiting"), town.who(WRITER, "author"))
    _change(made.page("public"))
    _refuse(made)


def _library(made):
    from home.models import PortalDocument, PortalImage, UnitLibrary

    collection = UnitLibrary.objects.get(unit=made.town.units[WRITER]).collection
    common = {"collection": collection, "uploaded_by_user": made.town.who(WRITER, "author")}
    image = PortalImage(title="管网示意图", description="管网示意图", **common)
    image.file = ImageFile(ContentFile(picture(size=(640, 480))), name="network.jpg")
    image.save()
    document = PortalDocument(title="冲洗时间表", file=ContentFile(PDF, name="timetable.pdf"), **common)
    document.save()
    secret = PortalDocument(
        title=UNAPPROVED, file=ContentFile(PDF + b"%unapproved\n", name="secret.pdf"), **common
    )
    secret.save()
    made.files.update(image=image.pk, document=document.pk, secret=secret.pk)


def _item(made, column, title, text="请提前储水。"):
    page = factories.item(made.town, WRITER, column, title)
    file = "secret" if text == UNAPPROVED else "document"
    image = {"image": made.files["image"], "alt_text": "管网示意图", "decorative": False}
    page.body = [
        {"type": "rich_text", "value": f"<p>{text}</p>"},
        {"type": "image", "value": {"image": image, "caption": "图"}},
    ]
    page.attachments = [{"type": "attachment", "value": {"title": "附件", "file": made.files[file]}}]
    page.save()
    page.save_revision(user=page.owner)
    return page


def _approve(made, page):
    case = factories.publish(made.town, factories.submit(page, made.town.who(WRITER, "author")))
    assert case.status == "published", case.status


def _change(page):
    """The public item has a newer draft, which nobody has approved."""
    draft = page.get_latest_revision_as_object()
    draft.title = f"供水管网冲洗公告：{UNAPPROVED}"
    draft.body = [("rich_text", f"<p>{UNAPPROVED}</p>")]
    draft.save_revision(user=page.owner)


def _refuse(made):
    from review import acts

    case = factories.submit(made.page("refused"), made.town.who(WRITER, "author"))
    acts.refuse(case, made.town.who(WRITER, "secrecy_reviewer"), remark="含内部资料")
