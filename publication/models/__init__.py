"""Evidence, publications and projections of the gate; keyed by plain ids, nothing points into Wagtail's tables."""

from publication.models.files import OutboxMessage, PublicationAsset, StoredFile
from publication.models.projections import (
    Change,
    ColumnCounter,
    FacetCounter,
    Listing,
    PastVersion,
    PolicyEntry,
    PolicyRelation,
    Tombstone,
)
from publication.models.publications import AllottedPath, Publication, Release, TakeDown
from publication.models.signatures import FrozenStep, RouteDefinition, SignOff
from publication.models.submissions import BatchItem, Submission, SubmissionEnd

__all__ = [
    "AllottedPath",
    "BatchItem",
    "Change",
    "ColumnCounter",
    "FacetCounter",
    "FrozenStep",
    "Listing",
    "OutboxMessage",
    "PastVersion",
    "PolicyEntry",
    "PolicyRelation",
    "Publication",
    "PublicationAsset",
    "Release",
    "RouteDefinition",
    "SignOff",
    "StoredFile",
    "Submission",
    "SubmissionEnd",
    "TakeDown",
    "Tombstone",
]
