"""Whatever happens while a command writes, each file is the old one or the new one, whole, and the next run works.

Every command that writes is stopped at each write and at each move, runs on a full disk and where nothing may be
written, beside another of its kind, and against files that change meanwhile. `benchmarks/kill.py` kills them.
"""

from __future__ import annotations

import errno
import json
import os
import shlex
import shutil
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

import openpyxl
import pytest
from conftest import ROOT, TESTS, Said

from tracker.cli import site, writing
from tracker.cli.alone import alone_in
from tracker.cli.app import main
from tracker.cli.common import Stop

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    Tracker = Callable[[Path, str], Said]

pytestmark = pytest.mark.patient

WINDOWS = sys.platform == "win32"
EVIDENCE = "reports/2020-cnd-63/evidence/a.yaml"
ENTRIES = """\
- id: course-nairobi-2019
  type: training
  status: completed
  date: 2019-03
  by: [KEN]
  addresses: [cnd-61-9:2(a)]
  summary: {en: Kenya held a course for customs officers.}
- id: manual-2019
  type: tool
  status: completed
  date: 2019
  by: [unodc]
  addresses: []
  summary: {en: A manual was written.}
"""
MANDATE = """\
symbol: A/RES/99/1
adopted: 2044-12-01
title: {en: A title}
paragraphs:
  - number: 1
    text: {en: Decides.}
"""
ADD = "add evidence -r 2020-cnd-63 --type training --summary 'Judges were trained.'"
CHINESE = "99/1. 标题\n\n大会，\n\n1. 决定继续处理此案。\n"

WRITE = {
    "a draft": "draft 2020-cnd-63",
    "a draft in Word": "draft 2020-cnd-63 --output drafts/draft.docx",
    "a draft over another": "draft 2020-cnd-63 --output kept.md --force",
    "a matrix": "matrix --format csv --output out/matrix.csv",
    "a matrix in Excel": "matrix --output matrix.xlsx",
    "a list of gaps": "gaps --format md --output gaps.md",
    "a list of replies": "replies 2020-cnd-63 --format csv --output replies.csv",
    "the schemas": "schema --write",
    "a new workspace": "init begun",
    "a new mandate": "new mandate ga-66-177",
    "a new report": "new report 2022-cnd-65 --after 2020-cnd-63",
    "a new entry": "new entry course-2019 --report 2020-cnd-63",
    "an entry": f"{ADD} --id judges --file a.yaml",
    "the first entry of a file": f"{ADD} --id judges",
    "a link": "link course-nairobi-2019 3",
    "a link taken back": "unlink course-nairobi-2019 2.a",
    "a resolution": "import resolution resolution.txt --id ga-98-946",
    "a resolution in another language": "import resolution read.txt --into ga-99-1",
    "an earlier report": "import report report.txt --cycle 2031-cnd-74",
    "an earlier report over another": "import report report.txt --cycle 2030-cnd-73 --force",
    "a reply": "import workbook ken.xlsx --date 2019-10-30",
    "workbooks to fill in": "collect 2020-cnd-63 --respondent KEN --respondent CHN",
    "a site": "site --output pages",
    "a site over another": "site",
}
# They write over what is there because that is what they are for, or were told to.
OVER = {"a draft over another", "the schemas", "an earlier report over another", "a site over another"}
READ = (
    "",
    "check",
    "check --format json",
    "gaps",
    "gaps --format md",
    "matrix",
    "matrix --format json",
    "show cnd-61-9:2",
    "show course-nairobi-2019",
    "replies 2020-cnd-63",
    "suggest --report 2020-cnd-63",
    "draft 2020-cnd-63 --output -",
    "schema mandate",
    "link course-nairobi-2019 3 --dry-run",
    "import workbook ken.xlsx --date 2019-10-30 --dry-run",
    "import resolution read.txt --into ga-99-1 --dry-run",
)


@pytest.fixture
def tracker(monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]) -> Tracker:
    """Run a command line in a workspace, in this process."""
    monkeypatch.delenv("TRACKER_LANGUAGE", raising=False)

    def called(at: Path, line: str) -> Said:
        monkeypatch.chdir(at)
        monkeypatch.setattr(sys, "argv", ["tracker", *shlex.split(line)])
        code = ended()
        out, err = capsysbinary.readouterr()
        return Said(code, out.decode(), err.decode())

    return called


def ended() -> int:
    """Run the command of `sys.argv`, and return its exit code."""
    with pytest.raises(SystemExit) as end:
        main()
    assert isinstance(end.value.code, int | None)
    return end.value.code or 0


