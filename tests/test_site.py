"""The site as files: what is in it, where its links lead, what it lets through, and where it may be written."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import pytest
from conftest import ROOT, SMALL, copied, expect, run

from tracker.lang import codes, language
from tracker.load.files import load
from tracker.render.site import charts, links, site
from tracker.render.site.prose import rendered

if TYPE_CHECKING:
    from pathlib import Path

# Elements of HTML that have no end.
VOID = {"meta", "link", "input", "br"}
SKIPPED = {"script", "style", "svg", "noscript"}
WORKSPACES = {"small": SMALL, "repository": ROOT}


class Page(HTMLParser):
    """Reads a page: its anchors, its links, every mistake in its nesting, and its text in one language."""

    def __init__(self, html: str, code: str = "en") -> None:
        super().__init__()
        self.anchors: list[str] = []
        self.links: list[tuple[str, str]] = []
        self.mistakes: list[str] = []
        self.lines: list[str] = []
        self._code = code
        self._open: list[str] = []
        self.feed(html)
        self.close()
        self.mistakes += [f"<{tag}> is never closed" for tag in self._open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element's anchor, links and scripts, and begin its line."""
        given = {name: value or "" for name, value in attrs}
        if len(given) < len(attrs):
            self.mistakes.append(f"<{tag}> has an attribute twice")
        if "id" in given:
            self.anchors.append(given["id"])
        for name in ("href", "src"):
            if name in given:
                self.links.append((tag, given[name]))
        self.mistakes += [f"<{tag} {name}>" for name in given if name == "style" or name.startswith("on")]
        if re.fullmatch(r"h[1-6]|p|li|dt|dd|tr|summary|option|legend|title", tag) and not self._hidden():
            self.lines.append(f"{tag}: ")
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element that ends in its own tag."""
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        """Note an end that does not match."""
        if not self._open or self._open[-1] != tag:
            self.mistakes.append(f"</{tag}> closes nothing")
        else:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        """Add text to the line."""
        if self.lines and not self._hidden():
            self.lines[-1] += " ".join(data.split()) + " " if data.strip() else ""

    def _hidden(self) -> bool:
        return any(tag in SKIPPED or (tag.startswith("in-") and tag != f"in-{self._code}") for tag in self._open)

    def outline(self) -> str:
        """Return the page's text, a line for each block, as a reader meets it."""
        lines = [" ".join(line.split()) for line in self.lines]
        return "\n".join(line for line in lines if not line.endswith(":"))


def made(workspace: Path, **options: Any) -> dict[str, bytes]:
    pages = site(load(workspace), options.get("report"), options.get("first", "en"), clean=options.get("clean", False))
    files = dict(pages)
    assert len(files) == len(pages)
    return files


def pages_of(files: dict[str, bytes]) -> dict[str, Page]:
    return {path: Page(data.decode()) for path, data in files.items() if path.endswith(".html")}


def data_of(files: dict[str, bytes], name: str = "data.js") -> Any:
    text = re.fullmatch(r"window\.\w+ = JSON\.parse\((.*)\);\n", files[name].decode(), re.DOTALL)
    assert text
    return json.loads(json.loads(text.group(1)))


@pytest.fixture(scope="module")
def repository_site() -> dict[str, bytes]:
    return made(ROOT)


def test_its_files() -> None:
    assert sorted(made(SMALL)) == [
        "data.js",
        "entry/course-nairobi-2019.html",
        "entry/manual-2020.html",
        "entry/outcome-kenya-2019.html",
        "entry/reply-kenya-2019.html",
        "index.html",
        "mandate/cnd-63-1.html",
        "report/2020-cnd-63.html",
        "site.js",
        "style.css",
        "texts.js",
    ]


def test_a_page_for_every_mandate_entry_and_report(repository_site: dict[str, bytes]) -> None:
    ws = load(ROOT)
    names = {
        *(f"mandate/{name}.html" for name in ws.mandates),
        *(f"report/{name}.html" for name in ws.cycles),
        *(f"entry/{name}.html" for name in ws.entries),
    }
    assert {path for path in repository_site if "/" in path} == names


