"""What the operator sets: every YUNCE_* variable is read here and nowhere else."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

DEFAULT_HOSTS = "127.0.0.1,localhost,[::1]"


@dataclass(frozen=True)
class Environment:
    """The settings as written; `config.checks` says what is wrong with them."""

    data: Path  # folder for everything Yunce keeps (YUNCE_DATA)
    facts_url: str  # where metric facts live (YUNCE_FACTS_URL)
    host: str  # address the server listens on (YUNCE_HOST)
    port: str  # its port, as typed (YUNCE_PORT)
    allowed_hosts: tuple[str, ...]  # names the server answers to (YUNCE_ALLOWED_HOSTS)
    public_url: str  # how people reach it, e.g. https://yunce.example.cn (YUNCE_URL)
    static_root: Path  # collected static files (YUNCE_STATIC)
    threads: str  # web threads, as typed (YUNCE_THREADS)
    inbox: Path | None  # a folder whose files are brought in by themselves (YUNCE_INBOX)
    inbox_settle: str  # seconds a file there must not change first (YUNCE_INBOX_SETTLE)
    daily_check: str  # when missing data is looked for, as typed: 10:00 (YUNCE_DAILY_CHECK)

    @property
    def database(self) -> Path:
        return self.data / "yunce.sqlite3"

    @property
    def announcement(self) -> Path:
        """Where a running server says how to reach it."""
        return self.data / "server.json"

    @property
    def backups(self) -> Path:
        return self.data / "backups"

    @property
    def uploads(self) -> Path:
        return self.data / "uploads"

    @property
    def has_local_facts(self) -> bool:
        """DuckDB allows one writing process; other stores take any number."""
        return self.facts_url.startswith("duckdb:")

    @property
    def has_facts_inside(self) -> bool:
        """The facts are a file of the data folder and go wherever the folder goes."""
        return self.facts_url == _facts_inside(self.data)

    @property
    def secret_file(self) -> Path:
        return self.data / "secret_key"

    def secret_key(self) -> str:
        """The kept key, or a passing one when no data folder has been prepared yet."""
        if self.secret_file.is_file():
            return self.secret_file.read_text().strip()
        return _random_key()


def read_environment() -> Environment:
    data = Path(os.environ.get("YUNCE_DATA", "data")).expanduser().absolute()
    repository = Path(__file__).resolve().parents[3]
    return Environment(
        data=data,
        facts_url=os.environ.get("YUNCE_FACTS_URL") or _facts_inside(data),
        host=os.environ.get("YUNCE_HOST", "127.0.0.1"),
        port=os.environ.get("YUNCE_PORT", "8000"),
        allowed_hosts=tuple(os.environ.get("YUNCE_ALLOWED_HOSTS", DEFAULT_HOSTS).split(",")),
        public_url=os.environ.get("YUNCE_URL", "").rstrip("/"),
        static_root=Path(os.environ.get("YUNCE_STATIC", repository / "build" / "static")),
        threads=os.environ.get("YUNCE_THREADS", "8"),
        inbox=_folder(os.environ.get("YUNCE_INBOX", "")),
        inbox_settle=os.environ.get("YUNCE_INBOX_SETTLE", "10"),
        daily_check=os.environ.get("YUNCE_DAILY_CHECK") or "10:00",
    )


def _folder(written: str) -> Path | None:
    return Path(written).expanduser().absolute() if written else None


def _facts_inside(data: Path) -> str:
    return f"duckdb:///{data / 'facts.duckdb'}"


def prepare_data_folder(environment: Environment) -> None:
    """Make the data folder and its secret key (readable by its owner only)."""
    environment.data.mkdir(parents=True, exist_ok=True)
    if not environment.secret_file.exists():
        # Whole or absent: an empty key would keep every later start from working.
        unfinished = environment.data / f".secret_key.{os.getpid()}"
        unfinished.touch(mode=0o600)
        unfinished.write_text(_random_key())
        unfinished.replace(environment.secret_file)


def _random_key() -> str:
    """As long as Django's own; made without importing Django, which commands start without."""
    return secrets.token_urlsafe(48)
