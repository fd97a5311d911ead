"""What a backup file says of itself, so that it can be checked before it is trusted."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import IO
from zipfile import BadZipFile, ZipFile, is_zipfile

from yunce import __version__
from yunce.config.failures import WorkError
from yunce.config.keeping.steps import Step, listed, unknown_steps
from yunce.kit.wording import gettext as _

FORMAT = 1  # grows when an older Yunce could no longer read the file
NAME = "manifest.json"
LEDGER = "yunce.sqlite3"
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
    migrations: dict[str, str] = field(default_factory=dict)  # app → its last; older files: none

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
            migrations={str(app): str(last) for app, last in said.get("migrations", {}).items()},
        )
    except (KeyError, ValueError, TypeError, AttributeError, BadZipFile) as error:
        raise WorkError(_("这不是运策的备份文件（没有清单）。")) from error


def open_backup(path: str) -> ZipFile:
    if not is_zipfile(path):
        raise WorkError(_("%(path)s 不是运策的备份文件，或已损坏。") % {"path": path})
    return ZipFile(path)


def check(archive: ZipFile, manifest: Manifest) -> None:
    """Refuse a file of a newer Yunce, and one that does not hold the files it names."""
    if manifest.format > FORMAT or _numbers(manifest.version) > _numbers(__version__):
        values = {"theirs": manifest.version, "ours": __version__}
        raise WorkError(
            _("备份来自更新的版本 %(theirs)s，这里是 %(ours)s。请先升级运策再恢复。") % values
        )
    refuse_newer(manifest.migrations.items(), manifest)
    names = set(archive.namelist()) - {NAME}
    if names != set(manifest.members):
        raise WorkError(_("备份文件不完整：里面的文件和清单对不上。"))


def refuse_newer(steps: Iterable[Step], manifest: Manifest) -> None:
    """Between two versions the database grows: its steps tell what the version does not."""
    if unknown := unknown_steps(steps):
        values = {"made_at": manifest.made_at, "steps": listed(unknown)}
        raise WorkError(
            _("%(made_at)s 的备份来自更新的运策，它的数据库做过这里没有的升级步骤：%(steps)s。")
            % values
            + _("请先升级运策再恢复。")
        )


def damaged(name: str) -> WorkError:
    return WorkError(_("备份文件已损坏：%(name)s 的校验和不对。") % {"name": name})


def sha256_of(file: IO[bytes]) -> str:
    digest = hashlib.sha256()
    while chunk := file.read(CHUNK):
        digest.update(chunk)
    return digest.hexdigest()


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part.isdecimal())
