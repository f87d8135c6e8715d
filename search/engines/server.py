"""The same search on Elasticsearch (7 and later) or OpenSearch: SEARCH_URL=https://user:password@host:9200/portal.

Spoken in the JSON that all of them share, so no client library has to fit the server's version. Their standard
analyser makes each Chinese character a token; a phrase of tokens is then exactly the words one looks for, as in
PostgreSQL. What is public is still judged by publications: ids of withdrawn items that a server may still return for
a moment are not shown.
"""

import base64
import json
from datetime import datetime
from urllib.error import HTTPError
from urllib.parse import unquote, urlsplit
from urllib.request import Request, urlopen

from search.contract import MOST_HITS, MOST_TEXTS, MOST_TITLES, Answer, Hit, Question
from search.folding import fold
from search.models import SearchEntry

TIMEOUT = 5
CHUNK = 500
NEWEST = [{"published_at": "desc"}, {"publication_id": "desc"}]
MAPPING = {
    "settings": {"index": {"max_result_window": 10_000}},
    "mappings": {
        "dynamic": False,
        "properties": {
            "publication_id": {"type": "long"},
            "published_at": {"type": "date"},
            "title": {"type": "text", "analyzer": "standard"},
            "number": {"type": "keyword"},
            "said": {"type": "text", "analyzer": "standard"},
            "facets": {"type": "keyword"},
        },
    },
}
FIELDS = ("publication_id", "published_at", "title", "number", "text", "files", "facets")


class ServerEngine:
    def __init__(self, address: str):
        parts = urlsplit(address)
        self.index_name = parts.path.strip("/") or "portal"
        self.base = f"{parts.scheme}://{parts.hostname}:{parts.port or 9200}"
        self.headers = {"Content-Type": "application/json"}
        if parts.username:
            secret = f"{unquote(parts.username)}:{unquote(parts.password or '')}".encode()
            self.headers["Authorization"] = f"Basic {base64.b64encode(secret).decode()}"

    def answer(self, question: Question, *, most=MOST_HITS) -> Answer:
        if not question.clauses:
            return Answer()
        source = ["title", "number", "published_at"]
        titles = {"query": wanted(question, "title"), "size": MOST_TITLES, "sort": NEWEST, "_source": source}
        texts = {"query": wanted(question, "said"), "size": most, "sort": NEWEST, "_source": source}
        lines = [line for body in (titles, texts) for line in ({"index": self.index_name}, body)]
        in_titles, in_texts = (part["hits"]["hits"] for part in self._lines("_msearch", lines)["responses"])
        seen = {row["_id"]: _hit(row) for row in [*in_titles, *in_texts[:MOST_TEXTS]]}
        return Answer(seen=list(seen.values()), newest=[int(row["_id"]) for row in in_texts])

    # --- keeping the index ---

    def index(self, publication_ids) -> None:
        rows = {row["publication_id"]: row for row in _rows(publication_ids)}
        lines = []
        for key in publication_ids:
            if key not in rows or rows[key]["kind"] == "column":
                lines.append({"delete": {"_index": self.index_name, "_id": str(key)}})
                continue
            lines += [{"index": {"_index": self.index_name, "_id": str(key)}}, _source(rows[key])]
        if lines:
            self._lines("_bulk?refresh=true", lines)

    def drop(self, publication_ids) -> None:
        lines = [{"delete": {"_index": self.index_name, "_id": str(key)}} for key in publication_ids]
        if lines:
            self._lines("_bulk?refresh=true", lines)

    def rebuild(self) -> int:
        """All entries into a new index of that name; how many."""
        self.remove()
        self._send("PUT", self.index_name, json.dumps(MAPPING))
        keys = list(SearchEntry.objects.order_by("pk").values_list("pk", flat=True))
        for start in range(0, len(keys), CHUNK):
            self.index(keys[start : start + CHUNK])
        return len(keys)

    def remove(self) -> None:
        try:
            self._send("DELETE", self.index_name)
        except HTTPError as error:
            if error.code != 404:
                raise

    # --- speaking to the server ---

    def _lines(self, path, lines) -> dict:
        done = self._send(
            "POST", path, "".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in lines)
        )
        failed = [part["error"] for part in done.get("responses", ()) if "error" in part]
        if failed:
            raise OSError(f"The search server refused: {failed[0]}")
        return done

    def _send(self, method, path, body=None) -> dict:
        data = body.encode() if body is not None else None
        request = Request(f"{self.base}/{path}", data, self.headers, method=method)  # noqa: S310 - our setting
        with urlopen(request, timeout=TIMEOUT) as answer:  # noqa: S310
            return json.load(answer)


def wanted(question: Question, name: str) -> dict:
    """The question as JSON: phrases of characters, filters as keywords."""
    clauses = [{"bool": {"should": [_phrase(name, word) for word in c.words]}} for c in question.clauses]
    joined = {"should": clauses, "minimum_should_match": 1} if question.any_clause else {"must": clauses}
    return {"bool": {**joined, "filter": [{"term": {"facets": facet}} for facet in question.facets]}}


def _phrase(name, word):
    """A last run of letters or digits may go on, as in PostgreSQL."""
    folded = fold(word)
    last = folded[-3:]
    going_on = len(last) == 3 and last.isascii() and last.isalnum()
    return {"match_phrase_prefix" if going_on else "match_phrase": {name: folded}}


def _rows(publication_ids):
    rows = SearchEntry.objects.filter(pk__in=list(publication_ids))
    return rows.values("kind", *FIELDS)


def _source(row) -> dict:
    return {
        "publication_id": row["publication_id"],
        "published_at": row["published_at"].isoformat(),
        "title": f"{row['title']} {row['number']}".strip(),
        "number": row["number"],
        "said": f"{row['text']} {row['files']}".strip(),
        "facets": row["facets"],
    }


def _hit(row) -> Hit:
    source = row["_source"]
    title = source["title"].removesuffix(source["number"]).strip()
    return Hit(int(row["_id"]), title, source["number"], datetime.fromisoformat(source["published_at"]))
