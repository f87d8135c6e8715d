"""The gate: from the last signature to the public, and back. PostgreSQL judges; this is the order of the writes.

Each verb is one transaction: publication, register line, lists and outbox rows together or not at all. All begin by
taking the register's lock, so that two of them never wait for each other in a circle.
"""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone

from ledger import register
from publication import batches, evidence, outbox, standing
from publication.documents import BATCH, assets
from publication.models import Publication, Release, TakeDown
from publication.refused import as_refusal
from publication.signals import closed, published

RATIFY_WITHIN = timedelta(hours=24)
IMPORT = "import"


@transaction.atomic
def complete(submission) -> Publication | Release | list[Publication]:
    """The last signature is given: publish, or wait for the minute or for the rest of the bundle.

    A batch publishes all that it lists and has been handed in (存量). PostgreSQL refuses what is not fully signed.
    """
    register.lock()
    if submission.batch_id is None and submission.said["kind"] == BATCH:
        return batches.publish(submission, publish)
    if submission.publish_at is None and submission.bundle_id is None:
        return publish([submission])[0]
    with as_refusal():
        release, _new = Release.objects.get_or_create(
            submission=submission,
            defaults={"due_at": submission.publish_at, "bundle_id": submission.bundle_id},
        )
    if standing.is_due(submission):
        publish(standing.goes_with(submission))
        return Publication.objects.open().get(submission=submission)
    return release


def publish(submissions, *, kind="", restores=None) -> list[Publication]:
    """Put these in place of their predecessors; the register has a line for each.

    In the transaction of its caller, who holds the register's lock: all or none.
    """
    many = batches.put(submissions) if _is_batch(submissions) and restores is None else {}
    publications = [many.get(s.pk) or _put(s, restores) for s in submissions]
    if waited := [s.pk for s in submissions if s.publish_at or s.bundle_id]:
        Release.objects.filter(submission_id__in=waited, done_at__isnull=True).update(done_at=Now())
    pairs = list(zip(submissions, publications, strict=True))
    lines = zip(pairs, evidence.facts_of_many(pairs), strict=True)
    register.append_many(
        (
            kind or _kind(publication),
            facts,
            publication.submission_id,
            publication.pk,
            publication.object_id,
        )
        for (_submission, publication), facts in lines
    )
    for submission, publication in pairs:
        if any(assets(submission.said)):
            outbox.put("release_files", publication=publication.pk)
        published.send(sender=Publication, publication=publication, submission=submission)
    if older := [publication.pk for publication in publications if publication.legacy]:
        outbox.put("enter_search", publications=older)
    outbox.replay_after_commit()
    return publications


def _is_batch(submissions) -> bool:
    """Items of 存量 (Article 25), which come by the hundred."""
    return all(submission.batch_id and submission.route == IMPORT for submission in submissions)


def _put(submission, restores):
    earlier = Publication.objects.open().light().filter(object_id=submission.object_id).first()
    with as_refusal():
        if earlier is not None:
            _end(earlier, "superseded")
        publication = Publication.objects.create(
            submission=submission,
            object_id=submission.object_id,
            site=submission.site,
            path=submission.path,
            unit_id=submission.unit_id,
            document=bytes(submission.document),
            restores=restores,
        )
    # The rest came back with the INSERT; these the database set by itself.
    publication.refresh_from_db(fields=["supersedes", "legacy", "expire_at"])
    return publication


def _kind(publication):
    """What the register calls it: by what PostgreSQL wrote down about the publication."""
    if publication.legacy or publication.submission.batch_id:
        return "baseline"
    if publication.restores_id:
        return "restored"
    return "corrected" if publication.supersedes_id else "published"


# --- closing ---


@transaction.atomic
def close(publication, reason, *, note="", by=None, remark="") -> Publication:
    """Take it off the net for a reason of the fixed list; the register says so, its files leave the public store."""
    register.lock()
    with as_refusal():
        _end(publication, reason, note)
    publication.refresh_from_db()
    submission = publication.submission
    facts = evidence.facts(submission, publication) | _closing(publication, by, remark)
    register.append(
        reason,
        facts=facts,
        submission_id=submission.pk,
        publication_id=publication.pk,
        object_id=publication.object_id,
    )
    closed.send(sender=Publication, publication=publication)
    outbox.replay_after_commit()
    return publication