def test_style_and_script_are_small(repository_site: dict[str, bytes]) -> None:
    assert len(repository_site["style.css"]) + len(repository_site["site.js"]) < 300_000
    # What the overview loads at once, with all the data of this repository.
    assert sum(len(repository_site[name]) for name in ("index.html", "data.js", "style.css", "site.js")) < 300_000


@pytest.mark.parametrize("workspace", WORKSPACES)
def test_pages_are_well_formed(workspace: str) -> None:
    pages = pages_of(made(WORKSPACES[workspace]))
    assert {path: page.mistakes for path, page in pages.items() if page.mistakes} == {}
    twice = {path: {name for name in page.anchors if page.anchors.count(name) > 1} for path, page in pages.items()}
    assert {path: names for path, names in twice.items() if names} == {}


@pytest.mark.parametrize("options", [{}, {"report": "2013-ccpcj-22"}], ids=["all", "one report"])
def test_every_link_leads_somewhere(options: dict[str, str]) -> None:
    files = made(ROOT, **options)
    pages = pages_of(files)
    lost = []
    for path, page in pages.items():
        for tag, target in page.links:
            file, _, anchor = target.partition("#")
            inside = PurePosixPath(path).parent / file
            named = re.sub(r"[^/]+/\.\./", "", inside.as_posix()) if file else path
            found = named in files and (not anchor or unquote(anchor.partition("?")[0]) in pages[named].anchors)
            lost += [] if found else [(path, tag, target)]
    assert lost == []
    rows = data_of(files)
    for _, href, *_ in (*rows["units"], *rows["entries"]):
        file, _, anchor = href.partition("#")
        assert file in files
        assert not anchor or unquote(anchor) in pages[file].anchors


def test_every_paragraph_has_an_address(repository_site: dict[str, bytes]) -> None:
    for name, units in load(ROOT).units.items():
        anchors = Page(repository_site[f"mandate/{name}.html"].decode()).anchors
        assert [unit.ref for unit in units.values() if unit.ref not in anchors] == []


@pytest.mark.parametrize(
    ("ref", "address"),
    [
        ("ga-66-177:13", "mandate/ga-66-177.html#ga-66-177:13"),
        ("ga-66-177:3(a)(ii)", "mandate/ga-66-177.html#ga-66-177:3(a)(ii)"),
        ("ga-66-177:1#2", "mandate/ga-66-177.html#ga-66-177:1%232"),
        ("cnd-51-7:~a", "mandate/cnd-51-7.html#cnd-51-7:~a"),
        ("ga-1-1:annex.5bis", "mandate/ga-1-1.html#ga-1-1:annex.5bis"),
    ],
)
def test_addresses_of_paragraphs(ref: str, address: str) -> None:
    assert links.unit(ref) == address


def test_file_names_are_good_on_every_system() -> None:
    assert [links.page("entry", name) for name in ("con", "com1", "console")] == [
        "entry/con-.html",
        "entry/com1-.html",
        "entry/console.html",
    ]
    long = [links.page("entry", f"{'a' * 300}-{end}") for end in "xy"]
    assert len(set(long)) == 2
    assert max(map(len, long)) < 130


def test_an_empty_workspace_has_an_overview_that_says_so(tmp_path: Path) -> None:
    for folder in ("mandates", "reports"):
        (tmp_path / folder).mkdir()
    files = made(tmp_path)
    assert sorted(files) == ["data.js", "index.html", "site.js", "style.css", "texts.js"]
    outline = Page(files["index.html"].decode()).outline()
    assert outline.count("p: Nothing.") == 5


def test_every_page_says_what_it_may_load(repository_site: dict[str, bytes]) -> None:
    policy = (
        "default-src 'none'; script-src 'self' file:; style-src 'self' file:; base-uri 'none'; form-action 'none'\">"
    )
    for path, data in repository_site.items():
        if path.endswith(".html"):
            head = data.decode().partition("<script")[0]
            assert f'<meta http-equiv="Content-Security-Policy" content="{policy}' in head, path


