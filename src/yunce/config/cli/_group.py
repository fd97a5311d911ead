"""Finding the commands and telling errors: one sentence on stderr, never a traceback."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

import click

from yunce import __version__
from yunce.config import cli
from yunce.config.cli._telling import tell_error, usage_sentence
from yunce.config.failures import EXIT_USAGE, WorkError
from yunce.kit.wording import gettext as _

EXIT_INTERRUPTED = 130  # as a shell reports Ctrl+C


class Commands(click.Group):
    """A command is imported when it is named, so that `--help` stays quick.

    A module cannot be called `import`: a trailing `_` is no part of a command's name.
    """

    def list_commands(self, ctx: click.Context) -> list[str]:
        modules = (module.name for module in iter_modules(cli.__path__))
        return sorted(
            name.rstrip("_") for name in modules if not name.startswith("_") and name != "tests"
        )

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.list_commands(ctx):
            return None
        module = cmd_name + "_" if cmd_name == "import" else cmd_name
        command = import_module(f"{cli.__name__}.{module}").command
        return command if isinstance(command, click.Command) else None

    def main(self, args: Sequence[str] | None = None, *rest: Any, **options: Any) -> Any:
        """Run and leave with an exit code: 0 done, 1 failed, 2 wrong usage, 3 partly failed."""
        arguments = list(sys.argv[1:] if args is None else args)
        options["standalone_mode"] = False
        try:
            code = super().main(arguments, *rest, **options)
        except click.UsageError as error:
            tell_error(usage_sentence(error), as_json="--json" in arguments)
            code = EXIT_USAGE
        except click.ClickException as error:
            tell_error(error.format_message(), as_json="--json" in arguments)
            code = error.exit_code
        except WorkError as error:
            tell_error(str(error), as_json="--json" in arguments)
            code = error.exit_code
        except (click.Abort, KeyboardInterrupt):
            code = EXIT_INTERRUPTED
        except BrokenPipeError:
            # The reader of our output left (`yunce query … | head`): nothing more to say.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            code = 0
        sys.exit(code if isinstance(code, int) else 0)


main = Commands(
    name="yunce",
    help=_("运策：新媒体运营团队的一个月，从目标到下个月的目标。"),
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
main = click.version_option(__version__, prog_name="yunce", message="%(prog)s %(version)s")(main)
