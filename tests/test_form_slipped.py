"""Figures in saved text that may be those of the row above or below: null where it cannot be told."""

from __future__ import annotations

from loaders.form.reading import read_form
from loaders.reading.text.plain import read_text
from tests.form_documents import APPLICANTS, applications, count, document, table
from tests.test_form_damage import RESULTS, granted


def summed(row: int) -> list[str]:
    """Figures that add up, other ones in each row."""
    parts = [10 * row + column for column in range(6)]
    return [str(each) for each in (*parts, sum(parts))]


def lines_of_rows() -> dict[str, list[str]]:
    """The label and the figures of each row, a line each, by the row's label."""
    rows = [row for row in applications() if len(row) == 8]
    return {row[0]: [row[0], *summed(number)] for number, row in enumerate(rows)}


def values(lines: dict[str, list[str]], row: str) -> list[float | None]:
    header = ["三、收到和处理政府信息公开申请情况", *APPLICANTS]
    written = [line for lines_of_row in lines.values() for line in lines_of_row]
    return granted(read_form(read_text("\n".join([*header, *written]))), row)


def floats(texts: list[str]) -> list[float]:
    return [float(text) for text in texts]


def label_of(lines: dict[str, list[str]], part: str) -> str:
    return next(label for label in lines if part in label)


def test_rows_between_figures_too_many_and_a_label_without_any_are_null():
    lines = lines_of_rows()
    repeat, books = label_of(lines, "重复申请"), label_of(lines, "公开出版物")
    excessive, reconfirm = label_of(lines, "大量反复"), label_of(lines, "重新出具")
    moved = lines[books][1:]
    lines[repeat] += moved  # as if they stood in front of their label
    lines[books][1:] = lines[excessive][1:]
    lines[excessive][1:] = lines[reconfirm][1:]
    lines[reconfirm][1:] = []
    assert values(lines, "rejected.repeat") == floats(lines[repeat][1:8])
    for row in ("rejected.publication", "rejected.excessive", "rejected.reconfirm"):
        assert set(values(lines, row)) == {None}
    assert values(lines, "total")[-1] == float(lines[label_of(lines, "总计")][-1])


def test_a_row_that_slipped_is_null_behind_labels_that_lost_more_figures_than_were_too_many():
    lines = lines_of_rows()
    uncorrected, unpaid = label_of(lines, "逾期不补正"), label_of(lines, "逾期未按收费")
    other, total = label_of(lines, "3.其他"), label_of(lines, "总计")
    for label in list(lines)[:2]:
        lines[label] = [label]
    lines[uncorrected] += lines[unpaid][1:]  # as if all from here on stood in front of their labels
    lines[unpaid][1:] = lines[other][1:]
    lines[other], lines[total] = [], [total, other, *lines[total][1:]]
    assert {None} == {each for row in ("misc.unpaid", "misc.other", "total") for each in values(lines, row)}
    assert values(lines, "carried_out") == floats(lines[label_of(lines, "结转下年度")][1:])


def test_a_row_that_lost_its_label_moves_no_other():
    lines = lines_of_rows()
    excessive = label_of(lines, "大量反复")
    lines[excessive] = lines[excessive][1:]
    assert values(lines, "rejected.reconfirm") == floats(lines[label_of(lines, "重新出具")][1:])


def test_figures_that_an_empty_line_parts_are_a_row_only_if_they_add_up():
    lines = lines_of_rows()
    whole, parted = label_of(lines, "重复申请"), label_of(lines, "大量反复")
    lines[whole].insert(4, "")
    lines[parted][1:] = ["8", "1", "9", "", "1", "15", "14", "30"]
    assert values(lines, "rejected.repeat") == floats([text for text in lines[whole][1:] if text])
    assert set(values(lines, "rejected.excessive")) == {None}


def test_seven_figures_are_no_row_where_others_have_more_and_they_do_not_add_up():
    rows = [[row[0], *summed(number)] for number, row in enumerate(row for row in applications() if len(row) == 8)]
    for row in rows[::2]:
        row[1:4] = ["6 0", "1 2", row[3]]
    odd = next(row for row in rows[1::2] if "大量反复" in row[0] or "公开出版物" in row[0])
    sound = next(row for row in rows[1::2] if row is not odd)
    odd[1:] = ["52", "39", "17", "64", "0", "17", "2"]
    text = "\n".join([" ".join(APPLICANTS), *(" ".join(row) for row in rows)])
    form = read_form(read_text(text))
    read = [[form.figures[key].value for key in keys] for keys in keys_of_rows()]
    assert floats(sound[1:]) in read
    assert floats(odd[1:]) not in read


def keys_of_rows() -> list[list[str]]:
    from loaders.form.editions import edition

    (block,) = edition("2021").blocks_of("applications")
    return [list(keys) for keys in block.row_keys]


