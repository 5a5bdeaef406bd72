"""Writes the reference pages of the documentation from the code: rules, measures, commands and tables.

    python -m tools.reference [--check]

`--check` writes nothing and ends with 1 where a page differs from the code.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

from flags.measures import MEASURES
from flags.registry import RULES
from flags.rule import FAMILIES, NOT_APPLICABLE_REASONS, Rule, Wording
from loaders.form.editions import EDITION_NAMES, edition
from loaders.schemas import PUBLIC_TABLES
from loaders.vocabulary import EDITIONS, FAILURE_REASONS, ISSUER_KINDS

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
COLUMNS = tomllib.loads(Path(__file__).with_name("reference_columns.toml").read_text(encoding="utf-8"))
LOCALES = {"zh": "zh_CN.UTF-8", "en": "en_US.UTF-8"}

FAMILY_NAMES = {
    "arithmetic": Wording("表内勾稽", "Sums within the form"),
    "time": Wording("年度之间", "From year to year"),
    "rollup": Wording("上下级之间", "The whole and its parts"),
    "claims": Wording("正文与表格", "Text against tables"),
    "form": Wording("格式", "The form"),
    "identity": Wording("机关与年度", "Issuer and year"),
    "wording": Wording("套话与雷同", "Stock phrases and copies"),
    "integrity": Wording("文本完整性", "Integrity of the text"),
    "outliers": Wording("异常数值", "Outliers"),
}
SEVERITY_NAMES = {
    "error": Wording("错误", "error"),
    "warning": Wording("警示", "warning"),
    "notice": Wording("提示", "notice"),
}
NOTE = Wording("本页由程序生成，请勿手改。", "This page is generated from the code; do not edit it.")


def said(wording: Wording, language: str) -> str:
    """The wording in one of the languages, fit for a line of Markdown."""
    return " ".join((wording.zh if language == "zh" else wording.en).split())


def row(*cells: str) -> str:
    """A row of a Markdown table."""
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"


def table(headings: list[str], rows: Iterator[str] | list[str]) -> list[str]:
    """A Markdown table."""
    return [row(*headings), "|" + " --- |" * len(headings), *rows, ""]


def opening(title: Wording, about: Wording, language: str) -> list[str]:
    """The lines a page begins with."""
    return [f"<!-- {said(NOTE, language)} -->", "", f"# {said(title, language)}", "", said(about, language), ""]


def rules_page(language: str) -> list[str]:
    """Every rule under fixed headings, and the reasons why a rule may say nothing."""
    lines = opening(
        Wording("检查规则", "Rules"),
        Wording(
            f"共{len(RULES)}条。每条规则对每份报告的结论是通过、未通过、不适用或存疑，后两种附原因。"
            "限值均含本数，可在 gongkai.toml 中改动。",
            f"{len(RULES)} rules. Each says of each report that it passed, failed, that the rule is not applicable, or "
            "that it is unsure, the last two with a reason. Limits are inclusive and can be moved in `gongkai.toml`.",
        ),
        language,
    )
    for family in FAMILIES:
        members = [rule for rule in RULES if rule.family == family]
        if members:
            lines += [f"## {said(FAMILY_NAMES[family], language)}", ""]
            for rule in members:
                lines += list(one_rule(rule, language))
    heading = said(Wording("不适用或存疑的原因", "Why a rule is not applicable, or unsure"), language)
    reasons = [row(f"`{key}`", said(reason, language)) for key, reason in NOT_APPLICABLE_REASONS.items()]
    first = said(Wording("原因", "Reason"), language)
    return [*lines, f"## {heading}", "", *table([first, said(Wording("意思", "Meaning"), language)], reasons)]


def one_rule(rule: Rule, language: str) -> Iterator[str]:
    """One rule."""
    yield f"### {said(rule.title, language)} `{rule.id}` {{#{rule.id}}}"
    yield ""
    colon = "：" if language == "zh" else ": "
    version = said(Wording(f"第{rule.version}版", f"version {rule.version}"), language)
    yield f"**{said(SEVERITY_NAMES[rule.severity], language)}** · {version}"
    yield ""
    yield said(rule.reason, language)
    yield ""
    for name, wording in (
        (Wording("公式", "Formula"), rule.formula),
        (Wording("依据", "Basis"), rule.basis),
        (Wording("改法", "How to mend"), rule.remedy),
        (Wording("例", "Example"), rule.example),
    ):
        if said(wording, language):
            yield f"- **{said(name, language)}**{colon}{said(wording, language)}"
    for limit in rule.thresholds:
        yield f"- **{said(Wording('限值', 'Limit'), language)}** `{limit.name} = {limit.default:g}`{colon}" + said(
            limit.meaning, language
        )
    yield ""


def measures_page(language: str) -> list[str]:
    """Every measure with definition, unit, source and the least denominator for a ranking."""
    lines = opening(
        Wording("指标", "Measures"),
        Wording(
            "每个指标只在一处定义（flags/measures.py），各页面和导出都用它。多份报告合计时，比率等于分子之和除以分母之和，"
            "只计分子分母都填写了的报告；没有分母就没有比率，不写成 0。“最小分母”是单个机关参加排名所需的件数。",
            "Each measure is defined once (`flags/measures.py`) and used by all pages. Over several reports a rate is "
            "the sum of numerators over the sum of denominators, of those reports that state both; over nothing it is "
            "absent, never 0. “Least N” is the denominator from which on a single issuer is ranked.",
        ),
        language,
    )
    rows = [
        row(
            said(measure.title, language),
            f"`{measure.id}`",
            said(measure.definition, language),
            said(measure.unit, language),
            said(measure.source, language),
            str(measure.minimum) if measure.is_rate else "",
        )
        for measure in MEASURES.values()
    ]
    headings = Wording("指标,编号,定义,单位,来源,最小分母", "Measure,Id,Definition,Unit,Source,Least N")
    return [*lines, *table(said(headings, language).split(","), rows)]


def tables_page(language: str) -> list[str]:
    """Every public table and column, the closed lists, and the keys of the figures."""
    place = 0 if language == "zh" else 1
    lines = opening(
        Wording("数据表", "Tables"),
        Wording(
            "以下是 gongkai export 能导出的表。空值表示原文没有，与 0 不同。",
            "The tables that `gongkai export` writes. Null means that the report does not say, which is not 0.",
        ),
        language,
    )
    for name, schema in PUBLIC_TABLES.items():
        told = COLUMNS["all"] | COLUMNS[name]
        lines += [f"## `{name}` {{#{name}}}", "", told["_"][place], ""]
        rows = [
            row(f"`{column}`", f"`{_type_name(str(kind.dtype))}`", told[column][place])
            for column, kind in schema.columns().items()
        ]
        lines += table(said(Wording("列,类型,内容", "Column,Type,What it holds"), language).split(","), rows)
    lines += [f"## {said(Wording('固定取值', 'Closed lists'), language)}", ""]
    for column, values in (("issuer_kind", ISSUER_KINDS), ("edition", EDITIONS), ("failures.reason", FAILURE_REASONS)):
        lines.append(f"- `{column}`: " + ", ".join(f"`{value}`" for value in values))
    return [*lines, "", *figure_keys(language)]


def _type_name(dtype: str) -> str:
    return "Enum" if dtype.startswith("Enum") else dtype


def figure_keys(language: str) -> Iterator[str]:
    """The keys of all figures beside the labels printed on the form."""
    yield f"## {said(Wording('数字的键', 'Keys of the figures'), language)}"
    yield ""
    yield said(
        Wording(
            "一个数字的键是“表.行.列”，如 applications.new.total；cells 表把它分成三列。标签为表格上印的字。",
            "A figure's key is `table.row.column`, such as `applications.new.total`; the table `cells` holds the three "
            "apart. Labels are those printed on the form.",
        ),
        language,
    )
    yield ""
    headings = said(Wording("表,行,标签,列", "Table,Row,Label,Columns"), language).split(",")
    for name in EDITION_NAMES:
        yield f"### {said(Wording(f'{name}年版', f'Edition of {name}'), language)}"
        yield ""
        rows = [
            row(
                f"`{block.table}`",
                f"`{each.key}`",
                each.label,
                ", ".join(f"`{c.key}` {c.label}" for c in block.columns),
            )
            for block in edition(name).blocks
            for each in block.rows
        ]
        yield from table(headings, rows)


def commands_page(language: str) -> list[str]:
    """Every command with its arguments and options, in the words of its own help.

    The words of the command line follow the system's language, so each language is asked of a process of its own.
    """
    command = [sys.executable, "-m", "tools.reference", "--commands", language]
    settings = {name: value for name, value in os.environ.items() if not name.startswith("LC_")}
    settings |= {"LC_ALL": LOCALES[language], "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(command, cwd=ROOT, env=settings, capture_output=True, check=True, encoding="utf-8")
    return done.stdout.splitlines()


def print_commands(language: str) -> None:
    """What `commands_page` is made of."""
    import typer

    from loaders.cli import app

    program = typer.main.get_command(app)
    lines = opening(
        Wording("命令", "Commands"),
        Wording(
            "以下内容与 gongkai COMMAND --help 相同。",
            "The same as `gongkai COMMAND --help` prints.",
        ),
        language,
    )
    group = getattr(program, "commands", {})
    for name, command in group.items():
        lines += [f"## gongkai {name} {{#{name}}}", ""]
        usage = " ".join(_usage(each) for each in command.params if each.name != "help")
        lines += ["```", f"gongkai {name} {usage}", "```", "", *_paragraphs(command.help or ""), ""]
        rows = [row(f"`{_usage(each)}`", getattr(each, "help", None) or "") for each in command.params]
        lines += table(said(Wording("参数,说明", "Parameter,Meaning"), language).split(","), rows)
    lines += exit_codes(language)
    sys.stdout.write("\n".join(lines))


def _usage(parameter: object) -> str:
    """A parameter as one types it; typer's own classes have no public types."""
    metavar = getattr(parameter, "metavar", None) or ""
    if getattr(parameter, "param_type_name", "") == "argument":
        return metavar
    name = max(getattr(parameter, "opts", ()), key=len)
    return f"[{name} {metavar}]" if metavar else f"[{name}]"


