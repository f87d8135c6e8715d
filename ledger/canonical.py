"""One byte string for one value, so that a digest means the content and not the way it was written down.

Sorted keys, UTF-8, no spaces, no escapes that JSON does not demand. Floats are refused: their text differs between
programs, and two auditors must compute the same digest (architecture: Gate). So are NUL and lone surrogates, which
PostgreSQL cannot store and UTF-8 cannot say.
"""

import json


class NotCanonical(ValueError):
    """The value cannot be written in exactly one way."""


def canonical(value) -> bytes:
    _check(value)
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    if "\\u0000" in text and has_nul(value):
        raise NotCanonical("text contains NUL")
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        raise NotCanonical("text contains a lone surrogate") from error


PLAIN = frozenset((str, int, bool, type(None)))


def _check(value):
    """Nothing but text, whole numbers, truth values, lists and objects with text for keys."""
    if type(value) in PLAIN:
        return
    if isinstance(value, dict):
        for key in value:
            if not isinstance(key, str):
                raise NotCanonical(f"the key {key!r} is not text")
        value = value.values()
    elif not isinstance(value, list | tuple):
        if isinstance(value, str | int):
            return
        raise NotCanonical(f"{type(value).__name__} has no canonical form")
    for item in value:
        if type(item) not in PLAIN:
            _check(item)


def has_nul(value) -> bool:
    """JSON writes NUL as an escape, and so it writes a backslash before “u0000”: only the value tells them apart."""
    if isinstance(value, str):
        return "\x00" in value
    if isinstance(value, dict):
        return any(has_nul(part) for pair in value.items() for part in pair)
    return isinstance(value, list | tuple) and any(map(has_nul, value))