@pytest.fixture(scope="session")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the workspace that every command is tried on, with a site, a draft and an import that are out of date."""
    root = tmp_path_factory.mktemp("base")
    shutil.copytree(TESTS / "workspaces" / "collect", root, dirs_exist_ok=True)
    shutil.copy(TESTS / "intake" / "reports" / "made-up" / "en.txt", root / "report.txt")
    shutil.copy(TESTS / "intake" / "resolutions" / "formats.txt", root / "resolution.txt")
    (root / "read.txt").write_text(CHINESE, encoding="utf-8")
    (root / "mandates" / "ga-99-1.yaml").write_text(MANDATE, encoding="utf-8")
    lines = ("site", "import report report.txt --cycle 2030-cnd-73", "collect 2020-cnd-63 --respondent KEN -o sent")
    one = Colleague()
    for line in (*lines, "draft 2020-cnd-63 -o kept.md"):
        one.tell(root, line)
        assert one.hear() == 0
    one.end()
    for file in (root / "reports" / "2030-cnd-73").rglob("*.yaml"):
        file.write_bytes(file.read_bytes() + b"# Looked at by A.\n")
    fill(root / "sent" / "2020-cnd-63-ken.xlsx", root / "ken.xlsx")
    (root / EVIDENCE).parent.mkdir(exist_ok=True)
    (root / EVIDENCE).write_text(ENTRIES, encoding="utf-8")
    return root


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH", "")]))}


def fill(sent: Path, filled: Path) -> None:
    book: Any = openpyxl.load_workbook(sent)
    for cell, text in (("E2", "Kenya opened a school."), ("F2", "institution"), ("G2", "completed"), ("H2", "2019")):
        book["Reply"][cell] = text
    book.save(filled)


def contents(folder: Path) -> dict[str, bytes]:
    """Return the bytes of every file, by its place."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def changed(before: dict[str, bytes], after: dict[str, bytes]) -> set[str]:
    """Return the files that came, went, or are no longer the same."""
    return {name for name in before | after if before.get(name) != after.get(name)}


class Fault(NamedTuple):
    """At which put or move to fail: before anything is done, or late, in the middle of a put or after a move."""

    what: str
    at: int
    late: bool