def _end(publication, reason, note=""):
    """The database sets the time, clears lists and files; the public store follows by outbox."""
    named = [list(row) for row in publication.assets.values_list("sha256", "name")]
    rows = Publication.objects.open().filter(pk=publication.pk)
    rows.update(ended_at=Now(), end_reason=reason, end_note=note)
    if named:
        outbox.put("remove_files", files=named)


def _closing(publication, by, remark):
    ended_at = timezone.localtime(publication.ended_at).isoformat()
    person = getattr(by, "pk", by)
    return {
        "ended_at": ended_at,
        "end_reason": publication.end_reason,
        "end_note": publication.end_note,
        "ended_by": {"id": person, "name": getattr(by, "name", "")} if person else None,
        "end_remark": remark,
    }


# --- taking down, first the act, then the words ---


@transaction.atomic
def take_down(publication, by, reason_code, remark="") -> TakeDown:
    """立即下线, by the unit's reviewer or leaders, the e-gov office's staff, or a signatory who disowns his name."""
    register.lock()
    held = standing.may_take_down(publication, by)
    now = timezone.now()
    with as_refusal():
        row = TakeDown.objects.create(
            publication=publication,
            by=by.pk,
            unit_id=held.unit_id,
            post=held.post,
            delegation_id=held.delegation_id,
            reason_code=reason_code,
            remark=remark,
            ratify_due=now + RATIFY_WITHIN,
        )
    close(publication, "taken_down", note=reason_code, by=by, remark=remark)
    return row


def ratify(take_down, by, remark="") -> TakeDown:
    """追认: the route's approver agrees; the item stays off until a correction passes review."""
    with transaction.atomic():
        register.lock()
        _decide(take_down, by, "ratified", remark)
        _note_decision("ratified", take_down, by, remark)
    return take_down


def restore(take_down, by, remark="") -> Publication:
    """恢复发布: the same signed bytes again, at their address and place in the lists."""
    with transaction.atomic():
        register.lock()
        _decide(take_down, by, "restored", remark)
        return publish([take_down.publication.submission], kind="restored", restores=take_down)[0]


def _decide(take_down, by, decision, remark):
    held = standing.may_decide(take_down, by)
    with as_refusal():
        TakeDown.objects.filter(pk=take_down.pk).update(
            decided_by=by.pk,
            decided_unit_id=held.unit_id,
            decided_post=held.post,
            decided_delegation_id=held.delegation_id,
            decided_at=Now(),
            decision=decision,
            decision_remark=remark,
        )
    take_down.refresh_from_db()


def _note_decision(kind, take_down, by, remark):
    publication = take_down.publication
    facts = evidence.facts(publication.submission, publication) | _closing(publication, by, remark)
    register.append(
        kind,
        facts=facts,
        submission_id=publication.submission_id,
        publication_id=publication.pk,
        object_id=publication.object_id,
    )


# --- the worker's part: minutes that have come ---


def release_due(now=None) -> int:
    """Publish what waited for its minute or its bundle; a refused one does not hold up the others."""
    done = 0
    for key in standing.due_releases(now):
        done += standing.quietly(f"release {key}", lambda key=key: _release(key))
    return done


@transaction.atomic
def _release(key):
    register.lock()
    release = Release.objects.filter(pk=key, done_at__isnull=True).select_related("submission").first()
    if release is None or not standing.is_due(release.submission):
        return 0
    return len(publish(standing.goes_with(release.submission)))


def expire_due(now=None) -> int:
    """Close what was approved only until now."""
    now = now or timezone.now()
    due = Publication.objects.open().light().filter(Q(expire_at__lte=now)).order_by("expire_at")
    return sum(
        standing.quietly(f"expiry {row.pk}", lambda row=row: close(row, "expired") and 1) for row in due
    )
