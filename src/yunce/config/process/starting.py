"""From an empty or an old data folder to one that can be worked in."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import django

from yunce.config.environment import Environment, prepare_data_folder, read_environment
from yunce.config.failures import WorkError
from yunce.config.keeping.swapping import finish
from yunce.kit.wording import gettext as _

if TYPE_CHECKING:
    from django.core.checks import CheckMessage
    from django.db.migrations.loader import MigrationLoader

    from yunce.ground.teams.models import User

SIGN_IN_LINK_PAGE = "teams:link"


def set_up_django() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yunce.config.settings")
    django.setup()


def start_for_command(*, may_create: bool, facts: bool = True) -> None:
    """Make this process ready to do a command's work itself."""
    environment = read_environment()
    finish(environment.data)
    if not may_create and not environment.database.exists():
        raise WorkError(
            _("数据文件夹 %(folder)s 里还没有运策的数据。请先运行 yunce serve 或 yunce demo，")
            % {"folder": environment.data}
            + _("或用环境变量 YUNCE_DATA 指明数据在哪里。")
        )
    prepare(environment)
    refuse_bad_settings(pages=False)
    migrate()
    if facts:
        mend()


def prepare(environment: Environment) -> None:
    """The data folder and its key, before Django reads the key; a folder that cannot be written
    is reported by the system checks, with a hint."""
    with suppress(OSError):
        finish(environment.data)
        prepare_data_folder(environment)
    set_up_django()


def refuse_bad_settings(*, pages: bool = True) -> None:
    """Without ``pages`` none of them is imported: that takes a third of a command's time."""
    from django.core import checks

    from yunce.config.checks import ENVIRONMENT

    found = checks.run_checks(tags=None if pages else [ENVIRONMENT])
    errors = [message for message in found if message.is_serious()]
    if errors:
        lines = [_finding(error) for error in errors]
        raise WorkError(_("设置有问题，没有启动：") + "\n" + "\n".join(lines))


def _finding(error: CheckMessage) -> str:
    hint = f"\n    → {error.hint}" if error.hint else ""
    return f"  {error.id} {error.msg}{hint}"


def refuse_missing_static_files() -> None:
    """Pages name their style sheets by the collected files' hashes: without them nothing shows."""
    from django.conf import settings

    folder = Path(settings.STATIC_ROOT)
    if not (folder / "staticfiles.json").is_file():
        raise WorkError(
            _("网页的静态文件还没有准备好（%(folder)s）。请先运行 make setup。")
            % {"folder": folder}
        )


def migrate() -> None:
    """Bring the database to this version's shape; quick when it is already there."""
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    refuse_newer_database(executor.loader)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", interactive=False, verbosity=0)


def refuse_newer_database(loader: MigrationLoader) -> None:
    """An older program must not write into a database whose rules it does not know."""
    from django.conf import settings

    from yunce.config.keeping.steps import listed, unknown_steps

    unknown = unknown_steps(loader.applied_migrations, loader=loader)
    if unknown:
        values = {"folder": settings.ENVIRONMENT.data, "steps": listed(unknown)}
        raise WorkError(
            _("数据文件夹 %(folder)s 被更新的运策用过，做过这里没有的升级步骤：%(steps)s。")
            % values
            + _("请换回更新的版本；要留在这个版本，请恢复升级前的备份。")
        )


def mend() -> int:
    """Clean up what a crash left half-done. Returns how many batches were mended."""
    from yunce.config.work import perform

    return int(perform("recover", {})["mended"])


def first_sign_in_link(environment: Environment) -> str | None:
    """A link for the first owner, as long as nobody can sign in another way."""
    from yunce.ground.teams.actions import make_first_owner
    from yunce.ground.teams.models import User

    if any(user.has_usable_password() for user in User.objects.filter(is_active=True)):
        return None
    return sign_in_url(environment, make_first_owner())


def sign_in_url(environment: Environment, user: User) -> str:
    """A fresh one-time sign-in link of a person, as an address to open."""
    from django.urls import reverse

    from yunce.ground.teams.actions import make_sign_in_link

    path = reverse(SIGN_IN_LINK_PAGE, args=[make_sign_in_link(user=user)])
    return base_url(environment) + path


def base_url(environment: Environment) -> str:
    """How people reach this server: the public address if one is set."""
    if environment.public_url:
        return environment.public_url
    everywhere = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104
    host = everywhere.get(environment.host, environment.host)
    shown = f"[{host}]" if ":" in host else host
    return f"http://{shown}:{environment.port}"
