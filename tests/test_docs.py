"""The documentation says what the program does: reference pages are fresh, commands are told, examples run."""

from __future__ import annotations

import re
import shlex
import shutil
from dataclasses import dataclass
from pathlib import Path

import click
import duckdb
import pytest
import typer
from typer.testing import CliRunner

from flags.measures import MEASURES
from flags.registry import RULES
from loaders import __version__
from loaders.cli import app
from loaders.schemas import PUBLIC_TABLES
from tools import reference

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
LANGUAGES = ("zh", "en")
GUIDES = ("supervisors", "agencies", "operators", "analysts", "contributors")
READMES = [ROOT / "README.md", ROOT / "README.zh.md"]
WRITTEN = [*READMES, *(DOCS / language / f"{name}.md" for language in LANGUAGES for name in GUIDES)]
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"!?\[[^\]]*\]\(([^)#\s]+)(?:#[^)]*)?\)")
COMMANDS = typer.main.get_command(app).commands

by_file = pytest.mark.parametrize("path", WRITTEN, ids=lambda path: path.relative_to(ROOT).as_posix())


@dataclass(frozen=True)
class Example:
    """A block of code in the documentation."""

    language: str
    text: str


def examples(path: Path) -> list[Example]:
    return [Example(*found) for found in FENCE.findall(path.read_text(encoding="utf-8"))]


def command_lines(path: Path) -> list[str]:
    """The lines of shell examples that call the program, without the name of the program and without remarks."""
    lines = []
    for example in examples(path):
        if example.language in ("sh", "shell", "powershell"):
            for line in example.text.splitlines():
                _, found, rest = line.partition("#")[0].partition("gongkai ")
                if found and rest.split()[:1] and rest.split()[0] in COMMANDS:
                    lines.append(rest.strip())
    return lines


def targets_of_make() -> set[str]:
    """What the documentation tells to make: `make run` in a sentence, or a line of a shell example."""
    texts = "\n".join(path.read_text(encoding="utf-8") for path in WRITTEN)
    return set(re.findall(r"(?:^|`)make (?:[A-Z]+=\S+ )*([a-z-]+)", texts, re.MULTILINE))


def test_reference_pages_are_fresh():
    old = [path.relative_to(ROOT).as_posix() for path in reference.stale()]
    assert not old, f"run: python -m tools.reference  (stale: {', '.join(old)})"


@pytest.mark.parametrize("language", LANGUAGES)
def test_reference_tells_of_everything(language: str):
    folder = DOCS / language / "reference"
    held = {name: (folder / f"{name}.md").read_text(encoding="utf-8") for name in reference.PAGES}
    assert [rule.id for rule in RULES if f"{{#{rule.id}}}" not in held["rules"]] == []
    assert [name for name in MEASURES if f"`{name}`" not in held["measures"]] == []
    assert [name for name in COMMANDS if f"{{#{name}}}" not in held["commands"]] == []
    assert [name for name in PUBLIC_TABLES if f"{{#{name}}}" not in held["tables"]] == []


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_and_a_place_in_the_guides(name: str):
    command = COMMANDS[name]
    assert command.help
    assert [each.name for each in command.params if each.name != "help" and not getattr(each, "help", None)] == []
    told = {path.parent.name for path in WRITTEN for line in command_lines(path) if line.split()[0] == name}
    assert told >= set(LANGUAGES), f"no guide shows gongkai {name}"


@by_file
def test_commands_shown_are_commands_the_program_takes(path: Path):
    for line in command_lines(path):
        name, *arguments = shlex.split(line)
        try:
            COMMANDS[name].make_context(name, arguments)
        except click.exceptions.ClickException as error:
            pytest.fail(f"gongkai {line}: {error.format_message()}")


@by_file
def test_links_lead_somewhere(path: Path):
    lost = [
        link
        for link in LINK.findall(path.read_text(encoding="utf-8"))
        if "://" not in link and not (path.parent / link).exists()
    ]
    assert lost == []


@pytest.mark.parametrize("target", sorted(targets_of_make()))
def test_targets_of_make_exist(target: str):
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)


@pytest.mark.parametrize("language", LANGUAGES)
def test_examples_for_analysts_run(language: str, small_store: Path, monkeypatch: pytest.MonkeyPatch):
    """In their order, in a folder with a store of some of the sample, as a reader would run them."""
    monkeypatch.chdir(small_store.parent.parent)
    monkeypatch.delenv("GONGKAI_STORE", raising=False)
    names: dict[str, object] = {}
    blocks = examples(DOCS / language / "analysts.md")
    assert {block.language for block in blocks} == {"sh", "python", "sql"}
    for block in blocks:
        if block.language == "sh":
            for line in block.text.splitlines():
                run(line.removeprefix("gongkai "))
        elif block.language == "python":
            exec(compile(block.text, f"analysts.md ({language})", "exec"), names)
        else:
            assert duckdb.sql(block.text).fetchall(), block.text
    assert names["outcomes"].height and names["largest"].height == 5 and names["by_year"].height


@pytest.fixture(scope="module")
def small_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """`data/store` in a folder of its own, with one banner's reports of the quickest kinds."""
    folder = tmp_path_factory.mktemp("analyst")
    by_size = sorted((ROOT / "data" / "sample").glob("*/*/"), key=lambda path: sum(1 for _ in path.rglob("*.*")))
    shutil.copytree(by_size[-1], folder / "sample", ignore=shutil.ignore_patterns("*.pdf"))
    run(f"ingest {shlex.quote(str(folder / 'sample'))} --jobs 0 --store {shlex.quote(str(folder / 'data' / 'store'))}")
    return folder / "data" / "store"


def run(line: str) -> None:
    result = CliRunner().invoke(app, shlex.split(line))
    assert result.exit_code == 0, f"gongkai {line}\n{result.output}\n{result.exception!r}"


def test_the_readmes_count_the_rules():
    english, chinese = (path.read_text(encoding="utf-8") for path in READMES)
    assert f"{len(RULES)} rules" in english and f"{len(RULES)}条规则" in chinese


def test_the_changelog_tells_of_this_version():
    assert f"## {__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", GUIDES)
def test_both_languages_show_the_same_commands(name: str):
    assert command_lines(DOCS / "en" / f"{name}.md") == command_lines(DOCS / "zh" / f"{name}.md")


def test_both_readmes_show_the_same_commands():
    english, chinese = map(command_lines, READMES)
    assert english and english == chinese
