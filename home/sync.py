"""What `sync_portal` brings in line here: the site's root, one library per unit, and nothing of Wagtail's samples."""

from django.conf import settings
from wagtail.models import Collection, Page, Site

from home.models import HomePage, UnitLibrary
from organisation.models import Unit, UnitKind
from organisation.sync import follow_units, register
from publication import rounds

ROOT_SLUG = "portal"

# The day a new name of a unit begins, its library and page follow without anybody's command (Article 17).
rounds.every(600)(follow_units)


def tree_root():
    return Page.get_first_root_node()


@register("home page", order=60)
def write_home():
    """A draft of the home page where there is none; its content comes by Article 18 like any change."""
    egov = Unit.objects.current().named().filter(kind=UnitKind.EGOV_OFFICE).first()
    if egov is None:
        return
    page = HomePage.objects.first()
    if page is None:
        page = tree_root().add_child(
            instance=HomePage(title=settings.SITE_NAME, slug=ROOT_SLUG, unit=egov, live=False)
        )
        yield f"home page {page.pk}"
    yield from point_site_at(page)
    yield from remove_sample_page(page)


def point_site_at(page):
    site = Site.objects.filter(is_default_site=True).first()
    if site is None:
        Site.objects.create(hostname=settings.SITE_DOMAIN, root_page=page, is_default_site=True)
        yield "site"
    elif site.root_page_id != page.pk:
        site.root_page_id = page.pk
        site.hostname, site.site_name = settings.SITE_DOMAIN, settings.SITE_NAME
        site.save()
        yield "site root"


def remove_sample_page(page):
    """Wagtail's migrations leave a live page "Welcome to your new Wagtail site!"."""
    samples = Page.objects.filter(depth=2, content_type__app_label="wagtailcore").exclude(pk=page.pk)
    for sample in samples:
        if not Site.objects.filter(root_page=sample).exists():
            yield f"-page {sample.title}"
            sample.delete()


@register("libraries", order=62, of_units=True)
def write_libraries():
    """A root collection for each unit: its images and files, nobody else's (Article 17)."""
    root = Collection.get_first_root_node()
    known = {library.unit_id: library for library in UnitLibrary.objects.select_related("collection")}
    for unit in Unit.objects.named():
        library = known.get(unit.pk)
        if library is None:
            collection = root.add_child(name=unit.name)
            root.refresh_from_db()
            UnitLibrary.objects.create(unit=unit, collection=collection)
            yield f"library {unit.code}"
        elif library.collection.name != unit.name:
            library.collection.name = unit.name
            library.collection.save(update_fields=["name"])
            yield f"library {unit.code} renamed"
