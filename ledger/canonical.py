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
    return text.encode()


def _check(value):
    if value is None or isinstance(value, bool | int):
        return
    if isinstance(value, str):
        _check_text(value)
    elif isinstance(value, dict):
        for key, item in value.items():
            if not isinstance(key, str):
                raise NotCanonical(f"the key {key!r} is not text")
            _check_text(key)
            _check(item)
    elif isinstance(value, list | tuple):
        for item in value:
            _check(item)
    else:
        raise NotCanonical(f"{type(value).__name__} has no canonical form")


def _check_text(text):
    if "\x00" in text:
        raise NotCanonical("text contains NUL")
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise NotCanonical("text contains a lone surrogate") from error
