"""Canonical bytes: one value, one byte string; nothing that two programs would write differently."""

import hashlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger import register
from publication import documents
from publication.documents import NotCanonical, canonical

text = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"))


def trees(numbers):
    return st.recursive(
        st.none() | st.booleans() | numbers | text,
        lambda inner: st.lists(inner) | st.dictionaries(text, inner),
        max_leaves=25,
    )


values = trees(st.integers())


def shuffled(value):
    """The same value with its keys in the other order."""
    if isinstance(value, dict):
        return {key: shuffled(item) for key, item in reversed(list(value.items()))}
    if isinstance(value, list):
        return [shuffled(item) for item in value]
    return value


@given(values)
def test_reading_back_gives_the_same_value_and_the_same_bytes(value):
    written = canonical(value)
    assert json.loads(written) == value
    assert canonical(json.loads(written)) == written


@given(trees(st.integers(-(2**63), 2**63 - 1)))
def test_verify_writes_it_in_the_same_form(value):
    """The register is read back by a quicker writer; both must say the same bytes."""
    assert register._as_written(json.dumps(value)) == canonical(value)


@given(values)
def test_the_order_of_keys_does_not_matter(value):
    assert canonical(shuffled(value)) == canonical(value)


@given(values, values)
def test_different_values_have_different_bytes(one, other):
    same = json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)
    assert (canonical(one) == canonical(other)) == same


@given(st.floats())
def test_floats_are_refused_wherever_they_hide(value):
    for hidden in (value, [value], {"a": {"b": [1, value]}}):
        with pytest.raises(NotCanonical):
            canonical(hidden)


@pytest.mark.parametrize("value", ["\x00", "\ud800", {"\x00": 1}, {1: 2}, {"a": b"bytes"}, {"a": {1, 2}}])
def test_what_cannot_be_written_one_way_is_refused(value):
    with pytest.raises(NotCanonical):
        canonical(value)


def test_chinese_is_written_as_itself_without_spaces():
    assert canonical({"题": "西秀区", "a": [1, None, True]}) == '{"a":[1,null,true],"题":"西秀区"}'.encode()


def test_the_digest_is_what_sha256sum_prints():
    assert documents.digest(b"abc") == hashlib.sha256(b"abc").hexdigest()
    assert documents.digest(memoryview(b"abc")) == documents.digest(b"abc")


def test_an_old_format_is_read_through_its_upcasters(monkeypatch):
    monkeypatch.setattr(documents, "FORMAT", 3)
    monkeypatch.setattr(
        documents,
        "UPCASTERS",
        {1: lambda d: d | {"format": 2, "b": d["a"]}, 2: lambda d: d | {"format": 3, "c": d["b"]}},
    )
    assert documents.parse(b'{"format":1,"a":"x"}')["c"] == "x"


def test_what_a_document_lacks_is_named():
    assert "title" in documents.problems({"format": 1, "kind": "information"})
    shown = {"attachments": [{"sha256": "ab"}], "assets": []}
    assert "asset ab" in documents.problems(shown)


def test_a_batch_lists_each_digest_once_in_order():
    batch = documents.batch_document(object_id="x", title="存量", digests=["b", "a", "b"])
    assert batch["items"] == ["a", "b"]
    assert documents.problems(batch) == []
