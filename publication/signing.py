"""Giving an opinion. The rules are in PostgreSQL; this writes the rows of one act."""

import uuid

from publication.models import FrozenStep, SignOff
from publication.refused import SENTENCES, as_refusal
from publication.submissions import attempt_of
from regulation.refusals import Refusal


def sign(
    submission,
    positions,
    person,
    authority,
    decision="agree",
    remark="",
    detail=None,
    medium="online",
    steps=None,
) -> list[SignOff]:
    """One act of one person: an opinion on each position, in order, under the authority at the same place.

    Several positions are one act only where MERGES allows (leader's approval with 主管领导意见 …); PostgreSQL judges.
    """
    steps = {step.position: step for step in steps or FrozenStep.objects.filter(submission=submission)}
    if not steps.keys() >= set(positions):
        article, sentence = SENTENCES["step"]
        raise Refusal(sentence, article=article, code="step")
    act = uuid.uuid4()
    with as_refusal():
        return [
            SignOff.objects.create(
                submission=submission,
                position=position,
                attempt=attempt_of(submission, position),
                decision=decision,
                opinion=steps[position].opinion,
                digest=submission.digest,
                person_id=getattr(person, "pk", person),
                unit_id=held.unit_id,
                post=held.post,
                delegation_id=held.delegation_id,
                act=act,
                medium=medium,
                remark=remark,
                detail=detail or {},
            )
            for position, held in zip(positions, authority, strict=True)
        ]
