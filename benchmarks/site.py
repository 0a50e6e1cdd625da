"""How long a large site takes to make, to open and to filter, over invented data.

    python benchmarks/site.py [UNITS] [ENTRIES]

Wanted: ten thousand units filter in under 100 ms in the browser, drawing included; style and script
are under 300 KB. Needs playwright and Debian's chromium for what happens in the browser.
"""

from __future__ import annotations

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
from tracker.load.workspace import Cycle, Workspace
from tracker.model import ActionStatus, Brief, Entity, Entry, Mandate, Paragraph, Session
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


def invented(units: int, entries: int) -> Workspace:
    """Return a workspace of some size, the same each time."""
    dice = random.Random(7)  # noqa: S311  # not for secrets
    ws = Workspace(Path())
    addressees, codes = vocabulary("addressees"), list(countries())
    for number in range(units // PER_MANDATE):
        name = f"ga-70-{number}"
        nodes = tuple(_paragraph(str(n + 1), dice, dice.choice(addressees)) for n in range(PER_MANDATE))
        ws.mandates[name] = Mandate(id=name, symbol=f"A/RES/70/{number}", title=_text(dice, 8), paragraphs=nodes)
    for place in range(max(1, entries // PER_CYCLE)):
        cycle = f"{2000 + place}-cnd-{40 + place}"
        made = tuple(_entry(f"entry-{place}-{n}", cycle, units, codes, dice) for n in range(min(entries, PER_CYCLE)))
        ws.entries |= {entry.id: entry for entry in made}
        ws.cycles[cycle] = Cycle(_brief(cycle, 2000 + place, tuple(ws.mandates)[place * 8 : place * 8 + 8]), made)
    return ws


def _text(dice: random.Random, words: int) -> dict[str, str]:
    return {"en": " ".join(dice.choices(WORDS, k=words)), "zh": "".join(dice.choices(CHINESE, k=words * 2))}


def _paragraph(number: str, dice: random.Random, addressee: str) -> Paragraph:
    return Paragraph(
        number=number, verb="requests", addressees=(addressee,), gist=_text(dice, 10), text=_text(dice, 60)
    )


def _entry(name: str, cycle: str, units: int, codes: list[str], dice: random.Random) -> Entry:
    unit = dice.randrange(units)
    return Entry(
        id=name,
        cycle=cycle,
        type=dice.choice(vocabulary("types")),
        summary=_text(dice, 60),
        title=_text(dice, 6),
        status=dice.choice(list(ActionStatus)),
        date=f"{cycle[:4]}-{dice.randint(1, 12):02}",
        by=(dice.choice(("unodc", *codes)),),
        countries=tuple(dice.sample(codes, 2)),
        addresses=(f"ga-70-{unit // PER_MANDATE}:{unit % PER_MANDATE + 1}",),
    )


def _brief(name: str, year: int, mandates: tuple[str, ...]) -> Brief:
    return Brief(
        id=name,
        title={"en": "Invented", "zh": "编造"},
        to="cnd",
        session=Session(number=40),
        mandates=mandates,
        entity=Entity(name="unodc", addressed_as=("unodc",)),
        period=f"{year}",
        languages=("en", "zh"),
    )


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
    ws = invented(units, entries)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        started = time.perf_counter()
        sizes: dict[str, int] = {}
        for path, data in site(ws, None, "en", clean=False):
            (folder / path).parent.mkdir(exist_ok=True)
            (folder / path).write_bytes(data)
            sizes[path] = len(data)
        taken = time.perf_counter() - started
        print(
            f"{units} units, {entries} entries: {len(sizes)} files, {sum(sizes.values()) / 1e6:.0f} MB, {taken:.1f} s"
        )
        for path in ("style.css", "site.js", "index.html", "data.js", "texts.js"):
            print(f"{sizes[path] / 1000:8.0f} KB  {path}")
        in_browser(folder)


if __name__ == "__main__":
    main()
