"""The long part: ``python -m tests.fuzz MINUTES [SEED]`` damages files until the time is over.

A process of limited memory does the reading, so that a reader that hangs, balloons or takes its
process down is found out as well. What it was reading is kept under build/fuzz/. With atheris
installed, ``python -m tests.fuzz atheris [libFuzzer's options]`` lets coverage lead.
"""

from __future__ import annotations

import resource
import signal
import sys
import time
import traceback
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random

from tests.fuzz.claim import holds
from tests.fuzz.corpus import corpus
from tests.fuzz.damage import damaged

KEPT = Path("build/fuzz")
SLOWEST = 10  # seconds of work a file may take
HANGING = 60  # seconds without a word
MEMORY = 1536 * 1024 * 1024  # bytes of addresses
BATCH = 500


def main(minutes: float, seed: int) -> int:
    KEPT.mkdir(parents=True, exist_ok=True)
    end, done, found = time.monotonic() + minutes * 60, 0, 0
    while time.monotonic() < end:
        read, failed = _batch(seed + done)
        done += read
        found += failed
        print(f"{done:,} files, {found} findings", flush=True)
    return min(found, 1)


def _batch(first: int) -> tuple[int, int]:
    """Seeds from here on, until the batch is done or one breaks the process: (read, findings)."""
    near, far = get_context("fork").Pipe()
    process = get_context("fork").Process(target=_read_all, args=(first, far))
    process.start()
    far.close()
    seed, findings = first - 1, 0
    try:
        while near.poll(HANGING):
            said = near.recv()
            if isinstance(said, str):
                _keep(seed, said)
                findings += 1
            elif said < 0:
                return BATCH, findings
            else:
                seed = said
    except EOFError:
        pass
    process.kill()
    process.join()
    _keep(seed, f"the process hung or died ({process.exitcode})")
    return seed - first + 1, findings + 1


def _keep(seed: int, said: str) -> None:
    name, content = damaged(Random(seed))
    (KEPT / f"{seed}.bin").write_bytes(content)
    (KEPT / f"{seed}.txt").write_text(f"{name}\n{said}\n")
    print(f"seed {seed}, {name}: {said.strip().splitlines()[-1]}", flush=True)


def _read_all(first: int, parent: Connection) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    signal.signal(signal.SIGVTALRM, _too_slow)
    for seed in range(first, first + BATCH):
        parent.send(seed)
        signal.setitimer(signal.ITIMER_VIRTUAL, SLOWEST)
        try:
            holds(*damaged(Random(seed)))
        except BaseException:
            parent.send(traceback.format_exc())
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    parent.send(-1)


def _too_slow(_signal: int, _frame: object) -> None:
    raise TimeoutError(f"more than {SLOWEST} s")


def led_by_coverage(options: list[str]) -> None:
    import atheris

    folder = KEPT / "corpus"
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in corpus().items():
        (folder / name).write_bytes(content)
    atheris.instrument_all()
    atheris.Setup([sys.argv[0], *options, str(folder)], lambda data: holds("x", data) and None)
    atheris.Fuzz()


if __name__ == "__main__":
    if sys.argv[1:2] == ["atheris"]:
        led_by_coverage(sys.argv[2:])
    else:
        sys.exit(main(float(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 0))