def test_the_same_bytes_each_time(repository_site: dict[str, bytes]) -> None:
    assert made(ROOT) == repository_site


HOSTILE = {
    "script": "<script>alert(1)</script>",
    "attribute": "\"><img src=x onerror=alert(1)> '",
    "link": "[here](javascript:alert(1)) <http://evil.example> ![x](http://evil.example/x.png)",
    "markdown": "*told* with a note^[of **weight** <u>]",
    "template": "{{ 7 * 7 }} {% include '/etc/passwd' %}",
}


def hostile(tmp_path: Path, text: str, url: str = "https://un.org/doc") -> dict[str, bytes]:
    root = copied(SMALL, tmp_path)
    evidence = root / "reports" / "2020-cnd-63" / "evidence" / "z.yaml"
    quoted = json.dumps(text)
    evidence.write_text(
        f"- {{id: hostile, type: {quoted}, status: completed, by: [{quoted}], addresses: [cnd-63-1:3],\n"
        f"   title: {{en: {quoted}}}, summary: {{en: {quoted}, xx: {quoted}}}, figures: {{events: {quoted}}},\n"
        f"   countries: [{quoted}], sources: [bad:1]}}\n",
        encoding="utf-8",
    )
    mandate = root / "mandates" / "cnd-63-1.yaml"
    changed = mandate.read_text(encoding="utf-8").replace("{en: With a manual, zh: 编写手册}", f"{{en: {quoted}}}")
    mandate.write_text(changed, encoding="utf-8")
    with (root / "reports" / "documents.yaml").open("a", encoding="utf-8") as file:
        file.write(f"\nbad: {{title: {{en: {quoted}}}, url: {json.dumps(url)}}}\n")
    return made(root)


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_texts_stay_texts(tmp_path: Path, kind: str) -> None:
    files = hostile(tmp_path, HOSTILE[kind])
    for path, page in pages_of(files).items():
        assert page.mistakes == [], path
        text = files[path].decode()
        assert not re.search(r"<(img|u|iframe|object)\b", text), path
        assert text.count("<script") == 1, path
        away = [target for _, target in page.links if re.match(r"\w+:|//", target)]
        assert set(away) <= {"https://un.org/doc"}, path
    assert data_of(files)["entries"][-1][0] == "hostile"
    outline = Page(files["entry/hostile.html"].decode()).outline()
    if kind == "markdown":
        assert "p: told with a note 1 1 of weight <u>" in outline
    else:
        assert f"h1: {' '.join(HOSTILE[kind].split())}" in outline


@pytest.mark.parametrize(
    ("url", "followed"),
    [
        ("https://undocs.org/A/RES/66/177", True),
        ("http://un.org", True),
        ("javascript:alert(1)", False),
        (" JAVASCRIPT:alert(1)", False),
        ("data:text/html,x", False),
        ("file:///etc/passwd", False),
        ("//un.org", False),
        ("https://[broken", False),
    ],
)
def test_only_addresses_of_the_web_are_links(url: str, followed: bool) -> None:  # noqa: FBT001  # a column of the table
    assert links.web(url) == (url if followed else "")


def test_nothing_is_fetched_from_elsewhere(repository_site: dict[str, bytes]) -> None:
    urls = {document.url for document in load(ROOT).documents.values()}
    for path, page in pages_of(repository_site).items():
        assert {target for _, target in page.links if re.match(r"\w+:|//", target)} <= urls, path
    for name in ("style.css", "site.js"):
        assert not re.search(rb"https?:|url\((?!#)|@import|fetch\(|XMLHttpRequest|\beval\b", repository_site[name]), (
            name
        )


@pytest.mark.parametrize("code", ["en", "zh"])
@pytest.mark.parametrize("name", ["index", "mandate/cnd-63-1", "report/2020-cnd-63", "entry/course-nairobi-2019"])
def test_what_a_reader_meets(name: str, code: str) -> None:
    page = Page(made(SMALL)[f"{name}.html"].decode(), code)
    expect(f"site-{name.partition('/')[0]}-{code}.txt", page.outline())


