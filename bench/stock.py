"""What Wagtail itself needs for the same page: found from the root by its slugs, drawn from the live tree.

Menu, crumbs, neighbours and text are read as Wagtail's own documentation has them in a template. Runs in the admin
process, the only one that knows pages; prints one line of JSON, {kind: milliseconds of the processor}.
"""

import json
import statistics

from bench.clock import Clock

REPEATS = 15
TEMPLATE = """{% load wagtailcore_tags %}<!doctype html><html lang="zh-Hans"><head><title>{{ page.title }}</title></head>
<body><nav>
{% for item in page.get_ancestors.1.get_children.live %}<a href="{% pageurl item %}">{{ item.title }}</a>
{% for below in item.get_children.live %}<a href="{% pageurl below %}">{{ below.title }}</a>{% endfor %}{% endfor %}
</nav><ol>{% for above in page.get_ancestors %}<li><a href="{% pageurl above %}">{{ above.title }}</a></li>{% endfor %}</ol>
<main><h1>{{ page.title }}</h1><p>{{ page.last_published_at }} {{ page.source_name }} {{ page.editor }}</p>
{% include_block page.body %}{% for block in page.attachments %}{% include_block block %}{% endfor %}
{% with before=page.get_prev_siblings.live.first after=page.get_next_siblings.live.first %}
{% if before %}<a href="{% pageurl before %}">{{ before.title }}</a>{% endif %}
{% if after %}<a href="{% pageurl after %}">{{ after.title }}</a>{% endif %}{% endwith %}</main></body></html>"""


def main() -> None:
    import django

    django.setup()
    from django.db import connection
    from django.template import engines

    template = engines["django"].from_string(TEMPLATE)
    found = {}
    for kind, page in examples().items():
        serve(template, page.url_path)
        spent = []
        for _ in range(REPEATS):
            with (clock := Clock(connection)):
                serve(template, page.url_path)
            spent.append(clock.processor)
        # The database's part is counted in hundredths of a second: only the sum over all turns means anything.
        found[kind] = round(statistics.fmean(spent) * 1000, 2)
    print(json.dumps(found))


def examples() -> dict:
    """The pages behind the latest publications, as bench.pages takes them."""
    from wagtail.models import Page

    from publication.models import Publication

    latest = {
        kind: Publication.objects.open().filter(kind=kind).order_by("-id").first()
        for kind in ("information", "policy")
    }
    return {kind: Page.objects.get(pk=row.submission.page_id) for kind, row in latest.items()}


def serve(template, url_path: str) -> str:
    from django.test import RequestFactory
    from wagtail.models import Page

    request = RequestFactory().get(url_path, HTTP_HOST="localhost")
    page = Page.get_first_root_node()
    for slug in url_path.strip("/").split("/"):
        page = page.get_children().get(slug=slug).specific
    return template.render(Page.get_context(page, request), request)


if __name__ == "__main__":
    main()
