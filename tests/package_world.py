"""An offline package as the form writes it, for tests."""

import base64
import hashlib
import json

from django.core.files.uploadedfile import SimpleUploadedFile

from intake import package
from tests import factories

FILES = (("说明.txt", "说明".encode()),)


def said(unit="jiuzhou", column="", number="0" * 32, files=FILES, **changes):
    made = {
        "format": package.FORMAT,
        "version": package.VERSION,
        "id": number,
        "made_at": "2026-11-24T02:00:00.000Z",
        "unit": unit,
        "author": "旧州镇 author",
        "deliverer": "办事员甲",
        "telephone": "",
        "reason": "power",
        "title": "旧州镇停水通知",
        "column": str(column),
        "text": "今日停水。\n请提前储水。",
        "row": {
            "department": "党政办",
            "source": "own",
            "reprint_source": "",
            "form": "web",
            "other_form": "",
        },
        "harms": dict(factories.HARMLESS),
        "attachments": [
            {
                "name": name,
                "size": len(content),
                "sha256": hashlib.sha256(content).hexdigest(),
                "data": base64.b64encode(content).decode(),
            }
            for name, content in files
        ],
    } | changes
    return made | {"digest": package.digest_of(made)}


def upload(made, name="jiuzhou-00000000.xxbs"):
    content = made if isinstance(made, bytes) else json.dumps(made, ensure_ascii=False).encode()
    return SimpleUploadedFile(name, content)
