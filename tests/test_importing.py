"""The commands that import: what is refused leaves everything as it was, and what is written can be used at once."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest
from conftest import TESTS, Said, run
from test_intake_readers import docx, packed, pdf

from tracker.cli.app import main
from tracker.load.files import load

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Tracker = Callable[..., Said]

BAD = TESTS / "intake" / "bad"
UPDATE = bool(os.environ.get("TRACKER_UPDATE"))
RESOLUTION = TESTS / "intake" / "resolutions" / "formats.txt"
REPORT = TESTS / "intake" / "reports" / "made-up" / "en.txt"
CHINESE = (TESTS / "intake" / "resolutions" / "parts-zh.txt").read_text(encoding="utf-8")
WORD = docx({"document": "<w:p><w:r><w:t>Kites</w:t></w:r></w:p>"})

MADE: dict[str, bytes] = {
    "empty.txt": b"",
    "spaces.txt": b" \n\n \t\n",
    "scan.pdf": pdf("", ""),
    "locked.pdf": (TESTS / "intake" / "readers" / "password.pdf").read_bytes(),
    "truncated.pdf": pdf("1. Urges Member States to fly kites.")[:-40],
    "text.docx": RESOLUTION.read_bytes(),
    "truncated.docx": WORD[: len(WORD) // 2],
    "bomb.docx": packed(**{"word/document.xml": b"\0" * 200_000_000}),
    "gb18030.txt": CHINESE.encode("gb18030"),
    "utf16.txt": CHINESE.encode("utf-16"),
    "picture.jpg": b"\xff\xd8\xff\xe0\0\x10JFIF\0" + b"\0" * 100,
    "huge.txt": b"The General Assembly,\n\n1. Urges Member States to fly kites.\n",
}
FILES = [path.name for path in BAD.iterdir() if path.suffix != ".said" and path.name != "README.md"]
MEGABYTES_200 = 200_000_000


@pytest.fixture
def tracker(
    repository: Path, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> Callable[..., Said]:
    """Run a command line in the repository's copy, in this process."""
    monkeypatch.delenv("TRACKER_LANGUAGE", raising=False)

    def called(*words: str | Path, at: Path = repository) -> Said:
        monkeypatch.chdir(at)
        monkeypatch.setattr(sys, "argv", ["tracker", *map(str, words)])
        with pytest.raises(SystemExit) as end:
            main()
        out, err = capsysbinary.readouterr()
        code = end.value.code
        assert isinstance(code, int | None)
        return Said(code or 0, out.decode(), err.decode())

    return called


