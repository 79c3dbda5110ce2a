"""Everything a change must pass, in the order that fails fastest: lint, format, walls, types, tests."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

BIN = Path(sys.executable).parent

STEPS = (
    ("lint", ("ruff", "check", "src", "tests", "benchmarks")),
    ("format", ("ruff", "format", "--check", "src", "tests", "benchmarks")),
    ("walls", ("lint-imports",)),
    ("types", ("mypy",)),
    ("tests", ("pytest", "-m", "not slow", "-n", "2", "--dist", "loadfile")),
)


def main() -> int:
    failed = []
    for name, command in STEPS:
        began = time.monotonic()
        done = subprocess.run([str(BIN / command[0]), *command[1:]], check=False)
        outcome = "ok" if done.returncode == 0 else "FAILED"
        sys.stdout.write(f"{name}: {outcome} ({time.monotonic() - began:.0f} s)\n")
        sys.stdout.flush()
        if done.returncode:
            failed.append(name)
    if failed:
        sys.stdout.write("failed: " + ", ".join(failed) + "\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
