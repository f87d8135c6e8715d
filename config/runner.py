"""Runs the whole portal on one machine: public process, admin process and worker.

    python -m config.runner --port 8000 [--demo]

For development and the demo. Ctrl-C or SIGTERM stops all three and then the embedded
PostgreSQL; if one of them ends by itself, the others are stopped too.
"""

import argparse
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
PREPARE = (["migrate", "--verbosity", "0"], ["sync_portal"])
STOP_SECONDS = 15


class Stopped(Exception):
    """A signal asked the runner to stop."""


def main() -> int:
    options = parse(sys.argv[1:])
    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    environment = shared_environment(options.host, options.port)
    processes: list[subprocess.Popen] = []
    try:
        refuse_taken(options.host, options.port, options.port + 1)
        prepare(environment, options.demo)
        processes = start(options, environment)
        wait_until_served(processes, options.host, options.port, options.port + 1)
        announce(environment, options.demo)
        return watch(processes)
    except Stopped:
        print("\nStopping.")
        return 0
    except subprocess.CalledProcessError as failed:
        print(f"{' '.join(map(str, failed.cmd))} failed; see above.", file=sys.stderr)
        return 1
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        end(processes)


def parse(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument(
        "--port", type=int, default=8000, help="of the public portal; the admin gets the next one"
    )
    parser.add_argument("--demo", action="store_true", help="load the demo first")
    return parser.parse_args(arguments)


def stop(number, frame):
    raise Stopped


def shared_environment(host: str, port: int) -> dict[str, str]:
    """Development settings; importing them here starts the embedded PostgreSQL and keeps it for all."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
    os.environ.setdefault("DEBUG", "0")
    name = "localhost" if host in {"127.0.0.1", "0.0.0.0"} else host  # noqa: S104 (compared, not bound)
    os.environ.setdefault("PUBLIC_BASE_URL", f"http://{name}:{port}")
    os.environ.setdefault("ADMIN_BASE_URL", f"http://{name}:{port + 1}")
    __import__(os.environ["DJANGO_SETTINGS_MODULE"])
    return {key: value for key, value in os.environ.items() if key != "PORTAL_DATABASE_ROLE"}


def refuse_taken(host: str, *ports: int) -> None:
    for port in ports:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError as error:
                raise SystemExit(
                    f"Port {port} is taken: try make demo PORT={port + 100}. ({error})"
                ) from error


def prepare(environment: dict[str, str], demo: bool) -> None:
    for command in (*PREPARE, ["load_demo"]) if demo else PREPARE:
        print(f"manage.py {command[0]} …", flush=True)
        subprocess.run([sys.executable, "manage.py", *command], cwd=PROJECT, env=environment, check=True)


def start(options: argparse.Namespace, environment: dict[str, str]) -> list[subprocess.Popen]:
    granian = [str(Path(sys.executable).with_name("granian")), "--interface", "wsgi", "--host", options.host]
    granian += ["--workers", "1", "--blocking-threads", "4", "--log-level", "warning"]
    commands = (
        [*granian, "--port", str(options.port), "config.wsgi_public:application"],
        [*granian, "--port", str(options.port + 1), "config.wsgi_admin:application"],
        [sys.executable, "manage.py", "work"],
    )
    # sessions of their own: Ctrl-C reaches only the runner, which then stops them in order
    return [subprocess.Popen(c, cwd=PROJECT, env=environment, start_new_session=True) for c in commands]


def wait_until_served(processes: list[subprocess.Popen], host: str, *ports: int) -> None:
    deadline = time.monotonic() + 60
    for port in ports:
        while time.monotonic() < deadline and all(process.poll() is None for process in processes):
            with socket.socket() as probe:
                probe.settimeout(1)
                if probe.connect_ex((host if host != "0.0.0.0" else "127.0.0.1", port)) == 0:  # noqa: S104
                    break
            time.sleep(0.1)


def announce(environment: dict[str, str], demo: bool) -> None:
    print(f"\n  公众门户 Public portal  {environment['PUBLIC_BASE_URL']}/")
    print(f"  审核发布后台 Admin       {environment['ADMIN_BASE_URL']}/admin/")
    if demo:
        print("  登录账号 Log-ins         demo/README.md")
    print("\n  Ctrl-C stops all.", flush=True)


def watch(processes: list[subprocess.Popen]) -> int:
    while all(process.poll() is None for process in processes):
        time.sleep(0.5)
    ended = next(process for process in processes if process.poll() is not None)
    print(f"{ended.args[-1]} ended by itself ({ended.returncode}); stopping the rest.", file=sys.stderr)
    return 1


def end(processes: list[subprocess.Popen]) -> None:
    for process in processes:
        if process.poll() is None:
            process.terminate()
    deadline = time.monotonic() + STOP_SECONDS
    for process in processes:
        try:
            process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)


if __name__ == "__main__":
    sys.exit(main())
