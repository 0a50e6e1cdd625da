"""Templates: a workspace's own goes before the built-in one, and none can do harm or say nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from conftest import TESTS

from tracker.draft import templates
from tracker.draft.report import report_view
from tracker.draft.templates import DraftError, built_in_text, render, render_text
from tracker.load.files import load

if TYPE_CHECKING:
    from pathlib import Path

    from tracker.draft.view import View

BASE = TESTS / "coverage" / "base"
REPORT = "report.md.j2"


@pytest.fixture(scope="module")
def view() -> View:
    return report_view(load(BASE), "2022-cnd-65", "en", clean=True)


def own(workspace: Path, text: str, name: str = REPORT) -> Path:
    """Give a workspace a template of its own."""
    (workspace / "templates").mkdir(exist_ok=True)
    (workspace / "templates" / name).write_text(text, encoding="utf-8", newline="\n")
    return workspace


def test_without_a_template_of_its_own_a_workspace_uses_the_built_in_one(view: View, tmp_path: Path) -> None:
    text = render(view, REPORT, tmp_path)
    assert "# A report made up for tests\n" in text
    assert "**Commission on Narcotic Drugs**" in text


def test_a_template_of_the_workspace_goes_before_the_built_in_one(view: View, tmp_path: Path) -> None:
    assert render(view, REPORT, own(tmp_path, "{{ title }}: {{ masthead.body }} 委员会\n")) == (
        "A report made up for tests: Commission on Narcotic Drugs 委员会\n"
    )


def test_a_template_may_have_another_name(view: View, tmp_path: Path) -> None:
    assert render(view, "letter.md.j2", own(tmp_path, "{{ author }}", "letter.md.j2")) == "Report of the Secretariat"


def test_a_copy_of_the_built_in_template_renders_the_same(view: View, tmp_path: Path) -> None:
    built_in = render(view, REPORT, tmp_path)
    assert render(view, REPORT, own(tmp_path, built_in_text(REPORT))) == built_in
    assert render(view, REPORT, own(tmp_path, built_in_text(REPORT) + "{# mine #}")) == built_in


def test_an_unknown_template_is_refused_with_those_there_are(view: View, tmp_path: Path) -> None:
    own(tmp_path, "", "letter.md.j2")
    with pytest.raises(
        DraftError, match=r"^there is no template leter\.md\.j2; there are letter\.md\.j2, report\.md\.j2$"
    ):
        render(view, "leter.md.j2", tmp_path)


@pytest.mark.parametrize("name", ["../secret.j2", "../templates/report.md.j2", "new/entry.yaml.j2", "..", ".", ""])
def test_a_template_outside_the_folder_is_refused(view: View, tmp_path: Path, name: str) -> None:
    (tmp_path / "secret.j2").write_text("secret", encoding="utf-8")
    own(tmp_path, "{{ title }}")
    with pytest.raises(DraftError, match=r"^there is no template "):
        render(view, name, tmp_path)


def test_an_absolute_path_is_refused(view: View, tmp_path: Path) -> None:
    (tmp_path / "secret.j2").write_text("secret", encoding="utf-8")
    with pytest.raises(DraftError, match=r"^there is no template "):
        render(view, str(tmp_path / "secret.j2"), tmp_path)


REFUSED = [
    # template, what is said
    ("{{ ''.__class__.__mro__ }}", "x.j2:1: access to attribute '__class__' of 'str' object is unsafe."),
    ("{{ title | attr('__class__') }}", "x.j2:1: access to attribute '__class__' of 'str' object is unsafe."),
    ("{{ '{0.__class__}'.format(1) }}", "x.j2:1: access to attribute '__class__' of 'int' object is unsafe."),
    ("{{ cycler.__init__.__globals__ }}", "x.j2:1: access to attribute '__init__' of 'type' object is unsafe."),
    ("\n{% for n in range(1000000) %}{% endfor %}", "x.j2:2: Range too big."),
    ("{{ title }}\n\n{{ titel }}", "x.j2:3: 'titel' is undefined"),
    ("{{ title }}\n{{ masthead.bodi }}", "x.j2:2: 'dict object' has no attribute 'bodi'"),
    ("{% macro m() %}\n{{ nothing }}\n{% endmacro %}\n{{ m() }}", "x.j2:2: 'nothing' is undefined"),
    ("a\n{% if %}", "x.j2:2: Expected an expression, got 'end of statement block'"),
    ("a\n{% for s in sections %}", None),
    ("{{ title | shout }}", "x.j2:1: No filter named 'shout'."),
    ("{% include 'y.j2' %}", "x.j2:1: no loader for this environment specified"),
    ("a\n{{ 1 / 0 }}", "x.j2:2: division by zero"),
    ("a\n{{ title | dictsort }}", "x.j2:2: 'str' object has no attribute 'items'"),
    ("{% for s in 5 %}{% endfor %}", "x.j2:1: 'int' object is not iterable"),
    ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "x.j2:1: maximum recursion depth exceeded"),
]


@pytest.mark.parametrize(("template", "message"), REFUSED)
def test_what_is_wrong_with_a_template_is_said_with_its_line(template: str, message: str | None) -> None:
    with pytest.raises(DraftError) as refusal:
        render_text(template, "x.j2", {"title": "A report", "masthead": {"body": "cnd"}, "sections": []})
    if message is None:
        assert str(refusal.value).startswith("x.j2:2: Unexpected end of template.")
    else:
        assert str(refusal.value).startswith(message)


@pytest.mark.parametrize(
    ("template", "message"),
    [
        ("a\n{{ ''.__class__.__mro__ }}", "report.md.j2:2: access to attribute '__class__' of 'str' object is unsafe."),
        ("a\nb\n{{ titel }}", "report.md.j2:3: 'titel' is undefined (did you mean title?)"),
    ],
)
def test_a_template_of_the_workspace_has_the_same_limits(
    view: View, tmp_path: Path, template: str, message: str
) -> None:
    with pytest.raises(DraftError) as refusal:
        render(view, REPORT, own(tmp_path, template))
    assert str(refusal.value) == message


def test_an_endless_template_of_the_workspace_is_ended(
    view: View, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(templates, "_SECONDS", 1)
    endless = "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}"
    with pytest.raises(DraftError, match=r"^report\.md\.j2: the template did not finish in 1 seconds$"):
        render(view, REPORT, own(tmp_path, endless))


def test_a_template_that_is_not_utf8_is_refused(view: View, tmp_path: Path) -> None:
    (own(tmp_path, "") / "templates" / REPORT).write_bytes("标题".encode("gb18030"))
    with pytest.raises(DraftError, match=r"^report\.md\.j2: the template is not UTF-8 text$"):
        render(view, REPORT, tmp_path)


def test_modules_in_the_folder_one_stands_in_are_not_run(
    view: View, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("jinja2", "msgspec", "tracker"):
        (tmp_path / f"{module}.py").write_text("raise SystemExit('taken over')\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert render(view, REPORT, own(tmp_path, "{{ title }}")) == "A report made up for tests"


def test_a_page_escapes_what_texts_hold() -> None:
    view: dict[str, object] = {"title": "<script>"}
    assert render_text("{{ title }}", "page.html.j2", view) == "&lt;script&gt;"
    assert render_text("{{ title }}", "page.md.j2", view) == "<script>"
