"""The posts of the regulation as one table (portal.md, Demo organisation; Articles 11, 13, 14, 19, 20).

``Post`` rows follow this table: the database owner writes them after each migration and in ``sync_portal``;
the application role can only read them, so nobody makes a signing post a plain one.
"""

from dataclasses import dataclass

from organisation.sync import register

EGOV = ("egov_office",)


@dataclass(frozen=True)
class PostRow:
    code: str
    name: str
    signing: bool = True
    leader: bool = False
    kinds: tuple[str, ...] = ()


POSTS = (
    PostRow("author", "信息员", signing=False),
    PostRow("reviewer", "审核人"),
    PostRow("secrecy_reviewer", "保密审查员"),
    PostRow("branch_leader", "分管领导", leader=True),
    PostRow("supervising_leader", "主管领导", leader=True),
    PostRow("principal_leader", "主要领导", leader=True),
    PostRow("dedicated", "专管人员"),
    PostRow("archivist", "档案保管人", signing=False),
    PostRow("secrecy_body", "保密工作机构"),
    PostRow("web_manager", "网站管理人员", kinds=EGOV),
    PostRow("web_editor", "采编人员", kinds=EGOV),
    PostRow("registrar", "造册登记专人", signing=False, kinds=EGOV),
    PostRow("archives_officer", "档案专人", signing=False, kinds=EGOV),
    PostRow("security_officer", "安全管理员", signing=False, kinds=EGOV),
    PostRow("portal_leader", "门户网站分管领导", leader=True, kinds=EGOV),
)
CODES = tuple(row.code for row in POSTS)
SIGNING = tuple(row.code for row in POSTS if row.signing)
LEADERS = tuple(row.code for row in POSTS if row.leader)


@register("posts", order=10)
def write_posts():
    """Brings the rows in line with the table; yields what changed."""
    from organisation.models import Post

    existing = Post.objects.in_bulk()
    for order, row in enumerate(POSTS, start=1):
        values = {
            "name": row.name,
            "signing": row.signing,
            "leader": row.leader,
            "kinds": list(row.kinds),
            "order": order,
        }
        post = existing.get(row.code)
        if post and all(getattr(post, field) == value for field, value in values.items()):
            continue
        Post.objects.update_or_create(code=row.code, defaults=values)
        yield f"post {row.code} {row.name}"


def sync_posts(sender, apps=None, **kwargs):
    """After ``migrate`` (which runs as the owner) the posts are there; skipped on the way back to zero."""
    from django.db import connections

    using = kwargs.get("using", "default")
    if "organisation_post" not in connections[using].introspection.table_names():
        return
    list(write_posts())