def test_figures_in_tables_of_their_own_in_front_of_their_labels_are_null():
    text = """二、主动公开政府信息情况
第二十条第（一）项
| 信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |
| --- | --- | --- | --- |
|  | 0 | 3 | 13 |
规章
|  | 1 | 2 | 5 |
| --- | --- | --- | --- |
规范性文件
第二十条第（五）项
| 信息内容 | 本年处理决定数量 |
| --- | --- |
| 行政许可 | 416 |"""
    figures = read_form(read_text(text)).figures
    assert figures["publication.rules.issued"].value is None
    assert figures["publication.licensing.decisions"].value == 416


def test_a_row_of_a_merged_label_alone_is_no_row_beside_the_figures_in_the_next() -> None:
    rows = [(*row, "") if row[0].startswith("四、") else row for row in applications()]
    found = table(rows)
    label = next(cell for cell in found.cells if cell.text.startswith("四、"))
    for cell in found.cells:
        cell.row += cell.row == label.row and cell is not label
    label.row_span = 2
    figures = read_form(document("三、收到和处理政府信息公开申请情况", found)).figures
    assert figures["applications.carried_out.person"].value == count("applications", 24, 0)


def test_rows_of_publication_that_a_converter_left_outside_their_table_stand_before_it():
    """Under their articles; another table that names them stands under none."""
    before = [
        "第二十条第（五）项",
        "信息内容本年处理决定数量",
        "行政许可 97",
        "第二十条第（六）项",
        "行政处罚 3",
        "行政强制 0",
    ]
    table = ["| 信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |", "|---|---|---|---|", "| 规章 | 0 | 0 | 0 |"]
    rest = [
        "三、收到和处理政府信息公开申请情况",
        *("| " + " | ".join(filter(None, row)) + " |" for row in applications()),
    ]
    keys = [f"publication.{row}.decisions" for row in ("licensing", "penalty", "coercion")]

    def read(*lines):
        form = read_form(read_text("\n".join([*lines, *table, *rest])))
        return [form.figures[key].value for key in keys]

    assert read(*before) == [97, 3, 0]
    assert read("一、办理事项", "行政许可 97", "行政处罚 3") == [None] * 3


def test_whole_rows_are_not_believed_where_labels_are_parted_by_figures():
    """As where a page was taken out in reading order: the last four rows stand above their labels, and add up."""
    rows = list(lines_of_rows().values())
    lines = []
    for label, *figures in rows[:-4]:
        lines += [f"{label[:-2]} {' '.join(figures[:3])}", label[-2:], " ".join(figures[3:])]
    for label, *figures in rows[-4:]:
        lines += [" ".join(figures), label]
    form = read_form(read_text("\n".join(["三、收到和处理政府信息公开申请情况", *lines])))
    assert {granted(form, row) == [None] * 7 for row in ("misc.unpaid", "misc.other", "total", "carried_out")} == {True}


def test_figures_of_columns_are_no_rows_that_ran_together():
    """Where one label is lost, figures of a row stand; not where others show that the page was taken out by columns."""
    lines = lines_of_rows()
    excessive, reconfirm = label_of(lines, "大量反复"), label_of(lines, "重新出具")
    lines[excessive] += lines.pop(reconfirm)[1:]
    assert values(lines, "rejected.reconfirm") == floats(lines[excessive][8:])
    lines[label_of(lines, "结转下年")] += [str(number) for number in range(16)]
    assert set(values(lines, "rejected.reconfirm")) == {None}


def test_litigation_with_a_blank_figure_is_not_two_rows_of_applications():
    """Fourteen figures are left of it, and the last row of the applications is lost."""
    lines = [f"{label} {' '.join(figures)}" for label, *figures in list(lines_of_rows().values())[:-1]]
    lines += ["四、政府信息公开行政复议、行政诉讼情况", *RESULTS, f"总计 {' '.join('0' * 14)}"]
    form = read_form(read_text("\n".join(["三、收到和处理政府信息公开申请情况", *lines])))
    assert granted(form, "carried_out") == [None] * 7


def test_figures_behind_two_labels_that_stand_out_of_order_are_no_row_of_either():
    lines = lines_of_rows()
    other, total = label_of(lines, "3.其他"), label_of(lines, "总计")
    lines[other], lines[total] = [], [total, other, *lines[total][1:]]
    assert set(values(lines, "misc.other")) == {None}
    assert set(values(lines, "total")) == {None}
    assert values(lines, "carried_out") == floats(lines[label_of(lines, "结转下年度")][1:])


def test_a_page_number_below_the_last_row_is_no_total_where_all_totals_are_blank():
    lines = {label: [f"{label} {' '.join(figures[:-1])}"] for label, (_, *figures) in lines_of_rows().items()}
    carried_out = label_of(lines, "结转下年度")
    lines[carried_out] = [f"{carried_out} 0 0 2 0 0 0", "2"]
    assert set(values(lines, "carried_out")) == {None}