def test_its_first_language_and_the_others() -> None:
    text = made(SMALL, first="fr")["index.html"].decode()
    assert text.startswith('<!DOCTYPE html>\n<html lang="fr" dir="ltr">')
    assert re.findall(r'data-language="(\w+)" aria-pressed="(\w+)"', text) == [
        ("fr", "true"),
        ("en", "false"),
        ("zh", "false"),
    ]


@pytest.mark.parametrize(
    ("wording", "html"),
    [
        ("plain, and *told*", "plain, and <em>told</em>"),
        ('5 < 6 & "7"', "5 &lt; 6 &amp; &#34;7&#34;"),
        ("two\n  lines", "two lines"),
        ("a\\*b", "a*b"),
        ("told^[by *one*] [^9]", 'told<sup>1</sup> [^9]<span class="note"><sup>1</sup> by <em>one</em></span>'),
    ],
)
def test_marks_in_a_summary(wording: str, html: str) -> None:
    assert rendered(wording, "en") == html


def test_a_status_without_a_paragraph_leaves_no_line_in_the_bar() -> None:
    assert charts.stacked({"reported": 0, "planned": 1, "none": 1, "earlier": 0}, 2).count("<rect") == 2


def test_a_slip_in_a_year_does_not_stretch_the_chart(small: Path) -> None:
    with (small / "reports" / "2020-cnd-63" / "evidence" / "a.yaml").open("a", encoding="utf-8") as file:
        for name, date in (("slip", "0201-05/1951"), ("before", "0020"), ("after", "2098/9990")):
            file.write(f"- {{id: {name}, type: tool, status: completed, date: {date}, summary: {{en: A}}}}\n")
    outline = Page(made(small)["index.html"].decode()).outline()
    assert "Columns, one for each year from 1945 to 2099." in outline
    assert "Activities without a date, not shown: 2." in outline


def test_an_assessment_says_whose_it_is(small: Path) -> None:
    brief = small / "reports" / "2020-cnd-63" / "report.yaml"
    text = brief.read_text(encoding="utf-8")
    brief.write_text(text.replace("    date: 2020-01-15", "    by: A. Baker\n    date: 2020-01-15"), encoding="utf-8")
    files = made(small, report="2020-cnd-63")
    for name in ("mandate/cnd-63-1", "report/2020-cnd-63"):
        outline = Page(files[f"{name}.html"].decode()).outline()
        assert "p: Assessment completed — The course was held. (A. Baker, 15 January 2020 )" in outline


def test_evidence_not_yet_placed_leads_to_where_it_stands(repository_site: dict[str, bytes]) -> None:
    page = Page(repository_site["entry/afg-tjk-fiu-memorandum-2015.html"].decode())
    assert ("a", "../mandate/cnd-58-6.html#unplaced") in page.links


def test_the_style_sheet_knows_every_language() -> None:
    style = (ROOT / "templates" / "site" / "style.css").read_text(encoding="utf-8")
    assert sorted(re.findall(r'html:not\(\[lang="(\w+)"\]\) in-\1\b', style)) == sorted(codes())


def test_words_have_the_same_places_in_every_language() -> None:
    reference = language("en").data["site"]
    for code in codes():
        words = language(code).data["site"]
        assert words.keys() == reference.keys()
        assert {key: set(re.findall(r"{\w+}", text)) for key, text in words.items()} == {
            key: set(re.findall(r"{\w+}", text)) for key, text in reference.items()
        }


def test_seen_from_one_report() -> None:
    files = made(ROOT, report="2013-ccpcj-22")
    assert [path for path in files if path.startswith(("mandate/", "report/"))] == [
        "mandate/ga-66-177.html",
        "report/2013-ccpcj-22.html",
        "report/2010-cnd-53.html",
    ]


def test_a_clean_site_holds_nothing_internal(small: Path) -> None:
    file = small / "reports" / "2020-cnd-63" / "evidence" / "a.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("- id: manual-2020\n", "- id: manual-2020\n  internal: true\n"), encoding="utf-8")
    assert site(load(small), None, "en", clean=False).internal == 1
    assert "entry/manual-2020.html" in made(small)
    for path, data in made(small, clean=True).items():
        assert b"manual-2020" not in data, path


