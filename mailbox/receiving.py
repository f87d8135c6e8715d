"""The public side of a letter, through the two functions that the public role may call (migration 0002)."""

import uuid

from letters import receiving
from mailbox import clock, wording


def hand_in(key: uuid.UUID, facts: dict, sender: str) -> str | None:
    """The number under which it was received; nothing when this place has sent enough for today."""
    facts = facts | {"may_publish": facts["consent"] == "yes"}
    return receiving.hand_in(key, facts, sender, door="mailbox_hand_in")


def state(number: str, code: str) -> dict | None:
    """What the writer may know of his letter; nothing where number and code do not belong together."""
    rows = receiving.told("mailbox_state", number, code)
    if not rows:
        return None
    steps = [row | {"name": wording.NAMES[row["kind"]]} for row in rows if row["kind"]]
    term = clock.term(rows[0]["received_at"], steps[-1]["kind"] if steps else "")
    return {"received_at": rows[0]["received_at"], "steps": steps, "term": term, "left": term.left()}
