"""Who is told what, read back for tests of notices and of their mail."""

from notices.models import Notice

TITLE = "城区供水管网冲洗安排"
SECRET = "某地突发情况说明"


def told(made):
    """{(unit, post): kinds not read}"""
    whose = {person.pk: key for key, person in made.people.items()}
    found = {}
    for notice in Notice.objects.unread().order_by("pk"):
        found.setdefault(whose[notice.person_id], []).append(notice.kind)
    return found


def post_of(message):
    return message.to[0].split("@")[0]
