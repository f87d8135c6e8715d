"""A stand-in for Elasticsearch and OpenSearch: the few requests that search/engines/server.py sends, by their reference.

It knows the standard analyser (a token for each Chinese character, one for each run of letters or digits), phrases,
`bool`, `term`, sorting and sizes. What a real server makes of the same requests is tested where SEARCH_URL names one.
"""

import json
import re
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

TOKEN = re.compile(r"[0-9a-z]+|[^\W0-9a-z_]")


def tokens(text) -> list[str]:
    return TOKEN.findall(text.lower())


def holds(text, phrase, going_on) -> bool:
    """The phrase's tokens stand in the text one after the other; the last may be the beginning of one."""
    said, wanted = tokens(text), tokens(phrase)
    last = len(wanted) - 1
    for start in range(len(said) - last) if wanted else ():
        part = said[start : start + len(wanted)]
        if part[:last] == wanted[:last] and (
            part[last].startswith(wanted[last]) if going_on else part[last] == wanted[last]
        ):
            return True
    return False


def matches(source, query) -> bool:
    ((kind, asked),) = query.items()
    if kind == "bool":
        should = [matches(source, each) for each in asked.get("should", ())]
        musts = (*asked.get("must", ()), *asked.get("filter", ()))
        needed = asked.get("minimum_should_match", 0 if musts else min(1, len(should)))
        return sum(should) >= needed and all(matches(source, each) for each in musts)
    ((name, value),) = asked.items()
    if kind == "term":
        return value in source[name]
    assert kind in ("match_phrase", "match_phrase_prefix"), kind
    return holds(source[name], value, going_on=kind == "match_phrase_prefix")


class Index(dict):
    """Documents by their id."""

    def search(self, asked) -> dict:
        found = [(key, source) for key, source in self.items() if matches(source, asked["query"])]
        for order in reversed(asked["sort"]):
            ((name, way),) = order.items()
            found.sort(key=lambda row, name=name: row[1][name], reverse=way == "desc")
        hits = [{"_id": key, "_source": source} for key, source in found[: asked["size"]]]
        return {"hits": {"hits": hits}}


class Requests(BaseHTTPRequestHandler):
    def answer(self):
        size = int(self.headers.get("Content-Length") or 0)
        lines = [json.loads(line) for line in self.rfile.read(size).decode().splitlines() if line.strip()]
        status, body = self.server.asked(self.command, self.path.partition("?")[0].strip("/"), lines)
        said = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)

    do_GET = do_POST = do_PUT = do_DELETE = answer

    def log_message(self, *words):
        """Tests need no access log."""


class StandIn(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Requests)
        self.indexes: dict[str, Index] = {}

    def asked(self, method, path, lines):
        if path == "_bulk":
            return 200, self.bulk(iter(lines))
        if path == "_msearch":
            pairs = zip(lines[::2], lines[1::2], strict=True)
            return 200, {"responses": [self.indexes[head["index"]].search(body) for head, body in pairs]}
        if method == "PUT":
            self.indexes[path] = Index()
        elif self.indexes.pop(path, None) is None:
            return 404, {"error": {"type": "index_not_found_exception"}, "status": 404}
        return 200, {"acknowledged": True}

    def bulk(self, lines):
        for line in lines:
            ((kind, about),) = line.items()
            index = self.indexes[about["_index"]]
            if kind == "index":
                index[about["_id"]] = next(lines)
            else:
                index.pop(about["_id"], None)
        return {"errors": False, "items": []}


@contextmanager
def stand_in():
    """Its address while it runs."""
    server = StandIn()
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
