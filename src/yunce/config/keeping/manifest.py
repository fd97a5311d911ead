"""What a backup file says of itself, so that it can be checked before it is trusted."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import IO
from zipfile import BadZipFile, ZipFile, is_zipfile

from yunce import __version__
from yunce.config.failures import WorkError
from yunce.kit.wording import gettext as _

FORMAT = 1  # grows when an older Yunce could no longer read the file
NAME = "manifest.json"
FACTS = "facts.duckdb"  # also where the facts themselves are in a server's store
WAITING = "restored-facts-"  # how a file begins whose facts still go into a server's store
CHUNK = 1024 * 1024


@dataclass(frozen=True)
class Manifest:
    """The first member of the file."""

    format: int
    version: str  # of the Yunce that made it
    made_at: str  # ISO, with zone
    members: dict[str, str]  # name → SHA-256

    def to_json(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False, indent=1)


def read_manifest(archive: ZipFile) -> Manifest:
    try:
        said = json.loads(archive.read(NAME))
        return Manifest(
            format=int(said["format"]),
            version=str(said["version"]),
            made_at=str(said["made_at"]),
            members={str(name): str(sha) for name, sha in said["members"].items()},
        )
    except (KeyError, ValueError, TypeError, AttributeError, BadZipFile) as error:
        raise WorkError(_("这不是运策的备份文件（没有清单）。")) from error


def open_backup(path: str) -> ZipFile:
    if not is_zipfile(path):
        raise WorkError(_("%(path)s 不是运策的备份文件，或已损坏。") % {"path": path})
    return ZipFile(path)


def check(archive: ZipFile, manifest: Manifest) -> None:
    """Refuse a file of a newer Yunce, and one whose content is not what it says."""
    if manifest.format > FORMAT or _numbers(manifest.version) > _numbers(__version__):
        values = {"theirs": manifest.version, "ours": __version__}
        raise WorkError(
            _("备份来自更新的版本 %(theirs)s，这里是 %(ours)s。请先升级运策再恢复。") % values
        )
    names = set(archive.namelist()) - {NAME}
    if names != set(manifest.members):
        raise WorkError(_("备份文件不完整：里面的文件和清单对不上。"))
    for name, expected in manifest.members.items():
        if not _is_sound(archive, name, expected):
            raise WorkError(_("备份文件已损坏：%(name)s 的校验和不对。") % {"name": name})


def _is_sound(archive: ZipFile, name: str, expected: str) -> bool:
    try:
        with archive.open(name) as file:
            return sha256_of(file) == expected
    except (BadZipFile, EOFError):
        return False


def sha256_of(file: IO[bytes]) -> str:
    digest = hashlib.sha256()
    while chunk := file.read(CHUNK):
        digest.update(chunk)
    return digest.hexdigest()


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part.isdecimal())
