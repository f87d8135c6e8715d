#!/usr/bin/env python
"""Django's command line, with the database role that each command needs.

The application role owns nothing (docs/adr: publications, not pages), so the
few commands that change the schema or write the rules run as the owner.
"""

import os
import sys

OWNER_COMMANDS = {
    "createcachetable",
    "dbshell",
    "lintmigrations",
    "makemigrations",
    "migrate",
    "pgtrigger",
    "showmigrations",
    "sqlmigrate",
    "seed_scale",
    "sync_portal",
}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
    if len(sys.argv) > 1 and sys.argv[1] in OWNER_COMMANDS:
        os.environ["PORTAL_DATABASE_ROLE"] = "owner"
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
