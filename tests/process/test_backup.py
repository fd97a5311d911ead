"""Backup and restore: a round trip, and everything that must be refused."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.process.conftest import Place, Served, make_place

MAY = ("--from", "2025-05-01", "--to", "2025-05-31")


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory, demo_data: Path) -> Iterator[Path]:
    """A backup made while the server was serving."""
    place = make_place(tmp_path_factory.mktemp("kept"))
    place.fill(demo_data)
    server = place.serve()
    (place.data / "uploads" / "ab").mkdir(parents=True)
    (place.data / "uploads" / "ab" / "abcd").write_text("raw")
    done = place.yunce("backup", "-o", place.folder / "kept.zip", "--json")
    server.end()
    assert json.loads(done.stdout)["members"] == 3, done.stderr
    yield place.folder / "kept.zip"


def followers(place: Place) -> float:
    done = place.yunce("query", "new_followers", *MAY, "--json")
    return float(json.loads(done.stdout)["rows"][0]["value"])


def test_everything_comes_back(kept: Path, place: Place) -> None:
    done = place.yunce("restore", kept, "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["aside"] is None
    assert followers(place) == 15000
    assert (place.data / "uploads" / "ab" / "abcd").read_text() == "raw"


def test_a_folder_with_data_is_kept_unless_forced(kept: Path, place: Place) -> None:
    place.data.mkdir()
    (place.data / "mine.txt").write_text("mine")
    refused = place.yunce("restore", kept)
    assert refused.returncode == 1
    assert "--force" in refused.stderr
    assert [path.name for path in place.data.iterdir()] == ["mine.txt"]


def test_forced_the_old_folder_is_kept_aside(kept: Path, place: Place) -> None:
    place.data.mkdir()
    (place.data / "mine.txt").write_text("mine")
    (place.data / "secret_key").write_text("the-old-key")
    done = place.yunce("restore", kept, "--force", "--json")
    assert done.returncode == 0, done.stderr
    aside = Path(json.loads(done.stdout)["aside"])
    assert (aside / "mine.txt").read_text() == "mine"
    assert (place.data / "secret_key").read_text() == "the-old-key"


def rewritten(kept: Path, target: Path, name: str, content: bytes) -> Path:
    with ZipFile(kept) as source, ZipFile(target, "w") as copy:
        for member in source.namelist():
            copy.writestr(member, content if member == name else source.read(member))
    return target


def with_manifest(kept: Path, target: Path, **changed: object) -> Path:
    with ZipFile(kept) as archive:
        said = json.loads(archive.read("manifest.json"))
    content = {name: value for name, value in {**said, **changed}.items() if value is not None}
    return rewritten(kept, target, "manifest.json", json.dumps(content).encode())


def test_a_changed_member_is_refused(kept: Path, place: Place) -> None:
    broken = rewritten(kept, place.folder / "broken.zip", "uploads/ab/abcd", b"rAw")
    done = place.yunce("restore", broken)
    assert done.returncode == 1
    assert "uploads/ab/abcd 的校验和不对" in done.stderr
    assert not place.data.exists()


def test_a_newer_version_is_refused(kept: Path, place: Place) -> None:
    done = place.yunce("restore", with_manifest(kept, place.folder / "newer.zip", version="99.0"))
    assert done.returncode == 1
    assert "备份来自更新的版本 99.0" in done.stderr


def test_a_backup_with_steps_unknown_here_is_refused(kept: Path, place: Place) -> None:
    later = {"facts": "9999_later", "auth": "0001_initial"}
    done = place.yunce("restore", with_manifest(kept, place.folder / "later.zip", migrations=later))
    assert done.returncode == 1
    assert "它的数据库做过这里没有的升级步骤：facts.9999_later。请先升级运策再恢复" in done.stderr
    assert not place.data.exists()


def test_a_backup_names_the_last_step_of_every_app(kept: Path) -> None:
    with ZipFile(kept) as archive:
        steps = json.loads(archive.read("manifest.json"))["migrations"]
    assert {"auth", "facts", "goals"} <= steps.keys()
    assert steps["auth"] == "0012_alter_user_first_name_max_length"


def test_an_older_backup_without_steps_is_restored(kept: Path, place: Place) -> None:
    older = with_manifest(kept, place.folder / "older.zip", migrations=None)
    assert place.yunce("restore", older).returncode == 0
    assert followers(place) == 15000


def test_a_damaged_file_leaves_the_data_folder_alone(kept: Path, place: Place) -> None:
    place.data.mkdir()
    (place.data / "mine.txt").write_text("mine")
    content = bytearray(kept.read_bytes())
    with ZipFile(kept) as archive:
        start = archive.getinfo("facts.duckdb").header_offset
    content[start + 2000] ^= 0xFF
    damaged = place.folder / "damaged.zip"
    damaged.write_bytes(content)
    done = place.yunce("restore", damaged, "--force")
    assert (done.returncode, "facts.duckdb 的校验和不对" in done.stderr) == (1, True)
    assert [path.name for path in place.data.iterdir()] == ["mine.txt"]
    assert not list(place.folder.glob(".data-*"))


def test_a_file_that_is_no_backup_is_refused(place: Place) -> None:
    (place.folder / "notes.txt").write_text("notes")
    for name in ("notes.txt", "missing.zip"):
        done = place.yunce("restore", place.folder / name)
        assert done.returncode == 1
        assert "不是运策的备份文件" in done.stderr


def test_nothing_is_restored_under_a_running_server(kept: Path, served: Served) -> None:
    done = served.place.yunce("restore", kept, "--force")
    assert done.returncode == 1
    assert "请先停掉它" in done.stderr


def test_a_backup_is_for_its_owner_only(kept: Path) -> None:
    assert kept.stat().st_mode & 0o077 == 0
    with ZipFile(kept) as archive:
        assert "secret_key" not in archive.namelist()
