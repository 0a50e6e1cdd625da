"""The site in a real browser: opened from a folder, filtered, searched, read in two languages, printed."""

from __future__ import annotations

import importlib.util
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from conftest import ROOT, SMALL, copied

from tracker.load.files import load
from tracker.render.site import site

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.browser
UNFOLD = "for (const one of document.querySelectorAll('details')) one.open = true"


def axe_script() -> Path | None:
    """Return axe-core where it is at hand: named by AXE_CORE, or brought by axe-playwright-python."""
    if named := os.environ.get("AXE_CORE"):
        return Path(named)
    found = importlib.util.find_spec("axe_playwright_python")
    return Path(found.origin).parent / "axe.min.js" if found and found.origin else None


def write(workspace: Path, folder: Path, **options: Any) -> Path:
    for path, data in site(load(workspace), options.get("report"), options.get("first", "en"), clean=False):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    return folder


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        pytest.skip("there is no chromium: apt install chromium")
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: pip install '.[browser]'")
    with api.sync_playwright() as play:
        opened = play.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(ROOT, tmp_path_factory.mktemp("site"))


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """Open a page that takes note of every complaint and every request to anywhere but the folder."""
    context = browser.new_context(viewport={"width": 1400, "height": 900})
    opened = context.new_page()
    complaints: list[str] = []
    opened.on("console", lambda message: complaints.append(message.text))
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.on(
        "request",
        lambda request: None if request.url.startswith("file://") else complaints.append(request.url),
    )
    yield opened
    assert complaints == []
    context.close()


def found(page: Any) -> str:
    return str(page.text_content("#found"))


def count_is(page: Any, count: int) -> None:
    """Wait until so many rows are listed: what is typed takes a moment to act."""
    page.locator(f"#results:not(:has(li:nth-child({count + 1}))) li:nth-child({count})").wait_for()


def listed(page: Any) -> list[str]:
    return [str(text) for text in page.locator("#results li a").all_text_contents()]


def test_an_english_reader_filters_searches_and_follows_a_link(page: Any, folder: Path) -> None:
    page.goto((folder / "index.html").as_uri())
    page.wait_for_selector("#results li")
    assert page.title() == "What resolutions ask and what has been reported"
    assert found(page) == "Paragraphs: 27 of 27. The first 25 are shown."
    page.click("#more")
    assert page.locator("#results li").count() == 27
    assert page.evaluate("document.activeElement.textContent") == "ga-66-177:17"
    page.select_option("#by-status", "none")
    assert listed(page) == ["cnd-51-7:~e", "ga-66-177:4#1"]
    page.select_option("#by-mandate", "ga-66-177")
    assert found(page) == "Paragraphs: 1 of 27."
    page.click("button[type=reset]")
    count_is(page, 25)
    page.select_option("#by-addressee", "executive-director")
    assert listed(page) == ["cnd-51-7:~f", "cnd-58-6:~a", "ga-66-177:18"]
    page.select_option("#by-addressee", "")
    page.fill("#q", "Safe  HAVEN")
    count_is(page, 1)
    assert "#find?q=" in page.url
    page.click("#results a")
    page.wait_for_selector("article:target")
    assert page.url.endswith("/mandate/ga-66-177.html#ga-66-177:4%231")
    assert page.inner_text("article:target h4").split("\n") == ["Paragraph 4, request 1", "ga-66-177:4#1"]
    page.go_back()
    count_is(page, 1)
    assert page.input_value("#q") == "Safe  HAVEN"


def test_a_chinese_reader_switches_the_language_and_keeps_it(page: Any, folder: Path) -> None:
    page.goto((folder / "index.html").as_uri())
    page.click("text=中文")
    assert page.evaluate("[document.documentElement.lang, document.documentElement.dir, document.title]") == [
        "zh",
        "ltr",
        "决议的要求与已报告的行动",
    ]
    assert page.get_attribute("[data-language=zh]", "aria-pressed") == "true"
    assert page.inner_text("h1") == "决议的要求与已报告的行动"
    page.check("input[value=entries]")
    page.select_option("#by-country", "KEN")
    page.select_option("#by-report", "2013-ccpcj-22")
    assert found(page) == "条目：4，共 370。"
    page.fill("#from", "2012")
    page.fill("#to", "2012")
    count_is(page, 2)
    page.click("#results a")
    page.wait_for_selector(".answers a")
    assert page.evaluate("document.documentElement.lang") == "zh"
    assert "肯尼亚" in page.inner_text(".facts-list")
    page.click(".answers a")
    page.wait_for_selector("article:target")
    assert page.inner_text("article:target .facts").startswith("已报告")
    assert page.is_hidden("article:target .evidence")
    page.click("article:target summary")
    assert page.is_visible("article:target .evidence")


def test_an_address_that_asks_for_what_is_no_more_shows_all(page: Any, folder: Path) -> None:
    page.goto((folder / "index.html").as_uri() + "#find?mandate=ga-1-1&status=lost&from=soon&country=%zz")
    count_is(page, 25)
    assert [page.input_value(f"#by-{name}") for name in ("mandate", "status", "country")] == ["", "", ""]
    assert page.evaluate("document.getElementById('by-mandate').selectedIndex") == 0


@pytest.mark.parametrize("asked", ["#find", "#find?kind=entries&country=KEN"])
def test_an_address_of_the_list_leads_to_its_head(page: Any, folder: Path, asked: str) -> None:
    page.set_viewport_size({"width": 1400, "height": 500})
    page.goto((folder / "index.html").as_uri() + asked)
    page.wait_for_selector("#results li")
    assert 0 <= page.evaluate("document.getElementById('find').getBoundingClientRect().top") < 60


