"""What each package costs that the tool itself needs: licence, size on disk, and time to import after `typer`.

    python benchmarks/dependencies.py [RUNS]

The time is the median of interleaved runs, each in a process of its own, as a ratio to `import typer`.
"""

from __future__ import annotations

import re
import subprocess
import sys
import time
import tomllib
from importlib.metadata import distribution, packages_distributions
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[1]


def main() -> None:
    """Print a row a package, as the table in docs/dependencies.md has them."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    names = needed()
    seconds: dict[str, list[float]] = {name: [] for name in ("python", *names)}
    for _ in range(runs):
        for name, taken in seconds.items():
            taken.append(imported(name))
    floor = median(seconds["python"])
    typer = median(seconds["typer"]) - floor
    print("| package | version | licence | size | import |\n|---|---|---|---|---|")
    for name in names:
        found = distribution(name)
        share = (median(seconds[name]) - floor) / typer
        print(f"| {name} | {found.version} | {licence(name)} | {size(name) / 1e6:.1f} MB | {share:.2f} x typer |")


def needed() -> list[str]:
    """Return the packages that pyproject.toml names for every user."""
    listed = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    return [re.split(r"[<>=]", line)[0] for line in listed]


def imported(name: str) -> float:
    """Return the seconds a process takes that imports one package; `python` stands for none."""
    code = "pass" if name == "python" else f"import {module(name)}"
    started = time.perf_counter()
    subprocess.run([sys.executable, "-c", code], check=True)
    return time.perf_counter() - started


def module(name: str) -> str:
    """Return the module that a package is imported by."""
    modules = packages_distributions().items()
    found = [one for one, owners in modules if any(owner.lower() == name.lower() for owner in owners)]
    return next(one for one in found if not one.startswith("_"))


def licence(name: str) -> str:
    """Return the licence a package states in its metadata."""
    told = distribution(name).metadata
    classified = [line.rpartition(" :: ")[2] for line in told.get_all("Classifier") or () if "License ::" in line]
    stated = (*(told.get_all("License-Expression") or ()), *classified, *(told.get_all("License") or ()), "")
    return str(stated[0]).split("\n")[0]


def size(name: str) -> int:
    """Return the bytes a package takes on disk, without what it needs itself."""
    files = distribution(name).files or ()
    paths = (Path(str(one.locate())) for one in files if not one.name.endswith(".pyc"))
    return sum(path.stat().st_size for path in paths if path.exists())


if __name__ == "__main__":
    main()
