"""What this app holds of an item that is destroyed: the package it came in, the scan of the unit's form (Article 12)."""

from intake.models import Intake, PackageFile
from publication import outbox
from publication.models import StoredFile
from secrecy.services.destroying import Holder, holders, line


def _lines(matter):
    """Of what was public once, the proof of how it came stays."""
    if matter.was_public:
        return
    records = Intake.objects.filter(object_id=matter.object_id)
    packages = PackageFile.objects.filter(intake__in=records, is_kept=True)
    found = [("离线报送包", package.sha256) for package in packages]
    found += [("代为发布审查表扫描件", record.form_sha256) for record in records]
    found += [("送达的文件", file["sha256"]) for record in records for file in record.files]
    sizes = dict(
        StoredFile.objects.filter(pk__in={digest for _what, digest in found}).values_list("pk", "size")
    )
    for what, digest in found:
        if digest in sizes:
            others = Intake.objects.exclude(object_id=matter.object_id).filter(form_sha256=digest)
            yield line(what, digest, sizes[digest], "另有信息使用" if others.exists() else "")


def _erase(matter, lines):
    gone = [entry["sha256"] for entry in lines if not entry["kept"]]
    if gone:
        outbox.put("destroy_files", files=gone)
        outbox.replay_after_commit()


holders.append(Holder(_lines, _erase))
