"""A small public portal with one page of each kind, for tests of what readers see; read as the public role."""

import json
import re
from dataclasses import dataclass
from urllib.parse import urljoin

from django.core.files.base import ContentFile

from demo import papers
from home.models import HomePage, PolicyPage, PortalDocument, UnitLibrary
from publication import outbox
from publication.models import Publication
from tests import factories
from tests.factories import Town
from tests.regulation import public_side

META = re.compile(r'<meta name="(\w+)" content="([^"]*)">')


@dataclass
class World:
    town: Town
    column: object
    article_page: object
    article: Publication
    policy_page: object
    policy: Publication

    @property
    def column_path(self):
        return Publication.objects.open().get(object_id=self.column.object_id).path

    def pages(self):
        """One open publication of each kind."""
        return list(Publication.objects.open().order_by("pk").values_list("path", flat=True))

    def other_pages(self):
        return ["/units/", "/sitemap/", "/policies/"]

    def home_page(self):
        return HomePage.objects.get().get_latest_revision_as_object()


def made() -> World:
    town = factories.town()
    column = factories.column(town)
    home(town, column)
    unit = factories.unit_page(town, "water")
    unit.introduction = "<p>水务工作。</p>"
    unit.save_revision(user=town.who("water", "author"))
    published(town, unit)
    policy_page = policy(town, column)
    policy_publication = published(town, policy_page)
    article_page = article(town, column)
    article_publication = published(town, article_page)
    outbox.replay()
    return World(town, column, article_page, article_publication, policy_page, policy_publication)


def home(town, column):
    page = HomePage.objects.get()
    page.sections = [
        ("section", {"title": "公告", "column": column, "limit": 6, "style": style})
        for style in ("headline", "list", "cards", "pictures", "policies", "entrance", "topics")
    ]
    page.organiser, page.operator = "区人民政府", "区电子政务办公室"
    page.icp_number, page.police_number = "黔ICP备00000000号", "贵公网安备00000000号"
    page.footer_links = [("link", {"label": "党政机关网站标识", "url": "https://bszs.conac.cn/"})]
    page.save_revision(user=town.who("egov", "author"))
    factories.publish_structure(town, page)


def article(town, column):
    page = factories.item(town, "water", column, title="冲洗安排", keywords="供水，冲洗")
    library = UnitLibrary.objects.get(unit=town.units["water"]).collection
    document = PortalDocument(
        title="冲洗时间表",
        collection=library,
        uploaded_by_user=page.owner,
        file=ContentFile(papers.pdf("冲洗时间表"), name="a.pdf"),
    )
    document.save()
    page.attachments = [("attachment", {"title": "冲洗时间表", "file": document})]
    page.save_revision(user=page.owner)
    return page


def policy(town, column, title="供水管理办法", **fields):
    page = PolicyPage(
        title=title,
        slug=f"policy{PolicyPage.objects.count()}",
        unit=town.units["water"],
        column=column,
        owner=town.who("water", "author"),
        **(
            {
                "issuer": "区人民政府",
                "document_number": "西府办发〔2026〕1号",
                "body": factories.BODY,
                "interpretation": "not_needed",
                "no_interpretation": "本单位内部管理事项，不涉及群众生产生活。",
            }
            | fields
        ),
    )
    factories.unit_page(town, "water").add_child(instance=page)
    page.save_revision(user=page.owner)
    return page


def published(town, page, who="water") -> Publication:
    case = factories.publish(town, factories.submit(page, town.who(who, "author")))
    return Publication.objects.get(pk=case.publication_id)


def get(path) -> str:
    status, body = public_side.get(path)
    assert status == 200, (path, status)
    return body.decode()


def labels(html) -> dict:
    return dict(META.findall(html))


def structured(html) -> dict:
    return json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)[1])


def joined(path, link) -> str:
    return urljoin(path, link.replace("&amp;", "&")).partition("#")[0]
