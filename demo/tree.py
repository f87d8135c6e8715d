"""The portal's first tree: home page, column tree, a face for every unit, registered as one baseline decision.

Drafts come first, by the e-gov office's author. Then one batch, whose bytes list the digests of all of them, takes the
route of Article 18: proposed by the e-gov office's 主管领导, approved by the gov office's 分管领导, and published at once.
"""

from django.conf import settings

from demo import pictures
from demo.batch import Batch
from demo.content import block, identity, picture_in_library
from demo.data import columns as column_data
from demo.data import organisation as organisation_data
from demo.data.faces import CONTACTS, DISTRICT_LEADERS, FOOTER, FOOTER_LINKS, LEADERS, introduction
from home.models import ColumnPage, ColumnType, HomePage
from units.models import UnitHomePage

BASELINE = "门户网站首页、栏目和单位子站基线方案"
NOTE = "建站时的首页、栏目树和单位子站页面，一次提出、一次批准，逐条登记。"


def leaders(key, rows) -> list:
    return [
        block("leader", f"{key}/{name}", name=name, duty=duty, portfolio=portfolio)
        for name, duty, portfolio in rows
    ]


class Tree:
    """Makes the drafts and takes them through; `columns` maps a path to its page, `faces` a unit's code."""

    def __init__(self, people):
        self.people = people
        self.author = people.at(organisation_data.EGOV, "author")
        self.columns: dict[str, ColumnPage] = {}
        self.faces: dict[str, UnitHomePage] = {}

    def run(self) -> None:
        self.home = self._as_demo(HomePage.objects.get(), "home")
        self._columns()
        self._home()
        self._faces()
        Batch(
            self.people,
            key="baseline",
            route="columns",
            title=BASELINE,
            note=NOTE,
            remark="同意作为建站基线",
        ).publish([self.home, *self.columns.values(), *self.faces.values()])

    def _as_demo(self, page, key):
        page.object_id = identity(key)
        page.owner = self.author
        return page

    def _draft(self, page) -> None:
        page.save()
        page.save_revision(user=self.author)

    def _columns(self) -> None:
        counts: dict[str, int] = {}
        for path, row in column_data.walk():
            above = path.rpartition("/")[0]
            counts[above] = counts.get(above, 0) + 1
            parent = self.columns.get(above, self.home)
            self.columns[path] = self._column(path, row, parent, counts[above] * 10)

    def _column(self, path, row, parent, order) -> ColumnPage:
        page = ColumnPage(
            title=row.title,
            slug=row.slug,
            unit=self.people.unit(organisation_data.EGOV),
            responsible_unit=self.people.unit(row.unit),
            contributor_kinds=list(row.kinds),
            column_type=row.type,
            description=row.description,
            keywords=row.title,
            order=order,
            layout=row.layout,
            update_days=column_data.UPDATE_DAYS.get(row.slug),
            live=False,
        )
        if row.picture:
            kind, _, page.banner_alt = row.picture.partition(" ")
            egov = self.people.unit(organisation_data.EGOV)
            page.banner = picture_in_library(
                egov, self.author, page.banner_alt, pictures.draw(kind, path), f"{row.slug}.jpg"
            )
        if row.type == ColumnType.LEADERS:
            page.leaders = leaders(path, DISTRICT_LEADERS)
        self._as_demo(page, f"column/{path}")
        page.contributor_units = [self.people.unit(code) for code in row.units]
        parent.add_child(instance=page)
        page.save_revision(user=self.author)
        return page

    def _home(self) -> None:
        egov = self.people.unit(organisation_data.EGOV)
        self.home.banner = picture_in_library(
            egov, self.author, "门户横幅", pictures.draw("river", "home"), "banner.jpg"
        )
        self.home.banner_alt = "远山、河湾与晨光的示意图"
        self.home.motto = "屯堡西秀　公开为民"
        self.home.sections = [
            block(
                "section", f"home/{path}", title=title, column=self.columns[path].pk, limit=limit, style=style
            )
            for title, path, limit, style in column_data.SECTIONS
        ]
        self.home.footer_links = [
            block("link", f"home/link/{label}", label=label, url=url.format(portal=settings.PUBLIC_BASE_URL))
            for label, url in FOOTER_LINKS
        ]
        for name, value in FOOTER.items():
            setattr(self.home, name, value)
        self._draft(self.home)

    def _faces(self) -> None:
        for face in UnitHomePage.objects.select_related("unit").order_by("unit__order"):
            row = next(unit for unit in organisation_data.UNITS if unit.code == face.unit.code)
            self._as_demo(face, f"face/{row.code}")
            face.introduction = introduction(row)
            face.contacts = [
                block("contact", f"{row.code}/{label}", label=label, value=value) for label, value in CONTACTS
            ]
            face.leaders = leaders(row.code, LEADERS.get(row.kind, LEADERS[""]))
            self._draft(face)
            self.faces[row.code] = face
