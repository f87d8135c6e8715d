"""The browser that the journeys drive: one that is installed, or one that can be.

`python -m tests.browser` sees to it that there is one (`make test` calls it).
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PACKAGES = ("chromium", "fonts-noto-cjk")
# No look-ups of its own, and no sandbox where root or a container would refuse one.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def executable() -> str | None:
    """Path of a browser, or None where there is none yet."""
    for name in filter(None, (os.environ.get("PORTAL_BROWSER"), *NAMES)):
        if found := shutil.which(name):
            return found
    return bundled()


def bundled() -> str | None:
    """The one that Playwright brought, if it did."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def install() -> None:
    if os.geteuid() == 0 and shutil.which("apt-get"):
        subprocess.run(["apt-get", "update", "-qq"], check=False)
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        done = subprocess.run(["apt-get", "install", "-y", "-qq", *PACKAGES], env=environment, check=False)
        if done.returncode == 0:
            return
    subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=True)


if __name__ == "__main__":
    if not executable():
        install()
    print(f"browser: {executable()}")