def contents(folder: Path) -> dict[str, bytes]:
    """Return every file of a folder with its bytes."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def given(name: str, folder: Path) -> Path:
    """Put a bad input beside the workspace."""
    path = folder / name
    path.write_bytes(MADE[name] if name in MADE else (BAD / name).read_bytes())
    if name == "huge.txt":
        with path.open("r+b") as file:
            file.truncate(MEGABYTES_200)
    return path


@pytest.mark.parametrize("name", sorted([*MADE, *FILES]))
def test_what_is_no_resolution_is_refused(name: str, tracker: Tracker, repository: Path, tmp_path: Path) -> None:
    file = given(name, tmp_path)
    before = contents(repository)
    code, out, err = tracker("import", "resolution", file, "--id", "ga-98-999")
    expected = BAD / f"{name}.said"
    if UPDATE:
        expected.write_text(err, encoding="utf-8", newline="\n")
    assert (code, out, err) == (2, "", expected.read_text(encoding="utf-8"))
    assert (err.count("\n"), "Traceback" in err) == (2, False)
    assert contents(repository) == before


@pytest.mark.parametrize("name", [*MADE, "letter.txt", "page.html"])
def test_nor_is_it_a_report(name: str, tracker: Tracker, repository: Path, tmp_path: Path) -> None:
    file = given(name, tmp_path)
    before = contents(repository)
    code, out, err = tracker("import", "report", file, "--cycle", "2031-cnd-74")
    assert (code, out, err.count("\n")) == (2, "", 2)
    assert err.startswith(f"tracker: {name} ")
    assert contents(repository) == before


def test_a_resolution_given_as_a_report_is_told(tracker: Tracker, repository: Path) -> None:
    before = contents(repository)
    assert tracker("import", "report", RESOLUTION, "--cycle", "2031-cnd-74") == (
        2,
        "",
        (
            "tracker: formats.txt looks like a resolution, not a report: 4 of its 6 paragraphs ask or decide\n"
            "  use tracker import resolution\n"
        ),
    )
    assert contents(repository) == before


def test_a_file_that_is_not_there_is_named(tracker: Tracker) -> None:
    for words in (("resolution", "kites.txt"), ("report", "kites.txt", "--cycle", "2031-cnd-74")):
        assert tracker("import", *words) == (
            2,
            "",
            "tracker: there is no file kites.txt\n  look at the name and at the folder you are in\n",
        )


WRONG = {
    "resolution {en} --id 98/946": (
        "98/946 cannot be the id of a mandate\n  put the organ first, as in ga-66-177 or cnd-51-7\n"
    ),
    "resolution {en} --id GA-98-946": (
        "GA-98-946 cannot be the id of a mandate\n  put the organ first, as in ga-66-177 or cnd-51-7\n"
    ),
    "resolution {en} --id ../ga-98-946": (
        "../ga-98-946 cannot be the id of a mandate\n  put the organ first, as in ga-66-177 or cnd-51-7\n"
    ),
    "resolution {draft}": ("draft.txt does not say which resolution it is\n  say it with --id, as in --id ga-66-177\n"),
    "resolution {en} --language de": (
        "formats.txt cannot be read: there are no rules for de\n"
        "  there are rules for ar, en, es, fr, ru, zh; name one with --language, or add a file of rules\n"
    ),
    "report {report} --cycle 2031/74": (
        "2031/74 cannot be the name of a report\n  small letters, digits and hyphens, as 2016-cnd-59\n"
    ),
    "report {report} --cycle ../2031": (
        "../2031 cannot be the name of a report\n  small letters, digits and hyphens, as 2016-cnd-59\n"
    ),
    "report {report} --cycle 2031-cnd-74 --document E/CN.7:4": (
        "E/CN.7:4 cannot be the key of a document\n  small letters, digits and hyphens, as e-cn-7-2016-4\n"
    ),
    "report {report} --cycle 2016-cnd-59": (
        "reports/2016-cnd-59/report.yaml is there already\n  choose another --cycle, or write over it with --force\n"
    ),
}


@pytest.mark.parametrize("line", WRONG)
def test_a_wrong_option_is_told(line: str, tracker: Tracker, repository: Path) -> None:
    before = contents(repository)
    files = {"{en}": RESOLUTION, "{draft}": RESOLUTION.with_name("draft.txt"), "{report}": REPORT}
    words = [files.get(word, word) for word in line.split()]
    assert tracker("import", *words) == (2, "", f"tracker: {WRONG[line]}")
    assert contents(repository) == before


def test_a_resolution_becomes_a_mandate(tracker: Tracker, repository: Path) -> None:
    before = contents(repository)
    said = tracker("import", "resolution", RESOLUTION)
    assert said == (0, "", "mandates/ga-98-946.yaml\n5 paragraphs at the top level; no doubts\n")
    after = contents(repository)
    made = after.pop("mandates/ga-98-946.yaml")
    assert after == before
    assert made == RESOLUTION.with_suffix(".yaml").read_bytes()
    ws = load(repository)
    assert ws.problems == []
    assert ws.mandates["ga-98-946"].symbol == "A/RES/98/946"
    code, out, err = tracker("check")
    assert (code, err.startswith("0 errors"), "ga-98-946" in out) == (0, True, False)
    assert "ga-98-946:4" in tracker("gaps").out


def test_the_id_can_be_chosen(tracker: Tracker, repository: Path) -> None:
    said = tracker("import", "resolution", RESOLUTION.with_name("draft.txt"), "--id", "ga-98-947")
    assert (said.code, said.err.splitlines()[0]) == (0, "mandates/ga-98-947.yaml")
    assert [one.number for one in load(repository).mandates["ga-98-947"].paragraphs] == ["1", "2", "3"]


def test_a_file_that_is_there_is_kept_without_force(tracker: Tracker, repository: Path) -> None:
    path = repository / "mandates" / "ga-98-946.yaml"
    path.write_bytes(b"# ours, \xe2\x80\x94 and not finished\r\n")
    before = contents(repository)
    assert tracker("import", "resolution", RESOLUTION) == (
        2,
        "",
        "tracker: mandates/ga-98-946.yaml is there already\n  write elsewhere with --output, or over it with --force\n",
    )
    assert contents(repository) == before
    assert tracker("import", "resolution", RESOLUTION, "--force").code == 0
    assert path.read_bytes() == RESOLUTION.with_suffix(".yaml").read_bytes()
    assert {**contents(repository), "mandates/ga-98-946.yaml": b""} == {**before, "mandates/ga-98-946.yaml": b""}


def test_a_resolution_can_go_elsewhere(tracker: Tracker, repository: Path, tmp_path: Path) -> None:
    before = contents(repository)
    elsewhere = tmp_path / "new" / "made.yaml"
    assert tracker("import", "resolution", RESOLUTION, "--output", elsewhere).code == 0
    assert elsewhere.read_bytes() == RESOLUTION.with_suffix(".yaml").read_bytes()
    assert contents(repository) == before


def test_printing_needs_no_workspace(tmp_path: Path) -> None:
    said = run("import", "resolution", RESOLUTION, "--output", "-", at=tmp_path)
    assert said == (
        0,
        RESOLUTION.with_suffix(".yaml").read_text(encoding="utf-8"),
        RESOLUTION.with_suffix(".said").read_text(encoding="utf-8"),
    )
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("words", [["resolution", RESOLUTION], ["report", REPORT, "--cycle", "2031-cnd-74"]])
def test_writing_needs_a_workspace(words: list[str | Path], tracker: Tracker, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert tracker("import", *words, at=tmp_path / "empty") == (
        2,
        "",
        (
            "tracker: this folder is not a workspace: it has no folders mandates/ and reports/\n"
            "  go to one, name it with --workspace DIR, or begin one: tracker init my-mandates\n"
        ),
    )
    assert list((tmp_path / "empty").iterdir()) == []


def test_a_workspace_can_be_named(tracker: Tracker, repository: Path, tmp_path: Path) -> None:
    said = tracker("import", "resolution", RESOLUTION, "--workspace", repository, at=tmp_path)
    assert (said.code, said.err.splitlines()[0]) == (0, "ws/mandates/ga-98-946.yaml")


def test_a_folder_that_cannot_be_written_is_named(tracker: Tracker, repository: Path) -> None:
    # Where a folder should be, there is a file: nobody can write below it, not even the administrator.
    (repository / "taken").write_bytes(b"ours")
    before = contents(repository)
    code, out, err = tracker("import", "resolution", RESOLUTION, "--output", "taken/made.yaml")
    assert (code, out) == (2, "")
    assert err.startswith("tracker: ")
    assert "taken" in err
    assert "Traceback" not in err
    assert contents(repository) == before


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="for an administrator no folder is closed")
def test_a_closed_folder_is_named(tracker: Tracker, repository: Path) -> None:
    (repository / "mandates").chmod(0o555)
    code, out, err = tracker("import", "resolution", RESOLUTION)
    (repository / "mandates").chmod(0o755)
    assert (code, out, err.startswith("tracker: "), "Permission denied" in err) == (2, "", True, True)


MADE_OF_REPORT = [
    "reports/2031-cnd-74/report.yaml",
    "reports/2031-cnd-74/evidence/section-1.yaml",
    "reports/2031-cnd-74/evidence/section-2.yaml",
]


def test_a_report_becomes_a_cycle(tracker: Tracker, repository: Path) -> None:
    before = contents(repository)
    code, out, err = tracker("import", "report", REPORT, "--cycle", "2031-cnd-74")
    assert (code, out) == (0, "")
    assert err.splitlines()[:4] == ["reports/documents.yaml", *MADE_OF_REPORT]
    after = contents(repository)
    assert sorted(set(after) - set(before)) == sorted(MADE_OF_REPORT)
    added = after["reports/documents.yaml"].removeprefix(before["reports/documents.yaml"]).decode()
    assert added == (
        "e-cn-7-2031-4:\n"
        "  title:\n"
        "    en: Assistance to States at sea\n"
        "  symbol: E/CN.7/2031/4\n"
        "  date: 2031-01-12\n"
        "  languages: [en]\n"
    )
    assert {name: data for name, data in after.items() if name in before and before[name] != data} == {
        "reports/documents.yaml": before["reports/documents.yaml"] + added.encode()
    }
    ws = load(repository)
    assert ws.problems == []
    assert "2031-cnd-74" in ws.cycles
    assert tracker("check").err.startswith("0 errors, ")


def test_a_second_import_needs_force(tracker: Tracker, repository: Path) -> None:
    words = ("import", "report", REPORT, "--cycle", "2031-cnd-74")
    assert tracker(*words).code == 0
    made = repository / MADE_OF_REPORT[1]
    made.write_bytes(made.read_bytes() + b"# checked by A.\n")
    before = contents(repository)
    assert tracker(*words) == (
        2,
        "",
        f"tracker: {MADE_OF_REPORT[0]} is there already\n  choose another --cycle, or write over it with --force\n",
    )
    assert contents(repository) == before
    assert tracker(*words, "--force").code == 0
    after = contents(repository)
    assert after.pop(MADE_OF_REPORT[1]) + b"# checked by A.\n" == before.pop(MADE_OF_REPORT[1])
    assert after == before


def test_what_is_left_of_a_longer_import_is_named_and_kept(tracker: Tracker, repository: Path) -> None:
    words = ("import", "report", REPORT, "--cycle", "2031-cnd-74")
    assert tracker(*words).code == 0
    longer = repository / MADE_OF_REPORT[2]
    longer.rename(longer.with_name("section-3.yaml"))
    longer.with_name("paragraphs.yaml").write_bytes(b"# checked by A.\n[]\n")
    longer.with_name("added.yaml").write_bytes(b"[]\n")
    before = contents(repository)
    assert tracker(*words, "--force") == (
        2,
        "",
        (
            "tracker: these would stay of an earlier import, and their entries count beside the new ones: "
            "reports/2031-cnd-74/evidence/paragraphs.yaml, reports/2031-cnd-74/evidence/section-3.yaml\n"
            "  keep elsewhere what you need of them, delete them, and run the command again\n"
        ),
    )
    assert contents(repository) == before
    longer.with_name("section-3.yaml").unlink()
    longer.with_name("paragraphs.yaml").unlink()
    assert tracker(*words, "--force").code == 0
    assert contents(repository)["reports/2031-cnd-74/evidence/added.yaml"] == b"[]\n"


def test_a_list_of_documents_that_cannot_be_added_to_stops_it_first(tracker: Tracker, tmp_path: Path) -> None:
    root = tmp_path / "empty"
    (root / "mandates").mkdir(parents=True)
    (root / "reports").mkdir()
    (root / "reports" / "documents.yaml").write_bytes(b"{}\n")
    assert tracker("import", "report", REPORT, "--cycle", "2031-cnd-74", at=root) == (
        2,
        "",
        (
            "tracker: reports/documents.yaml is written in a way that nothing can be put at its end safely\n"
            "  add e-cn-7-2031-4 to it by hand\n"
        ),
    )
    assert contents(root) == {"reports/documents.yaml": b"{}\n"}
