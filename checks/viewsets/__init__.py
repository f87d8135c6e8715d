"""Screens of the e-gov office: word lists, sources, exceptions, overrides, versions (list, filter, sort, export)."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.model import ModelViewSetGroup

from checks.viewsets.records import OverrideViewSet
from checks.viewsets.sources import ExceptionViewSet, SourceViewSet
from checks.viewsets.words import VersionViewSet, WordViewSet


class ChecksGroup(ModelViewSetGroup):
    menu_label = _("Content checks")
    menu_icon = "check"
    menu_order = 860
    items = (WordViewSet, VersionViewSet, SourceViewSet, ExceptionViewSet, OverrideViewSet)
