"""Word documents into blocks: `read(data, name)` says what a draft gets and what could not be carried over."""

from conversion.word.reading import read

__all__ = ["read"]
