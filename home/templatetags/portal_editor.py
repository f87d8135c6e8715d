"""What the editor's own screens ask for."""

from django import template
from wagtail.permissions import policy_registry

from home.models import ColumnTemplate

register = template.Library()


@register.simple_tag
def column_templates(user, parent_page):
    """The templates of the unit below whose page an item is about to be made."""
    found = ColumnTemplate.objects.filter(unit=getattr(parent_page, "unit_id", None)).select_related("column")
    rows = list(found)
    policy = policy_registry.get_by_type(type(parent_page))
    return [row for row in rows if policy.sees(user, row.page_id)]
