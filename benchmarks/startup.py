"""How long a command takes to start, as a ratio to `import typer`: medians of interleaved runs.

    python benchmarks/startup.py [RUNS]

Wanted: `tracker --help` at most 1.6 times, `tracker gaps --report 2013-ccpcj-22 --format json` at
most 2.5 times `python -c "import typer"`.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[1]
FLOOR = "import typer"
WANTED = {"tracker --help": 1.6, "tracker gaps --report 2013-ccpcj-22 --format json": 2.5}


def main() -> None:
    """Run every command in turn, several times over, and print the ratios."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 21
    commands = {FLOOR: [sys.executable, "-c", FLOOR]}
    commands |= {line: [sys.executable, "-m", *line.split()] for line in WANTED}
    seconds: dict[str, list[float]] = {line: [] for line in commands}
    # Installed packages are compiled; a first run does the same for a checkout.
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    for number in range(runs + 1):
        for line, command in commands.items():
            started = time.perf_counter()
            subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, check=True)
            if number:
                seconds[line].append(time.perf_counter() - started)
    floor = median(seconds[FLOOR])
    for line, taken in seconds.items():
        wanted = f"   wanted: at most {WANTED[line]}" if line in WANTED else ""
        print(f"{median(taken) / floor:5.2f} x  {median(taken) * 1000:5.0f} ms  {line}{wanted}")


if __name__ == "__main__":
    main()
