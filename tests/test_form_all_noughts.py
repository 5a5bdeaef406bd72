"""Text that has lost the layout of its tables: labels here, figures there. Where all are noughts, all are known."""

from __future__ import annotations

import pytest

from loaders.form.editions import edition
from loaders.parsing import parse_file
from loaders.report import FormReading

FORM = edition("2021")


def lost_table(table: str, figures: list[str]) -> list[str]:
    """Its labels line by line, then its figures: some on lines of their own, some side by side."""
    labels = [row.label for block in FORM.blocks_of(table) for row in block.rows]
    half = len(figures) // 2
    return [*labels[:3], *figures[:half], *labels[3:], "自然人", " ".join(figures[half:])]


def noughts(table: str, more: int = 0) -> list[str]:
    return ["0"] * (sum(key.startswith(f"{table}.") for key in FORM.keys) + more)


def read(
    applications: list[str],
    litigation: list[str],
    end: list[str] | None = None,
    heading: str = "四、政府信息公开行政复议、行政诉讼情况",
) -> FormReading:
    lines = [
        "正蓝旗水利局2023年政府信息公开工作年度报告",
        "三、收到和处理政府信息公开申请情况",
        *lost_table("applications", applications),
        heading,
        "行政复议",
        "结果维持",
        *litigation,
        "五、存在的主要问题及改进情况",
        *(end or []),
        "公开内容还不够丰富，2024年将进一步完善。",
    ]
    return parse_file("\n".join(lines).encode(), "a.txt").form


def values(form: FormReading, table: str) -> set[float | None]:
    return {reading.value for key, reading in form.figures.items() if key.startswith(f"{table}.")}


def test_tables_of_nothing_but_noughts_are_known_though_their_layout_is_lost() -> None:
    form = read(noughts("applications"), noughts("litigation"))
    assert (values(form, "applications"), values(form, "litigation")) == ({0.0}, {0.0})
    assert form.tables == {"publication": "missing", "applications": "present", "litigation": "present"}
    told = [reading for key, reading in form.figures.items() if key.startswith("applications.")]
    assert all(reading.place.line and reading.raw == "0" and reading.confidence < 1.0 for reading in told)
    assert len([warning for warning in form.warnings if "版式" in warning]) == 1
    assert not [warning for warning in form.warnings if "未能确认位置" in warning]


@pytest.mark.parametrize("heading", ["四、政府信息公开行政复议和行政诉讼情况", "四、因政府信息公开被申请复议的情况"])
def test_noughts_of_the_next_table_do_not_make_up_for_blanks(heading: str) -> None:
    blanks, litigation = 13, noughts("litigation", -2)
    form = read(noughts("applications", -blanks), litigation, heading=heading)
    assert len(litigation) == blanks and values(form, "applications") == {None}


@pytest.mark.parametrize("figures", [["3", *noughts("applications", -1)], noughts("applications", -1), ["3"]])
def test_where_one_is_no_nought_or_lacking_none_is_known(figures: list[str]) -> None:
    form = read(figures, noughts("litigation"))
    assert (values(form, "applications"), values(form, "litigation")) == ({None}, {0.0})


def test_numbers_of_pages_stand_among_the_noughts() -> None:
    both = noughts("applications")
    assert values(read([*both[:50], "2", *both[50:150], "3", *both[150:]], []), "applications") == {0.0}
    assert values(read([*both[:50], "3", *both[50:150], "2", *both[150:]], []), "applications") == {None}
    assert values(read([*both, "999"], []), "applications") == {None}


def test_noughts_below_the_heading_of_the_next_section_belong_to_the_tables_before() -> None:
    form = read(noughts("applications"), noughts("litigation")[:6], noughts("litigation")[6:])
    assert values(form, "litigation") == {None}
    form = read(noughts("applications")[:90], noughts("applications")[90:] + noughts("litigation"))
    assert (values(form, "applications"), values(form, "litigation")) == ({0.0}, {0.0})
