"""What `sync_portal` brings in line here: a page for each unit, and who may do what where (Articles 5, 17).

One table of wanted rights; what is not in it is taken away, whoever gave it. Nobody has
Wagtail's publish right anywhere (Article 14).
"""

from django.contrib.auth.models import Group, Permission
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission

from home.models import HomePage, UnitLibrary
from home.sync import tree_root
from organisation.groups import EGOV_OFFICE, GOV_OFFICE
from organisation.models import Unit
from organisation.sync import register
from units.models import UnitHomePage, UnitIndexPage

INDEX_TITLE = "单位子站"
INDEX_SLUG = "units"

WRITE_PAGES = ("add_page", "change_page")
# Wagtail's explorer shows a page to whoever has any right on it. The right to lock is the one that
# nobody can use (review/permissions.py): the gov office sees all and edits nothing (Article 5).
LOOK_AT_PAGES = ("lock_page",)
# Codenames of Wagtail's own models: its policies ask for these whatever model is installed in their place.
USE_LIBRARY = (
    "add_image",
    "change_image",
    "choose_image",
    "add_document",
    "change_document",
    "choose_document",
)
# To see a unit's pictures and files is to see its drafts whole; to choose changes none of them.
LOOK_AT_LIBRARY = ("choose_image", "choose_document")
ENTER = "access_admin"


@register("unit pages", order=64, of_units=True)
def write_unit_pages():
    """A draft of each unit's face; the unit fills and submits it like any item."""
    index = UnitIndexPage.objects.first()
    if index is None:
        index = tree_root().add_child(instance=UnitIndexPage(title=INDEX_TITLE, slug=INDEX_SLUG, live=False))
        yield "unit pages"
    have = set(UnitHomePage.objects.values_list("unit_id", flat=True))
    for unit in Unit.objects.current().named().exclude(pk__in=have):
        index.add_child(instance=UnitHomePage(title=unit.name, slug=unit.code, unit=unit, live=False))
        yield f"page {unit.code}"


@register("rights", order=66, of_units=True)
def write_rights():
    groups = {group.name: group.pk for group in Group.objects.all()}
    yield from entrance(groups)
    yield from bring_in_line(GroupPagePermission, "page_id", wanted_pages(groups))
    yield from bring_in_line(GroupCollectionPermission, "collection_id", wanted_libraries(groups))


def permission_ids(*codenames):
    return dict(Permission.objects.filter(codename__in=codenames).values_list("codename", "pk"))


def entrance(groups):
    """Whoever holds a post anywhere may enter the admin."""
    permission = Permission.objects.get(codename=ENTER, content_type__app_label="wagtailadmin")
    ours = {
        pk for name, pk in groups.items() if name.startswith("unit:") or name in (EGOV_OFFICE, GOV_OFFICE)
    }
    missing = ours - set(permission.group_set.values_list("pk", flat=True))
    if missing:
        permission.group_set.add(*missing)
        yield f"entrance for {len(missing)} groups"


def wanted_pages(groups):
    """(group, page, permission) for every right that shall exist on pages."""
    codes = permission_ids(*WRITE_PAGES, *LOOK_AT_PAGES)
    rows = [
        (f"unit:{code}", page_id, WRITE_PAGES)
        for page_id, code in UnitHomePage.objects.values_list("pk", "unit__code")
    ]
    rows += [(EGOV_OFFICE, page_id, WRITE_PAGES) for page_id in HomePage.objects.values_list("pk", flat=True)]
    rows.append((GOV_OFFICE, tree_root().pk, LOOK_AT_PAGES))
    return {
        (groups[name], page, codes[code]) for name, page, rights in rows if name in groups for code in rights
    }


def wanted_libraries(groups):
    codes = permission_ids(*USE_LIBRARY)
    rows = [
        (f"unit:{code}", collection, USE_LIBRARY)
        for collection, code in UnitLibrary.objects.values_list("collection_id", "unit__code")
    ]
    rows.append((GOV_OFFICE, Collection.get_first_root_node().pk, LOOK_AT_LIBRARY))
    return {
        (groups[name], collection, codes[right])
        for name, collection, rights in rows
        if name in groups
        for right in rights
    }


def bring_in_line(model, target, wanted):
    """Rows of the table that are missing come, all others go."""
    have = {row[1:]: row[0] for row in model.objects.values_list("pk", "group_id", target, "permission_id")}
    missing, surplus = wanted - have.keys(), have.keys() - wanted
    model.objects.filter(pk__in=[have[key] for key in surplus]).delete()
    model.objects.bulk_create(
        model(**{"group_id": group, target: thing, "permission_id": permission})
        for group, thing, permission in sorted(missing)
    )
    if missing or surplus:
        yield f"{model._meta.verbose_name}: +{len(missing)} -{len(surplus)}"