def test_the_command_writes_and_writes_again(small: Path) -> None:
    said = run("site", at=small)
    assert (said.code, said.out, said.err) == (0, "", "site/index.html (11 files): open it in a browser\n")
    page = small / "site" / "entry" / "manual-2020.html"
    page.unlink()
    assert run("site", at=small).code == 0
    assert page.is_file()
    assert [path.name for path in small.iterdir() if path.name.startswith(".")] == []


def test_the_command_leaves_other_files_alone(small: Path) -> None:
    folder = small / "public"
    (folder / "entry").mkdir(parents=True)
    (folder / "entry" / "notes.txt").write_text("mine", encoding="utf-8")
    said = run("site", "--output", "public", at=small)
    assert said.code == 2
    assert said.err == (
        "tracker: public holds files that are not of the site: entry/notes.txt\n"
        "  name another folder with --output DIR, or keep them and write beside them: --force\n"
    )
    assert run("site", "--output", "public", "--force", at=small).code == 0
    # A page whose entry is gone goes too; what is not of the site stays.
    old = folder / "entry" / "gone.html"
    old.write_text("old", encoding="utf-8")
    marker = folder / "made-by-tracker.txt"
    marker.write_text(
        marker.read_text(encoding="utf-8") + "entry/gone.html\n../mandates/cnd-63-1.yaml\n", encoding="utf-8"
    )
    assert run("site", "--output", "public", "--force", at=small).code == 0
    assert not old.exists()
    assert (folder / "entry" / "notes.txt").read_text(encoding="utf-8") == "mine"
    assert (folder / "index.html").is_file()
    assert (small / "mandates" / "cnd-63-1.yaml").is_file()


def test_the_command_replaces_no_page_that_is_not_its_own(small: Path) -> None:
    folder = small / "public"
    (folder / "entry").mkdir(parents=True)
    (folder / "index.html").write_text("mine", encoding="utf-8")
    (folder / "entry" / "manual-2020.html").symlink_to(small / "mandates" / "cnd-63-1.yaml")
    before = sorted(folder.rglob("*"))
    said = run("site", "--output", "public", "--force", at=small)
    assert said.code == 2
    assert said.err == (
        "tracker: public/index.html is not of the site, and a page would take its place\n"
        "  move it away, or name another folder with --output DIR\n"
    )
    assert sorted(folder.rglob("*")) == before
    (folder / "index.html").unlink()
    assert "public/entry/manual-2020.html is not of the site" in run("site", "-o", "public", "--force", at=small).err
    assert (folder / "entry" / "manual-2020.html").is_symlink()


def test_the_command_takes_a_link_in_the_folder_for_somebodys(small: Path) -> None:
    assert run("site", at=small).code == 0
    (small / "site" / "photos").symlink_to(small / "reports", target_is_directory=True)
    said = run("site", at=small)
    assert (said.code, "not of the site: photos" in said.err) == (2, True)
    assert (small / "site" / "photos").is_symlink()


def test_the_command_says_that_templates_of_a_site_are_not_used(small: Path) -> None:
    (small / "templates" / "site").mkdir(parents=True)
    assert run("site", at=small).err == (
        "templates/site of the workspace is not used: the pages of a site are always tracker's own\n"
        "site/index.html (11 files): open it in a browser\n"
    )


@pytest.mark.parametrize("where", [".", "..", "mandates", "reports/new", "templates/site"])
def test_the_command_keeps_out_of_the_workspaces_own_folders(small: Path, where: str) -> None:
    before = sorted(small.rglob("*"))
    said = run("site", "--output", where, "--force", at=small)
    assert (said.code, "cannot be the folder of a site: " in said.err) == (2, True)
    assert sorted(small.rglob("*")) == before


def test_the_command_does_not_follow_a_link(small: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    other = tmp_path_factory.mktemp("other")
    (small / "site").symlink_to(other, target_is_directory=True)
    assert run("site", at=small).err.startswith("tracker: site is a link")
    assert list(other.iterdir()) == []
