"""What the public search does beyond matching: sounds, synonyms, proposals, attachments, a server of its own."""

import io
import re

import pytest

from config import search_server
from publication import gate, search_effects
from publication.models import OutboxMessage
from search import places
from search.models import AskedTerm, FileText, Synonym
from tests.publication_world import (
    column,
    document,
    public,
)
from tests.search_world import found, get, lantern, suggested

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("public_addresses")]
MOST_QUERIES = 10


@pytest.mark.parametrize("typed", ["旧洲", "旧州古真"])
def test_did_you_mean_proposes_published_words(town, typed):
    lantern(town)
    proposed = re.search(r"search__meant.*?<a [^>]*>([^<]+)</a>", get(q=typed), re.DOTALL)
    assert proposed and proposed[1] in "旧州古镇灯会安排"


def test_units_and_columns_by_sound(town):
    place = column(town, title="通知公告")
    known = places.listed()
    for typed in ("tongzhi", "tzgg", "通知", "tongzhigonggao"):
        assert [one.publication_id for one in places.matching(typed, known)] == [place.pk]
    assert place.path in get(q="tzgg")


def test_suggestions_are_published_titles(town):
    publication = lantern(town)
    assert suggested("旧州古") == ["旧州古镇灯会安排"]
    assert suggested("") == suggested("\x00") == []
    gate.close(publication, "withdrawn")
    assert suggested("旧州古") == []


def test_synonyms_widen_and_are_not_shown(town):
    public(town, document(town, title="医疗保险报销流程"))
    Synonym.objects.create(words="医保，医疗保险")
    page = get(q="医保报销")
    assert "医疗保险报销" in re.sub("</?mark>", "", page)
    assert "已同时查找同义词" in page
    Synonym.objects.update(active=False)
    assert found("医保报销") == []


def test_questions_are_counted_without_persons(town, as_role):
    with as_role("public"):
        for typed in ("灯会", "灯会", "张三 13812345678", "a@b.cn", "520402199001011234"):
            get(q=typed)
    rows = dict(AskedTerm.objects.values_list("term", "times"))
    assert rows["灯会"] == 2
    assert not any(re.search(r"\d{7}|@", term) for term in rows)


# --- attachments ---


def test_words_of_an_attachment_are_found_after_the_worker(town):
    from publication import files, outbox

    stored = files.store(io.BytesIO("附件里才有的词语：补植苗木清单".encode()), "list.txt")
    file = {"sha256": stored.sha256, "name": "list.txt", "content_type": "text/plain", "size": stored.size}
    publication = lantern(town, attachments=[{**file, "title": "清单"}], assets=[file])
    assert found("补植苗木") == []
    search_effects.read_files({"publication": publication.pk})
    assert found("补植苗木") == [publication.pk]
    page = get(q="补植苗木")
    assert "所搜词语见附件" in page
    assert "补植苗木清单" not in re.sub(r"<(title|input)[^>]*>|</?mark>", "", page)
    assert "read_files" in outbox._slow
    assert OutboxMessage.objects.filter(kind="read_files").exists()
    assert FileText.objects.get().problem == ""


def test_a_search_server_is_told_by_the_outbox(town, settings):
    server = search_server.backends("opensearch+http://127.0.0.1:1/portal")
    settings.WAGTAILSEARCH_BACKENDS = settings.WAGTAILSEARCH_BACKENDS | server
    publication = lantern(town)
    gate.close(publication, "withdrawn")
    told = OutboxMessage.objects.filter(kind="index_search").values_list("payload", flat=True)
    assert [row["publications"] for row in told] == [[publication.pk], [publication.pk]]
