"""One decision for many items, as Article 18 allows it: proposed by the e-gov office, approved by the gov office.

The batch's bytes list the digests of its items; whoever signs the batch signs all of them, and the last signature
publishes all of them at once.
"""

import uuid

from demo.content import identity
from demo.data import organisation
from organisation.authority import find_authority
from publication import gate, signing, submissions
from publication.documents import batch_document, canonical, digest
from publication.models import FrozenStep, Submission


class Batch:
    def __init__(self, people, *, key, route, title, note, remark):
        self.people = people
        self.key, self.route, self.title, self.note, self.remark = key, route, title, note, remark
        self.author = people.at(organisation.EGOV, "author")

    def publish(self, pages) -> None:
        documents = [page.build_document() for page in pages]
        batch = self._submit_batch([digest(canonical(document)) for document in documents])
        for page, document in zip(pages, documents, strict=True):
            self._submit(page, document, batch)
        self._sign(batch)
        gate.complete(batch)
        for page in pages:
            page.refresh_from_db()  # the gate brought Wagtail's rows in step; the objects here have not noticed

    def _submit_batch(self, digests) -> Submission:
        object_id = uuid.uuid5(identity(self.key), "batch")
        document = batch_document(object_id=object_id, title=self.title, digests=digests, note=self.note)
        return submissions.submit(
            **self._common(object_id, document, self.people.unit(organisation.EGOV).pk),
            page_id=0,
            page_type="publication.Batch",
            revision_id=None,
            path="",
        )

    def _submit(self, page, document, batch) -> Submission:
        return submissions.submit(
            **self._common(page.object_id, document, page.unit_id),
            page_id=page.pk,
            page_type=page._meta.label,
            revision_id=page.latest_revision_id,
            path=document["path"],
            batch=batch,
        )

    def _common(self, object_id, document, unit_id) -> dict:
        return {
            "object_id": object_id,
            "site": "portal",
            "unit_id": unit_id,
            "author": self.author,
            "route": self.route,
            "variant": "",
            "document": document,
        }

    def _sign(self, batch) -> None:
        for step in FrozenStep.objects.filter(submission=batch).order_by("position"):
            person = self.people.holder(step.unit_id, step.posts)
            authority = find_authority(person, step.unit_id, step.posts)
            signing.sign(batch, [step.position], person, [authority], remark=self.remark)
