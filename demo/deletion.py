"""Deleting the demo: the database and the stores are thrown away and the portal is migrated anew."""

import os
import shutil
import subprocess
import sys

import psycopg2
from django.conf import settings
from django.db import connections
from psycopg2 import sql


def start_anew() -> None:
    """Only where the settings allow a demo; the caller has made sure that the database holds one."""
    if not settings.DEMO:
        raise RuntimeError("a portal in use is not thrown away")
    name = settings.DATABASES["default"]["NAME"]
    connections.close_all()
    _recreate(name)
    for folder in (settings.PRIVATE_ROOT, settings.PUBLIC_STORE_ROOT):
        shutil.rmtree(folder, ignore_errors=True)
    for command in ("migrate", "sync_portal"):
        subprocess.run(
            [sys.executable, "manage.py", command, "--verbosity", "0"], cwd=settings.BASE_DIR, check=True
        )


def _recreate(name: str) -> None:
    """As the owner, from the maintenance database: nobody drops the database he is in."""
    connection = psycopg2.connect(os.environ["DATABASE_OWNER_URL"], dbname="postgres")
    try:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
            cursor.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    finally:
        connection.close()