def _paragraphs(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines()]


def exit_codes(language: str) -> list[str]:
    """What the exit codes mean."""
    meanings = {
        0: Wording("完成", "done"),
        1: Wording("check 发现了错误级的问题", "`check` found an error"),
        2: Wording("用法有误，或没有可读的文件", "wrong usage, or nothing to read"),
        3: Wording("用了 --strict，且有文件读不成", "with `--strict`: a file could not be read"),
        70: Wording("程序自身出错，详情在日志里", "a fault of the program; details are in its log"),
        130: Wording("被中断（Ctrl-C）；已存入的不受影响，再运行一次即可接着读", "interrupted; what is stored stays"),
    }
    rows = [row(f"`{code}`", said(meaning, language)) for code, meaning in meanings.items()]
    heading = said(Wording("退出码", "Exit codes"), language)
    return [f"## {heading}", "", *table(said(Wording("码,意思", "Code,Meaning"), language).split(","), rows)]


PAGES: dict[str, Callable[[str], list[str]]] = {
    "rules": rules_page,
    "measures": measures_page,
    "commands": commands_page,
    "tables": tables_page,
}


def pages() -> Iterator[tuple[Path, str]]:
    """Every reference page: where it stands and what it holds."""
    for language in LOCALES:
        for name, make in PAGES.items():
            text = "\n".join(make(language)).rstrip() + "\n"
            yield DOCS / language / "reference" / f"{name}.md", text


def stale() -> list[Path]:
    """The pages that differ from the code."""
    return [path for path, text in pages() if not path.exists() or path.read_text(encoding="utf-8") != text]


def main() -> int:
    """Write the pages, or check them."""
    parser = argparse.ArgumentParser(description="Write the reference pages of the documentation")
    parser.add_argument("--check", action="store_true", help="write nothing; end with 1 where a page is stale")
    parser.add_argument("--commands", choices=LOCALES, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.commands:
        print_commands(given.commands)
        return 0
    if given.check:
        old = stale()
        for path in old:
            print(f"{path.relative_to(ROOT)} is stale; run: python -m tools.reference")
        return 1 if old else 0
    for path, text in pages():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
