"""How long a large site takes to make, to open and to filter, over invented data.

    python benchmarks/site.py [UNITS] [ENTRIES]

Wanted: ten thousand units filter in under 100 ms in the browser, drawing included; style and script
are under 300 KB. Needs playwright and Debian's chromium for what happens in the browser.
"""

from __future__ import annotations

import json
import random
import shutil
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from tracker.lang import countries, vocabulary
from tracker.load.files import load
from tracker.model import ActionStatus
from tracker.render.site import site

PER_MANDATE, PER_CYCLE = 50, 1000
WORDS = [
    "States",
    "training",
    "courts",
    "customs",
    "border",
    "police",
    "data",
    "assets",
    "transit",
    "evidence",
    "funds",
]
CHINESE = "各国培训法院海关边境警察数据资产资金过境证据法律报告合作机制措施能力建设"
# What a reader does, and the fields it fills.
CHOICES = {
    "everything": {},
    "a word": {"q": "customs"},
    "two words": {"q": "customs transit"},
    "Chinese": {"q": "海关边境"},
    "a word that nothing has": {"q": "zzz"},
    "a status": {"status": "planned"},
    "an addressee": {"addressee": "member-states"},
    "a mandate": {"mandate": "ga-70-7"},
    "a country": {"country": "KEN"},
    "a period": {"from": "2012", "to": "2013"},
    "all of these": {
        "q": "customs",
        "status": "reported",
        "addressee": "member-states",
        "country": "KEN",
        "from": "2012",
    },
}
FILL = """choice => {
    const fields = document.getElementById("finder").elements;
    for (const name of ["q", "status", "addressee", "mandate", "country", "report", "from", "to"])
        fields[name].value = choice[name] || "";
    const started = performance.now();
    window.trackerShow();
    document.body.getBoundingClientRect();
    return performance.now() - started;
}"""


def invent(root: Path, units: int, entries: int) -> None:
    """Write a workspace of some size, the same each time."""
    dice = random.Random(7)  # noqa: S311  # not for secrets
    addressees, codes = vocabulary("addressees"), list(countries())
    mandates = [f"ga-70-{number}" for number in range(units // PER_MANDATE)]
    for name in mandates:
        nodes = [_paragraph(str(n + 1), dice, dice.choice(addressees)) for n in range(PER_MANDATE)]
        title = _text(dice, 8)
        _write(root / "mandates" / f"{name}.yaml", {"symbol": name, "title": title, "paragraphs": nodes})
    for place in range(max(1, entries // PER_CYCLE)):
        folder = root / "reports" / f"{2000 + place}-cnd-{40 + place}"
        made = [_entry(f"entry-{place}-{n}", 2000 + place, units, codes, dice) for n in range(min(entries, PER_CYCLE))]
        _write(folder / "report.yaml", _brief(2000 + place, mandates[place * 8 : place * 8 + 8]))
        _write(folder / "evidence" / "all.yaml", made)


def _write(file: Path, value: object) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    # JSON is YAML too.
    file.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")


def _text(dice: random.Random, words: int) -> dict[str, str]:
    return {"en": " ".join(dice.choices(WORDS, k=words)), "zh": "".join(dice.choices(CHINESE, k=words * 2))}


def _paragraph(number: str, dice: random.Random, addressee: str) -> dict[str, Any]:
    words = {"gist": _text(dice, 10), "text": _text(dice, 60)}
    return {"number": number, "verb": "requests", "addressees": [addressee], **words}


def _entry(name: str, year: int, units: int, codes: list[str], dice: random.Random) -> dict[str, Any]:
    unit = dice.randrange(units)
    return {
        "id": name,
        "type": dice.choice(vocabulary("types")),
        "summary": _text(dice, 60),
        "title": _text(dice, 6),
        "status": dice.choice([status.value for status in ActionStatus]),
        "date": f"{year}-{dice.randint(1, 12):02}",
        "by": [dice.choice(("unodc", *codes))],
        "countries": dice.sample(codes, 2),
        "addresses": [f"ga-70-{unit // PER_MANDATE}:{unit % PER_MANDATE + 1}"],
    }


def _brief(year: int, mandates: list[str]) -> dict[str, Any]:
    return {
        "title": {"en": "Invented", "zh": "编造"},
        "to": "cnd",
        "session": {"number": 40},
        "mandates": mandates,
        "entity": {"name": "unodc", "addressed_as": ["unodc"]},
        "period": str(year),
        "languages": ["en", "zh"],
    }


def in_browser(folder: Path) -> None:
    """Open the site in Chromium and print what a reader waits for."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  # the first half runs without it

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page: Any = browser.new_page()
        started = time.perf_counter()
        page.goto((folder / "index.html").as_uri())
        page.wait_for_selector("#results li")
        print(f"{(time.perf_counter() - started) * 1000:6.0f} ms  until the overview and its list are there")
        page.evaluate("document.getElementById('q').focus()")
        page.wait_for_function("() => window.trackerTexts")
        for kind in ("units", "entries"):
            page.check(f"input[value={kind}]")
            for name, choice in CHOICES.items():
                taken = [page.evaluate(FILL, choice) for _ in range(9)]
                found = page.text_content("#found")
                print(f"{median(taken):6.1f} ms  (slowest {max(taken):5.1f})  {name}: {found}")
        browser.close()


def main() -> None:
    """Make the site, print its size, and open it."""
    units, entries = (int(word) for word in (sys.argv[1:] + ["10000", "25000"][len(sys.argv[1:]) :]))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "site"
        invent(Path(name), units, entries)
        started = time.perf_counter()
        ws = load(Path(name))
        print(f"{time.perf_counter() - started:6.1f} s   until the workspace is read")
        sizes: dict[str, int] = {}
        for path, data in site(ws, None, "en", clean=False):
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(data)
            sizes[path] = len(data)
        taken = time.perf_counter() - started
        size = sum(sizes.values()) / 1e6
        print(f"{taken:6.1f} s   for {units} units, {entries} entries: {len(sizes)} files, {size:.0f} MB")
        for path in ("style.css", "site.js", "index.html", "data.js", "texts.js"):
            print(f"{sizes[path] / 1000:8.0f} KB  {path}")
        in_browser(folder)


if __name__ == "__main__":
    main()
