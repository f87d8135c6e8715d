"""Cached pages beside nginx serving the same bytes as plain files, by one load generator in one run.

Needs nginx and wrk (Debian packages of these names); without them nothing is measured and the figure says so.
"""

import os
import re
import shutil
import statistics
import subprocess
import tempfile
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

from tests.portal import free_ports

ROUNDS, SECONDS, CONNECTIONS = 3, 2, 16
ACCEPT = "Accept-Encoding: gzip"
CONFIGURATION = """
{user}
worker_processes 1;
daemon off;
error_log stderr crit;
pid {folder}/nginx.pid;
events {{ worker_connections 256; }}
http {{
    access_log off;
    default_type text/html;
    gzip_static on;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    server {{
        listen 127.0.0.1:{static_port};
        root {folder}/static;
        location / {{ try_files ${{uri}}index.html $uri =404; }}
    }}
    server {{
        listen 127.0.0.1:{cached_port};
        root {pages};
        location / {{
            error_page 418 = @portal;
            if ($args != "") {{ return 418; }}
            try_files ${{uri}}index.html $uri @portal;
        }}
        location @portal {{
            proxy_pass {portal};
            proxy_set_header Host $host;
        }}
    }}
}}
"""
UNKNOWN = """
number = math.random(1e9)
request = function() number = number + 1; return wrk.format("GET", "/tzgg/gsgg/t" .. number .. ".html") end
done = function(summary) if summary.errors.status ~= summary.requests then print("Socket errors") end end
"""


def measure(portal, paths: dict[str, str]) -> list[dict]:
    """Figures for each kind of page: behind nginx and without it, beside nginx's own static files."""
    if not (shutil.which("nginx") and shutil.which("wrk")):
        return [{"what": "cached pages beside nginx", "measured": "-", "reference": "needs nginx and wrk"}]
    found = []
    with nginx(portal, paths) as (static, cached):
        servers = {"static": static, "behind nginx": cached, "without nginx": portal.public}
        for kind, path in paths.items():
            check_same_bytes(servers.values(), path)
            found += figures(kind, {name: f"{address}{path}" for name, address in servers.items()})
    return [*found, unknown(portal)]


@contextmanager
def nginx(portal, paths):
    """Two servers: the pages copied to a folder, and the portal behind `try_files` on its page cache."""
    folder = Path(tempfile.mkdtemp(prefix="bench-nginx-"))
    folder.chmod(0o755)
    port = free_ports()
    pages = portal.stores / "pages" / "pages"
    copy_pages(portal, paths, pages, folder / "static")
    configuration = folder / "nginx.conf"
    configuration.write_text(
        CONFIGURATION.format(
            user="user root;" if os.geteuid() == 0 else "",
            folder=folder,
            pages=pages,
            portal=portal.public,
            static_port=port,
            cached_port=port + 1,
        )
    )
    server = subprocess.Popen([shutil.which("nginx"), "-p", str(folder), "-c", str(configuration)])
    try:
        time.sleep(0.5)
        yield f"http://127.0.0.1:{port}", f"http://127.0.0.1:{port + 1}"
    finally:
        server.terminate()
        server.wait(10)
        shutil.rmtree(folder, ignore_errors=True)


def copy_pages(portal, paths, pages: Path, static: Path) -> None:
    """Read each page until the portal keeps it, then copy the file and its gzip."""
    for path in paths.values():
        file = pages / f"{path.lstrip('/')}{'index.html' if path.endswith('/') else ''}"
        deadline = time.monotonic() + 10
        while not file.exists():
            read(f"{portal.public}{path}")
            if time.monotonic() > deadline:
                raise RuntimeError(f"{path} is not kept")
            time.sleep(0.05)
        for source in (file, file.with_name(f"{file.name}.gz")):
            place = static / source.relative_to(pages)
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, place)


def read(address: str) -> bytes:
    request = urllib.request.Request(address, headers=dict([ACCEPT.split(": ")]))  # noqa: S310 - our own servers
    with urllib.request.urlopen(request, timeout=10) as response:  # noqa: S310
        return response.read()


def check_same_bytes(servers, path) -> None:
    if len({read(f"{server}{path}") for server in servers}) != 1:
        raise RuntimeError(f"{path}: the servers send different bytes")


def figures(kind: str, addresses: dict[str, str]) -> list[dict]:
    """Requests a second in turns, so that what else the machine does hits all alike; medians."""
    rounds = [{name: load(address) for name, address in addresses.items()} for _ in range(ROUNDS)]
    rate = {name: statistics.median(one[name][0] for one in rounds) for name in addresses}
    slowest = {name: statistics.median(one[name][1] for one in rounds) for name in addresses}
    ratio = {name: 100 * rate[name] / rate["static"] for name in addresses}
    return [
        figure(f"cached {kind} behind nginx, % of nginx static", f"{ratio['behind nginx']:.0f}", "≥ 90"),
        figure(
            f"cached {kind} behind nginx, p99 : static's",
            f"{slowest['behind nginx'] / slowest['static']:.1f}",
            "≤ 5",
        ),
        figure(f"cached {kind} without nginx, % of nginx static", f"{ratio['without nginx']:.0f}", "≥ 45"),
        figure(f"nginx static for {kind}, requests a second", f"{rate['static']:.0f}", "-"),
    ]


def load(address: str) -> tuple[float, float]:
    """(requests a second, p99 in milliseconds)"""
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "--latency", "-H", ACCEPT, address]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in said or "Socket errors" in said:
        raise RuntimeError(f"{address}: {said}")
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", said)[1])
    value, unit = re.search(r"99%\s+([\d.]+)(us|ms|s)", said).groups()
    return rate, float(value) * {"us": 0.001, "ms": 1, "s": 1000}[unit]


def unknown(portal) -> dict:
    """Addresses that nobody has asked for before, each another one; all are answered 404."""
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(UNKNOWN)
        script.flush()
        command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "-s", script.name, portal.public]
        rounds = [
            subprocess.run(command, capture_output=True, text=True, check=True).stdout for _ in range(ROUNDS)
        ]
    if any("Socket errors" in said for said in rounds):
        raise RuntimeError(rounds)
    rates = [float(re.search(r"Requests/sec:\s+([\d.]+)", said)[1]) for said in rounds]
    return figure("unknown addresses a second, one process", f"{statistics.median(rates):.0f}", "≥ 1000")


def figure(what: str, measured: str, reference: str) -> dict:
    return {"what": what, "measured": measured, "reference": reference}
