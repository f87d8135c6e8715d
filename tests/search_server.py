"""A stand-in for Elasticsearch and OpenSearch: the requests that their Python clients send for us, by the reference.

It knows the standard analyser (a token for each Chinese character, one for each run of letters or digits), phrases,
`bool`, `term`, sorting, sizes, stored fields and names that stand for an index. What a real server makes of the same
requests is tested where SEARCH_URL names one.
"""

import json
import re
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

TOKEN = re.compile(r"[0-9a-z]+|[^\W0-9a-z_]")
JSON = "application/json"
NOT_FOUND = 404, {"error": {"type": "index_not_found_exception"}, "status": 404}
DONE = 200, {"acknowledged": True}


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


def listed(asked) -> list:
    return asked if isinstance(asked, list) else [asked]


def matches(source, query) -> bool:
    ((kind, asked),) = query.items()
    if kind == "bool":
        should = [matches(source, each) for each in asked.get("should", ())]
        musts = [*listed(asked.get("must", [])), *listed(asked.get("filter", []))]
        needed = asked.get("minimum_should_match", 0 if musts else min(1, len(should)))
        return sum(should) >= needed and all(matches(source, each) for each in musts)
    ((name, value),) = asked.items()
    if kind in ("term", "match"):  # `match` on a keyword, as Wagtail asks for the content type
        return value in listed(source[name])
    assert kind in ("match_phrase", "match_phrase_prefix"), kind
    return holds(source[name], value["query"], going_on=kind == "match_phrase_prefix")


class Index(dict):
    """Documents by their id. `properties` are the mapping; what it does not know is an error here."""

    def __init__(self):
        self.properties = {}

    def put(self, key, source):
        unknown = source.keys() - self.properties.keys()
        assert not unknown, f"not in the mapping: {unknown}"
        self[key] = source

    def search(self, asked) -> dict:
        found = [(key, source) for key, source in self.items() if matches(source, asked["query"])]
        for order in reversed(asked["sort"]):
            ((name, way),) = order.items()
            way = way["order"] if isinstance(way, dict) else way
            found.sort(key=lambda row, name=name: row[1][name], reverse=way == "desc")
        first = int(asked.get("from", 0))
        hits = [
            {"_id": key, "_score": None, "fields": {"pk": [source["pk"]]}}
            for key, source in found[first : first + int(asked["size"])]
        ]
        return {"hits": {"hits": hits}}


class Requests(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def answer(self):
        size = int(self.headers.get("Content-Length") or 0)
        lines = [json.loads(line) for line in self.rfile.read(size).decode().splitlines() if line.strip()]
        path, _mark, query = self.path.partition("?")
        options = dict(part.split("=", 1) for part in query.split("&") if "=" in part)
        status, body = self.server.asked(self.command, path.strip("/").split("/"), lines, options)
        said = b"" if self.command == "HEAD" else json.dumps(body).encode()
        self.send_response(status)
        self.send_header("X-Elastic-Product", "Elasticsearch")
        self.send_header("Content-Type", JSON)
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)

    do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = answer

    def log_message(self, *words):
        """Tests need no access log."""


class StandIn(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Requests)
        self.indexes: dict[str, Index] = {}
        self.names: dict[str, str] = {}  # a name that stands for an index → the index
        self.address = f"http://127.0.0.1:{self.server_port}"

    def asked(self, method, path, lines, options):
        match method, path:
            case _, ["_bulk"]:
                return 200, self.bulk(None, iter(lines))
            case _, [name, "_bulk"]:
                return 200, self.bulk(name, iter(lines))
            case _, ["_alias", name]:
                return (200, {self.names[name]: {}}) if name in self.names else NOT_FOUND
            case "PUT", [index, "_alias", name]:
                self.names[name] = index
                return DONE
            case _, [name, *rest]:
                return self.on_index(method, name, rest, lines, options)

    def on_index(self, method, name, rest, lines, options):
        if method == "PUT" and not rest:
            self.indexes[name] = Index()
            return DONE
        if (index := self.index(name)) is None:
            return NOT_FOUND
        match method, rest:
            case _, ["_search"]:
                return 200, index.search(options | (lines[0] if lines else {}))
            case "PUT", ["_mapping"]:
                index.properties |= lines[0]["properties"]
            case "DELETE", ["_doc", key]:
                return (200, {"result": "deleted"}) if index.pop(key, None) else NOT_FOUND
            case "DELETE", []:
                if name in self.names:
                    return 400, {"error": {"type": "illegal_argument_exception"}, "status": 400}
                del self.indexes[name]
                self.names = {alias: each for alias, each in self.names.items() if each != name}
            case ("POST" | "GET", ["_refresh"]) | ("HEAD", []):
                pass
            case unknown:
                raise AssertionError(unknown)
        return DONE

    def index(self, name):
        return self.indexes.get(self.names.get(name, name))

    def bulk(self, name, lines):
        done = []
        for line in lines:
            ((kind, about),) = line.items()
            assert kind == "index", kind
            self.index(about.get("_index", name)).put(about["_id"], next(lines))
            done.append({"index": {"_id": about["_id"], "status": 201}})
        return {"errors": False, "items": done}


@contextmanager
def stand_in():
    """It runs until the end of the block."""
    server = StandIn()
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
