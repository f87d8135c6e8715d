"""The 25 articles as one table: what each says, how far software carries it, and what carries it.

The words come verbatim from `regulation.source`. `docs/regulation.md` is generated from this table
(`manage.py regulation_table`), and tests hold it against the code: every dotted path must exist, and an
article may only be called done when a test marked with its number runs.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from regulation import source
from regulation.numerals import article_label


class Level(StrEnum):
    """How much of an article is the software's business."""

    ENFORCED = "enforced"  # the software refuses
    ASSISTED = "assisted"  # it computes, reminds, records
    OUTSIDE = "outside"  # people's business, only explained on screen


@dataclass(frozen=True)
class Article:
    """One article, or one numbered paragraph of Article 14."""

    number: str
    title: str
    level: Level
    requirement: str
    enforced_by: tuple[str, ...] = ()
    done: bool = False
    note: str = ""

    @property
    def text(self) -> str:
        """The regulation's own words."""
        return source.articles()[self.number]

    @property
    def label(self) -> str:
        return article_label(self.number)


ENFORCED, ASSISTED, OUTSIDE = Level.ENFORCED, Level.ASSISTED, Level.OUTSIDE
NOT_YET = "not yet done"

# fmt: off
_TABLE = (
    Article(
        "1", "宗旨", ENFORCED,
        "Collect, review, publish and update form one traceable chain per item.",
        ("review.views.chain", "ledger.models.RegisterEntry", "publication.evidence.facts"),
        done=True,
    ),
    Article(
        "2", "总平台", ENFORCED,
        "One platform for all units; unit subsites live inside it under the portal's header and footer.",
        ("units.models.UnitHomePage",),
        done=True,
    ),
    Article(
        "3", "信息范围", ENFORCED,
        "Text, pictures, data, audio, video, links and files are all part of what is signed.",
        ("publication.models.Submission", "publication.models.PublicationAsset", "publication.files.store"),
        done=True,
    ),
    Article(
        "4", "各单位网站", ENFORCED,
        "A unit's own site obeys the same routes: the route follows from content, never from the tree.",
        ("review.routes.route_for",),
        done=True,
    ),
    Article(
        "5", "职责分工", ENFORCED,
        "区政府办公室 sees everything and edits no unit's text; 区电子政务办公室 operates; neither is a superuser.",
        ("organisation.authority.is_gov_office", "organisation.authority.is_egov_office"),
        done=True,
    ),
    Article(
        "6", "四项危害", ENFORCED,
        "The four harms are asked and answered before anything can be submitted.",
        ("regulation.questions.HARMS", "regulation.questions.judge_harms", "review.acts.submit"),
        done=True,
    ),
    Article(
        "7", "转载依据", ENFORCED,
        "Reprints come from a dated list of allowed sources.",
        ("checks.models.ReprintSource", "checks.sources.problems", "checks.sources.decide_exception"),
        done=True,
    ),
    Article(
        "8", "信息来源", ENFORCED,
        "Provenance is stored and shown beside the text to the reviewer.",
        ("checks.models.Evidence", "checks.sources.problems", "review.checking.provenance"),
        done=True,
    ),
    Article(
        "9", "部门负责制", ENFORCED,
        "Every column and every item has one responsible unit.",
        ("home.models.ColumnPage", "review.models.ReviewedPage"),
        done=True,
    ),
    Article(
        "10", "栏目内容保障方案", ASSISTED,
        "Column × unit × frequency × contact as data; the warning comes before the breach.",
        ("desk.plan.plan", "desk.duties.duties", "home.models.ColumnPage"),
        done=True,
    ),
    Article(
        "11", "专人负责", ENFORCED,
        "A named dedicated person per unit; change filing, receipt and hand-over.",
        (
            "personnel.models.ChangeFiling", "personnel.filing.receive", "personnel.handing_over.hand_over",
            "organisation.authentication.AppointedBackend", "organisation.matrix.matrix",
        ),
        done=True,
    ),
    Article(
        "12", "在线上传与代为发布", ENFORCED,
        "Online by assigned rights, or published by the e-gov office on paper evidence.",
        (
            "intake.models.Intake", "intake.services.take_in", "intake.importing.bring",
            "review.models.PaperOpinion", "review.acts.paper.verify",
        ),
        done=True,
    ),
    Article(
        "13", "保密审查", ENFORCED,
        "A form row per item; unit leader signs, unit seals, the e-gov office checks the form against that"
        " very revision; 涉密 found means quarantine.",
        (
            "secrecy.models.SecrecyRow", "secrecy.models.SecrecySheet", "secrecy.models.SealEvidence",
            "secrecy.models.Quarantine",
        ),
        done=True,
    ),
    Article(
        "14", "未经审核不得上网", ENFORCED,
        "No public byte without approval of exactly that content.",
        ("publication.models.Publication", "publication.gate.complete", "publication.signing.sign"),
        done=True,
    ),
    Article(
        "14(1)", "以区政府名义", ENFORCED,
        "区政府办公室 reviews and its 分管领导 approves whatever goes out in the district government's name.",
        ("review.routes.ROUTES", "review.routes.route_for"),
        done=True,
    ),
    Article(
        "14(1)2", "公开文件3日内发布", ENFORCED,
        "Issued public documents have a ledger row before any page, with deadline and delay.",
        (), False, NOT_YET,
    ),
    Article(
        "14(1)3", "政策解读同步", ENFORCED,
        "Policy and interpretation go live in one transaction, linked both ways; else a signed reason.",
        ("home.interpretation.open_in_policy", "review.models.ReviewedPage", "publication.standing.goes_with"),
        done=True,
    ),
    Article(
        "14(2)", "区直部门信息", ENFORCED,
        "The department's office reviews, its 分管领导 approves; no other department sees or acts.",
        ("review.routes.ROUTES", "review.rules.may_sign"),
        done=True,
    ),
    Article(
        "14(3)", "乡（镇）、办事处、新型社区信息", ENFORCED,
        "The unit's own office reviews, its own 分管领导 approves.",
        ("review.routes.ROUTES", "review.rules.may_sign"),
        done=True,
    ),
    Article(
        "14(4)", "转载信息", ENFORCED,
        "网站管理人员 reviews, 门户网站分管领导 approves.",
        ("review.routes.ROUTES", "review.rules.may_sign"),
        done=True,
    ),
    Article(
        "14(5)", "互动类栏目信息", ENFORCED,
        "信息采编人员 makes the first review, 网站分管领导 approves.",
        ("review.routes.ROUTES", "review.rules.may_sign", "mailbox.selecting.select"),
        done=True,
    ),
    Article(
        "14(6)", "重大突发事件和敏感信息", ENFORCED,
        "区电子政务办公室主管领导 reviews, 区政府办公室主要领导 approves; access is limited.",
        ("review.routes.ROUTES", "review.acts.escalate"),
        done=True,
    ),
    Article(
        "15", "审核内容", ENFORCED,
        "Nine questions in the regulation's words, answered once per revision by the 审核 step.",
        ("regulation.questions.QUESTIONS", "regulation.questions.judge"),
        done=True,
    ),
    Article(
        "16", "日常检查", ASSISTED,
        "Patrol log, typed findings, rectification to closure, performance export.", (), False, NOT_YET,
    ),
    Article(
        "17", "栏目和子站维护", ENFORCED,
        "The responsibility matrix is the permission for columns and subsites.",
        ("organisation.groups.refresh_groups",),
        done=True,
    ),
    Article(
        "18", "栏目调整", ENFORCED,
        "The e-gov office proposes, the gov office approves, then it is applied; else the tree is locked.",
        (
            "home.permission_testers.StructurePermissionTester", "home.moving.follow", "review.forms.ProposalForm",
            "review.routes.route_for",
        ),
        done=True,
    ),
    Article(
        "19", "登记备案", ENFORCED,
        "Append-only review register; volumes, lending and destruction under archive rules.",
        ("ledger.register.append", "ledger.models.RegisterEntry", "ledger.register.offenders"),
        done=True, note="the register; volumes, lending and destruction are not yet done",
    ),
    Article(
        "20", "密码与账户", ENFORCED,
        "One person one account, strong passwords, lockout, recorded resets by the e-gov desk.",
        (), False, NOT_YET,
    ),
    Article(
        "21", "网上监控", ASSISTED,
        "Live content is re-scanned, served bytes are compared with approved digests, take-down in one"
        " click.", (), False, "not yet done (take-down and `manage.py verify --crawl` exist; scanning does not)",
    ),
    Article(
        "22", "通报批评", ASSISTED,
        "Findings gather into a draft notice, with reply and acknowledgement.", (), False, NOT_YET,
    ),
    Article(
        "23", "责任追究", ASSISTED,
        "Accountability dossier of one item, sealed and verifiable offline.", (), False, NOT_YET,
    ),
    Article(
        "24", "解释权", ENFORCED,
        "Only the gov office changes rules; changes are versioned and old items keep their rule.",
        (), False, NOT_YET,
    ),
    Article(
        "25", "施行日期", ENFORCED,
        "In force from 2017-10-25; imported older items are marked 存量 and show no approver of their own.",
        ("publication.models.Publication",),
        done=True,
    ),
)
# fmt: on

ARTICLES: dict[str, Article] = {article.number: article for article in _TABLE}


def whole_articles() -> Iterator[Article]:
    """The 25 articles, without the paragraphs of Article 14."""
    return (article for article in _TABLE if article.number.isdigit())
