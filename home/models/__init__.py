from home.models.articles import ArticlePage, InformationPage, PolicyPage, Validity
from home.models.columns import ColumnPage, ColumnType
from home.models.documents import PortalDocument
from home.models.images import PortalImage, Rendition
from home.models.libraries import UnitLibrary
from home.models.portal import HomePage
from home.models.templates import ColumnTemplate

__all__ = [
    "ArticlePage",
    "ColumnPage",
    "ColumnTemplate",
    "ColumnType",
    "HomePage",
    "InformationPage",
    "PolicyPage",
    "PortalDocument",
    "PortalImage",
    "Rendition",
    "UnitLibrary",
    "Validity",
]