def test_choices_that_nothing_meets_leave_an_empty_list_that_can_be_cleared(page: Any, folder: Path) -> None:
    page.goto((folder / "index.html").as_uri() + "#find?kind=entries&country=KEN&from=1950&to=1951")
    page.wait_for_selector("#finder")
    assert (found(page), listed(page), page.is_visible("#more")) == ("Entries: 0 of 370.", [], False)
    page.click("button[type=reset]")
    count_is(page, 25)


def test_the_language_goes_along_where_the_browser_keeps_nothing(browser: Any, folder: Path) -> None:
    page = browser.new_page()
    page.add_init_script("Object.defineProperty(window, 'localStorage', {get() { throw new Error('none'); }})")
    page.goto((folder / "index.html").as_uri())
    page.click("text=中文")
    page.click("#mandates tbody a >> nth=0")
    page.wait_for_selector("article.unit")
    assert page.url.endswith("?language=zh")
    assert page.evaluate("document.documentElement.lang") == "zh"
    page.click("article.unit .anchor >> nth=0")
    page.wait_for_selector("article:target")
    page.click("text=任务授权")
    page.wait_for_selector("#mandates:target")
    assert page.evaluate("document.documentElement.lang") == "zh"
    page.close()


def test_the_keyboard_alone_is_enough(page: Any, folder: Path) -> None:
    page.goto((folder / "index.html").as_uri())
    page.wait_for_selector("#results li")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
    page.focus("input[name=kind]")
    page.keyboard.press("ArrowRight")
    assert found(page).startswith("Entries: 370 of 370.")
    page.keyboard.press("Tab")
    page.keyboard.type("hawala")
    count_is(page, 3)
    page.focus("details.attention summary")
    page.keyboard.press("Enter")
    assert page.is_visible("details.attention[open] li")


def test_print_unfolds_the_evidence(page: Any, folder: Path) -> None:
    page.goto((folder / "mandate" / "ga-66-177.html").as_uri())
    folded = page.locator(".evidence").first
    assert folded.is_hidden()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert folded.is_visible()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert folded.is_hidden()


def test_without_scripts_every_paragraph_can_be_read(browser: Any, folder: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((folder / "index.html").as_uri())
    assert page.is_hidden("#finder")
    assert page.is_hidden(".languages")
    page.click("text=A/RES/66/177")
    page.wait_for_load_state()
    assert "ga-66-177:18" in page.inner_text("main")
    context.close()


def test_no_page_is_wider_than_the_window(page: Any, folder: Path) -> None:
    for name in ("index.html", "mandate/ga-66-177.html", "report/2017-cnd-60-add1.html"):
        page.goto((folder / name).as_uri())
        page.evaluate(UNFOLD)
        for width in (1400, 400):
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, name


def test_a_word_without_end_is_broken(page: Any, tmp_path: Path) -> None:
    root, word = copied(SMALL, tmp_path / "data"), "9" * 400
    with (root / "reports" / "2020-cnd-63" / "evidence" / "a.yaml").open("a", encoding="utf-8") as file:
        file.write(
            f"- {{id: long, type: x{word}, status: completed, by: [x{word}], addresses: [cnd-63-1:3],\n"
            f"   title: {{en: x{word}}}, summary: {{en: x{word}}}, sources: ['x{word}:{word}']}}\n"
        )
    made = write(root, tmp_path / "site")
    page.set_viewport_size({"width": 400, "height": 900})
    for name in ("index", "entry/long", "mandate/cnd-63-1", "report/2020-cnd-63"):
        page.goto((made / f"{name}.html").as_uri())
        page.evaluate(UNFOLD)
        assert page.evaluate("document.documentElement.scrollWidth") <= 400, name


def test_an_arabic_reader_reads_from_the_right(page: Any, tmp_path: Path) -> None:
    page.goto((write(SMALL, tmp_path, first="ar") / "index.html").as_uri())
    page.wait_for_selector("#results li")
    assert page.evaluate("document.documentElement.dir") == "rtl"
    # An id runs from the left even there: 2020-cnd-63, not cnd-63-2020.
    assert page.evaluate("getComputedStyle(document.querySelector('#reports bdi')).direction") == "ltr"
    page.click("text=English")
    assert page.evaluate("document.documentElement.dir") == "ltr"


@pytest.mark.parametrize(
    "name",
    [
        "index.html?language=zh",
        "mandate/cnd-51-7.html?language=en",
        "report/2017-cnd-60-add1.html?language=zh",
        "entry/afg-tjk-fiu-memorandum-2015.html?language=en",
    ],
)
def test_axe_finds_no_fault_that_matters(page: Any, folder: Path, name: str) -> None:
    script = axe_script()
    if script is None:
        pytest.skip("axe-core is not at hand: pip install axe-playwright-python")
    page.goto(f"{folder.as_uri()}/{name}")
    page.evaluate(UNFOLD)
    page.evaluate(script.read_text(encoding="utf-8"))
    result = page.evaluate("axe.run(document, {resultTypes: ['violations'], preload: false})")
    assert [
        (fault["id"], fault["nodes"][0]["html"])
        for fault in result["violations"]
        if fault["impact"] in ("moderate", "serious", "critical")
    ] == []
