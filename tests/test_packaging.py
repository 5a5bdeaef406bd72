"""What is installed is what the code needs: declared packages, and the files that go with the modules."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
OWN = {"loaders", "flags", "pages", "data", "tests", "tools", "app"}
RUNTIME = [
    ROOT / "app.py",
    *(path for name in ("loaders", "flags", "pages", "data") for path in (ROOT / name).rglob("*.py")),
]
OF_THE_SYSTEM = {"uno", "unohelper", "com"}
"""What LibreOffice's own Python brings; imported only there."""
NOT_IMPORTED = {"onnxruntime", "xlsxwriter", "fastexcel"}
"""Packages that another one loads by itself: rapidocr its engine, Polars its readers and writers of workbooks."""


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", re.split(r"[<>=!~;\[ ]", name, maxsplit=1)[0]).lower()


def declared(*extras: str) -> set[str]:
    wanted = list(PROJECT["project"]["dependencies"])
    for extra in extras:
        wanted += PROJECT["project"]["optional-dependencies"][extra]
    return {canonical(each) for each in wanted}


def imported() -> set[str]:
    names = set()
    for path in RUNTIME:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names.add(node.module.partition(".")[0])
    return names - set(sys.stdlib_module_names) - OWN - OF_THE_SYSTEM


INSTALLED = packages_distributions()
"""The packages that bring a module, by its name."""


def distribution_of(module: str) -> set[str]:
    return {canonical(name) for name in INSTALLED.get(module, [module])}


@pytest.mark.parametrize("module", sorted(imported()))
def test_every_package_imported_is_declared(module: str):
    extras = PROJECT["project"]["optional-dependencies"]
    assert distribution_of(module) & declared(*extras), f"{module} is imported but not in pyproject.toml"


def test_every_package_declared_is_used():
    used = {name for module in imported() for name in distribution_of(module)}
    by_name_only = {"opencc-python-reimplemented"}  # its table of characters is read as a file
    assert declared(*PROJECT["project"]["optional-dependencies"]) - used - NOT_IMPORTED - by_name_only == set()


def test_locks_hold_what_is_declared():
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    pinned = {canonical(line) for line in re.findall(r"^([A-Za-z0-9_.-]+)==", lock, re.MULTILINE)}
    assert declared() - pinned == set()
    every = (ROOT / "requirements-dev.lock").read_text(encoding="utf-8")
    assert "--hash=sha256:" in lock and "--hash=sha256:" in every


def test_locks_agree_where_both_name_a_package():
    versions = [
        dict(re.findall(r"^([A-Za-z0-9_.-]+)==(\S+)", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE))
        for name in ("requirements.lock", "requirements-dev.lock")
    ]
    assert {n: v for n, v in versions[0].items() if versions[1].get(n) != v} == {}


def test_files_of_the_program_are_all_in_the_wheel():
    """Everything the program reads lies in a folder that the wheel includes."""
    included = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["only-include"]
    assert set(included) >= {"loaders", "flags", "pages", "data", "app.py", ".streamlit"}
    assert (ROOT / ".streamlit" / "config.toml").is_file()