class Doubles:
    """Stand in for the one function that puts bytes on the disk, and for moving: counting, or failing at one."""

    def __init__(self) -> None:
        """Count only, at first."""
        self.meanwhile: Callable[[], object] | None = None
        self._put = writing.put
        self.begin()

    def begin(self, fault: Fault | None = None) -> None:
        """Count from nothing, and fail where it is said."""
        self.counts = {"put": 0, "move": 0}
        self._fault = fault

    def put(self, file: Path, data: bytes, *, lasting: bool = True) -> None:
        """Put bytes, or half of them."""
        self.counts["put"] += 1
        if self._is_now("put", late=False):
            raise OSError(errno.EACCES, "Permission denied", str(file))
        if self._is_now("put", late=True):
            file.write_bytes(data[: len(data) // 2])
            raise OSError(errno.ENOSPC, "No space left on device")
        self._put(file, data, lasting=lasting)
        if self.meanwhile:
            self.meanwhile()

    def moving(self, move: Callable[..., None]) -> Callable[..., None]:
        """Return a double of a function that moves files."""

        def moved(*given: Any, **named: Any) -> None:
            self.counts["move"] += 1
            if self._is_now("move", late=False):
                raise OSError(errno.EIO, "Input/output error")
            move(*given, **named)
            if self._is_now("move", late=True):
                raise OSError(errno.EIO, "Input/output error")

        return moved

    def _is_now(self, what: str, *, late: bool) -> bool:
        return self._fault == (what, self.counts[what], late)


@pytest.fixture
def doubles(monkeypatch: pytest.MonkeyPatch) -> Doubles:
    made = Doubles()
    for module in (writing, site):
        monkeypatch.setattr(module, "put", made.put)
    for name in ("replace", "rename"):
        monkeypatch.setattr(os, name, made.moving(getattr(os, name)))
    return made


class Made(NamedTuple):
    """What a command makes of the workspace when nothing happens."""

    before: dict[str, bytes]
    after: dict[str, bytes]


def undisturbed(base: Path, room: Path, tracker: Tracker, line: str) -> Made:
    shutil.copytree(base, room / "undisturbed")
    assert tracker(room / "undisturbed", line).code == 0
    return Made(contents(base), contents(room / "undisturbed"))


def fresh(base: Path, room: Path) -> Path:
    shutil.rmtree(room / "ws", ignore_errors=True)
    return shutil.copytree(base, room / "ws")


@pytest.mark.parametrize("name", WRITE)
def test_a_write_that_fails(name: str, base: Path, tmp_path: Path, tracker: Tracker, doubles: Doubles) -> None:
    line = WRITE[name]
    made = undisturbed(base, tmp_path, tracker, line)
    counts = dict(doubles.counts)
    assert counts["put"] > 0
    assert counts["move"] > 0
    for case in (Fault(what, at + 1, late) for what in counts for at in range(counts[what]) for late in (False, True)):
        root = fresh(base, tmp_path)
        doubles.begin(case)
        said = tracker(root, line)
        doubles.begin()
        check_refusal(said, case)
        check_whole(root, made)
        if contents(root) != made.after:
            assert tracker(root, line).code == 0, case
            assert changed(contents(root), made.after) == set(), case


def check_refusal(said: Said, case: object) -> None:
    """Assert that a reason is given, and what to do, on lines of their own."""
    first, *rest = said.err[said.err.index("tracker: ") :].splitlines()
    assert said.code == 2, case
    assert " could not be written: " in first, case
    assert rest, case
    assert all(one.startswith("  ") for one in rest), case


def check_whole(root: Path, made: Made) -> None:
    """Assert that each file is the old or the new one, and that there is no other."""
    held = contents(root)
    for name in made.before | made.after | held:
        assert held.get(name) in (made.before.get(name), made.after.get(name)), name


def test_how_far_it_came_is_said(base: Path, tmp_path: Path, tracker: Tracker, doubles: Doubles) -> None:
    said = {}
    for line in ("schema --write", "init begun", "import workbook ken.xlsx --date 2019-10-30", "site"):
        doubles.begin(Fault("move", 3, late=False))
        said[line] = tracker(fresh(base, tmp_path), line).err.replace(str(tmp_path), "…")
    assert said == {
        "schema --write": (
            "tracker: schemas/entries.json could not be written: Input/output error\n"
            "  2 of 4 files were written: schemas/mandate.json, schemas/report.json\n"
            "  look whether the disk has room, the folder can be written to, and no other program has the file open\n"
        ),
        "init begun": (
            "tracker: begun/reports/2025-cnd-99/evidence/training.yaml could not be written: Input/output error\n"
            "  2 of 9 files were written: begun/README.md, begun/mandates/cnd-99-1.yaml\n"
            "  look whether the disk has room, the folder can be written to, and no other program has the file open\n"
        ),
        "import workbook ken.xlsx --date 2019-10-30": (
            "reports/documents.yaml\n"
            "reports/2020-cnd-63/evidence/replies-ken.yaml\n"
            "tracker: reports/2020-cnd-63/replies/ken.json could not be written: Input/output error\n"
            "  2 of 3 files were written: reports/documents.yaml, reports/2020-cnd-63/evidence/replies-ken.yaml\n"
            "  look whether the disk has room, the folder can be written to, and no other program has the file open\n"
        ),
        "site": (
            "tracker: site/mandate/cnd-61-9.html could not be written: Input/output error\n"
            "  1 of 27 files are new, the others as they were: run the command again\n"
            "  look whether the disk has room, the folder can be written to, and no other program has the file open\n"
        ),
    }


@pytest.mark.parametrize("name", [name for name in WRITE if name not in OVER])
def test_a_file_that_changes_meanwhile(
    name: str, base: Path, tmp_path: Path, tracker: Tracker, doubles: Doubles
) -> None:
    made = undisturbed(base, tmp_path, tracker, WRITE[name])
    root = fresh(base, tmp_path)
    theirs = dict.fromkeys(changed(*made), b"# A colleague was here.\n")

    def meanwhile() -> None:
        doubles.meanwhile = None
        for file, data in theirs.items():
            (root / file).parent.mkdir(parents=True, exist_ok=True)
            (root / file).write_bytes(data)

    doubles.begin()
    doubles.meanwhile = meanwhile
    said = tracker(root, WRITE[name])
    assert said.code == 2
    reasons = ("has changed meanwhile", "is there already", "could not be written", "not of the site")
    assert any(reason in said.err for reason in reasons), said.err
    assert contents(root) == made.before | theirs


MOUNT, UNMOUNT = shutil.which("mount") or "", shutil.which("umount") or ""


@contextmanager
def mounted(at: Path, *words: str) -> Iterator[None]:
    """Mount something for a while, or skip where that is not allowed."""
    at.mkdir(exist_ok=True)
    if not MOUNT or subprocess.run([MOUNT, *words, at], capture_output=True, check=False).returncode:
        pytest.skip("nothing can be mounted here")
    try:
        yield
    finally:
        os.chdir(ROOT)
        subprocess.run([UNMOUNT, at], check=True)


def fill_up(filler: Path) -> None:
    """Write until the disk is full."""
    with filler.open("wb", buffering=0) as file:
        while True:
            file.write(b"\0" * 4096)


@contextmanager
def read_only(root: Path) -> Iterator[None]:
    """Let nobody write in a folder: rights bind all but the administrator, a mount binds everyone."""
    if not WINDOWS and os.geteuid() == 0:
        with mounted(root, "--bind", str(root)):
            subprocess.run([MOUNT, "-o", "remount,bind,ro", root], check=True)
            yield
        return
    folders = [root, *(path for path in root.rglob("*") if path.is_dir())]
    for folder in folders:
        folder.chmod(0o555)
    try:
        yield
    finally:
        for folder in folders:
            folder.chmod(0o755)


@pytest.mark.skipif(WINDOWS, reason="rights do not keep files from being made in a folder")
def test_a_folder_that_is_read_only(base: Path, tmp_path: Path, tracker: Tracker) -> None:
    root = fresh(base, tmp_path)
    before = contents(root)
    with read_only(root):
        for name, line in WRITE.items():
            said = tracker(root, line)
            last = said.err[said.err.index("tracker: ") :].splitlines()
            assert (said.code, len(last) >= 2) == (2, True), name
            assert "could not be written" in last[0] or "is read-only" in last[0], name
    assert contents(root) == before


@pytest.mark.skipif(WINDOWS, reason="nothing can be mounted")
@pytest.mark.parametrize("name", WRITE)
def test_a_disk_that_is_full(name: str, base: Path, tmp_path: Path, tracker: Tracker) -> None:
    made = undisturbed(base, tmp_path, tracker, WRITE[name])
    with mounted(tmp_path / "disk", "-t", "tmpfs", "-o", "size=8m", "tmpfs"):
        root = fresh(base, tmp_path / "disk")
        filler = tmp_path / "disk" / "filler"
        with pytest.raises(OSError, match="No space left"):
            fill_up(filler)
        check_refusal(tracker(root, WRITE[name]), name)
        check_whole(root, made)
        filler.unlink()
        assert tracker(root, WRITE[name]).code == 0
        assert changed(contents(root), made.after) == set()


class Colleague:
    """A process that has everything imported, and runs a command in a folder at the moment it is told."""

    def __init__(self) -> None:
        """Begin it."""
        self._process = subprocess.Popen(
            [sys.executable, "-c", "from test_nothing_lost import serve; serve()"],
            cwd=TESTS, env={**environment(), "PYTHONPATH": os.pathsep.join([str(ROOT), str(TESTS)])},
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        )  # fmt: skip

    def tell(self, root: Path, line: str) -> None:
        """Let it begin a command."""
        assert self._process.stdin
        self._process.stdin.write(json.dumps([str(root), line]) + "\n")
        self._process.stdin.flush()

    def hear(self) -> int:
        """Wait until the command has ended, and return its exit code."""
        assert self._process.stdout
        return int(self._process.stdout.readline())

    def end(self) -> None:
        """Send it home."""
        self._process.communicate()


def serve() -> None:
    """Run commands as they are told, each line a folder and a command."""
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    for told in sys.stdin:
        root, line = json.loads(told)
        os.chdir(root)
        sys.argv = ["tracker", *shlex.split(line)]
        print(ended(), file=answers, flush=True)


@pytest.fixture(scope="module")
def colleagues() -> Iterator[tuple[Colleague, Colleague]]:
    two = Colleague(), Colleague()
    yield two
    for one in two:
        one.end()


AT_ONCE = {
    "two entries of a file are linked": ("link course-nairobi-2019 3", "link manual-2019 2.b", 20),
    "two entries are added to a file": (f"{ADD} --id one", f"{ADD} --id two", 20),
    "one is linked and one added": ("link manual-2019 3", f"{ADD} --id one --file a.yaml", 5),
    "an entry is linked and unlinked": ("link course-nairobi-2019 3", "unlink course-nairobi-2019 2.a", 5),
    "two entries with one id": (f"{ADD} --id one --file b.yaml", f"{ADD} --id one --file c.yaml", 5),
    "a report is imported twice": ("import report report.txt --cycle 2031-cnd-74",) * 2 + (5,),
    "a reply is taken in twice": ("import workbook ken.xlsx --date 2019-10-30",) * 2 + (3,),
    "a mandate is begun twice": ("new mandate ga-66-177", "import resolution resolution.txt --id ga-66-177", 5),
    "an id is taken twice": ("new entry x-2019 -r 2020-cnd-63", "new entry x-2019 -r 2018-cnd-61", 3),
    "a workspace is begun twice": ("init begun", "init begun --language zh", 3),
    "workbooks are made twice": ("collect 2020-cnd-63 --respondent KEN", "collect 2020-cnd-63 --respondent CHN", 2),
    "a site is made twice": ("site", "site --language zh", 2),
    "a table is written twice": ("gaps --format md -o x.md", "matrix --format md -o x.md", 5),
}


@pytest.mark.parametrize("name", AT_ONCE)
def test_two_at_once(
    name: str, base: Path, tmp_path: Path, tracker: Tracker, colleagues: tuple[Colleague, Colleague]
) -> None:
    one, other, times = AT_ONCE[name]
    outcomes = []
    for first, second in ((one, other), (other, one)):
        root = fresh(base, tmp_path)
        codes = [tracker(root, line).code for line in (first, second)]
        outcomes.append((codes, contents(root)))
    for _ in range(times):
        root = fresh(base, tmp_path)
        for colleague, line in zip(colleagues, (one, other), strict=True):
            colleague.tell(root, line)
        ends = [colleague.hear() for colleague in colleagues]
        assert any(contents(root) == held and sorted(ends) == sorted(codes) for codes, held in outcomes), ends


def test_who_waits_too_long_is_told(tmp_path: Path) -> None:
    holder = (
        "import sys; from pathlib import Path; from tracker.cli.alone import alone_in\n"
        "with alone_in(Path(sys.argv[1])): print('held', flush=True); sys.stdin.read()"
    )
    held = subprocess.Popen(
        [sys.executable, "-c", holder, tmp_path], env=environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert held.stdout
    assert held.stdin
    assert held.stdout.readline() == b"held\n"
    with (
        pytest.raises(Stop, match=r"another command of tracker is writing in .*: nothing was written"),
        alone_in(tmp_path, 0.1),
    ):
        pass
    held.kill()
    held.communicate()
    with alone_in(tmp_path, 0) as alone:
        assert alone
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("line", READ)
def test_what_only_reads_writes_nothing(line: str, base: Path, tmp_path: Path, tracker: Tracker) -> None:
    root = fresh(base, tmp_path)
    before = seen(root)
    free = tracker(root, line)
    assert free.code in (0, 1)
    assert seen(root) == before
    if not WINDOWS:
        with read_only(root):
            assert tracker(root, line) == free


def seen(root: Path) -> dict[str, tuple[int, bytes]]:
    """Return when each file and folder was changed, and what it holds."""
    paths = [root, *root.rglob("*")]
    return {str(path): (path.stat().st_mtime_ns, path.read_bytes() if path.is_file() else b"") for path in paths}


@pytest.mark.skipif(WINDOWS, reason="there is no group to keep")
def test_what_a_killed_command_left_is_swept_away(base: Path, tmp_path: Path, tracker: Tracker) -> None:
    root = fresh(base, tmp_path)
    before = tracker(root, "check")
    folders = [(root / EVIDENCE).parent, root / ".tracker-def.tmp", root / "site"]
    folders[1].mkdir()
    left = [folder / ".tracker-abc.tmp" for folder in folders]
    for file in left:
        file.write_bytes(b"- half")
    assert tracker(root, "check") == before
    assert tracker(root, "link course-nairobi-2019 3").code == 0
    assert tracker(root, "site").code == 0
    assert [name for name in contents(root) if ".tracker-" in name] == []


@pytest.mark.skipif(WINDOWS, reason="a pipe is closed otherwise")
def test_a_reader_who_is_gone_does_not_take_a_change_back(base: Path, tmp_path: Path) -> None:
    root = fresh(base, tmp_path)
    reading, writing_end = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "tracker", "link", "course-nairobi-2019", "3"]
    done = subprocess.run(command, cwd=root, env=environment(), stdout=writing_end, check=False)
    os.close(writing_end)
    assert done.returncode == 0
    assert b"addresses: [cnd-61-9:2(a), cnd-61-9:3]" in (root / EVIDENCE).read_bytes()


@pytest.mark.skipif(WINDOWS or not hasattr(os, "fork"), reason="nothing is forked")
def test_killed_at_random_moments(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, ROOT / "benchmarks" / "kill.py", "16"],
        cwd=tmp_path,
        env=environment(),
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b""), done.stdout.decode()
    assert b"WRONG" not in done.stdout
