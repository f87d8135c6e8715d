from django import template
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from regulation.numerals import article_label
from review import routes, statuses

register = template.Library()

MINUTE, HOUR, DAY = 60, 3600, 86400


@register.filter
def article(number):
    """13 → 第十三条."""
    return article_label(str(number)) if number else ""


@register.filter
def status_label(code):
    return statuses.label(code)


@register.filter
def status_tone(code):
    return statuses.tone(code)


@register.filter
def age(moment):
    """停留时长: how long it has been waiting, in the largest unit that says something."""
    if moment is None:
        return ""
    seconds = max(0, (timezone.now() - moment).total_seconds())
    if seconds < HOUR:
        minutes = int(seconds // MINUTE)
        return ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}
    if seconds < 2 * DAY:
        hours = int(seconds // HOUR)
        return ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours}
    days = int(seconds // DAY)
    return ngettext("%(n)d day", "%(n)d days", days) % {"n": days}


@register.filter
def filesize_plain(size):
    """Sizes as people in an office read them."""
    size = int(size or 0)
    if size < 1024 * 1024:
        return _("%(n)d KB") % {"n": max(1, size // 1024)}
    return _("%(n).1f MB") % {"n": size / 1024 / 1024}


@register.inclusion_tag("review/where_it_stands.html", takes_context=True)
def where_it_stands(context, page):
    """The author's panel on top of the editor: where the item stands, whom it waits for, since when."""
    from review.standing import standing_of
    from review.views.reviewing import case_panels

    standing = standing_of(page, context["request"].user)
    return {
        "standing": standing,
        "case_panels": case_panels(standing.case, context["request"]) if standing else [],
        "page": page,
        "request": context["request"],
    }


@register.filter
def opinion_label(code):
    return routes.OPINIONS.get(code, code)
