"""Tables in, figures with their keys out; and what becomes of figures when a table is damaged."""

import pytest

from loaders.document import Cell, Paragraph, Picture, Table
from loaders.form.editions import edition
from loaders.form.reading import read_form
from loaders.parsing import parse_document
from loaders.reading.text.plain import read_text
from tests.form_documents import applications, count, document, litigation, publication, table, whole

ROW_KEYS = [row.key for row in edition("2021").blocks_of("applications")[0].rows]
COLUMN_KEYS = [column.key for column in edition("2021").blocks_of("applications")[0].columns]


def row_of(form, key):
    return [form.figures[f"applications.{key}.{column}"].value for column in COLUMN_KEYS]


def expected(key):
    return [count("applications", ROW_KEYS.index(key), column) for column in range(7)]


def all_right_but(form, *lost):
    return {key for key in ROW_KEYS if row_of(form, key) != expected(key)} == set(lost)


def swap(rows, one, other):
    rows[one], rows[other] = rows[other], rows[one]
    return rows


def at(key):
    """The index of a row in `applications()`, after its two header rows."""
    return 2 + ROW_KEYS.index(key)


@pytest.mark.parametrize("form", ["2021", "2019"])
def test_every_figure_of_a_whole_form_is_read(form):
    read = read_form(whole(form))
    assert read.edition == form
    assert list(read.figures) == list(edition(form).keys)
    assert all(figure.value is not None for figure in read.figures.values())
    assert read.confidence == 1
    assert read.tables == {"publication": "present", "applications": "present", "litigation": "present"}
    assert read.labels == []


def test_figures_stand_under_their_keys():
    read = read_form(whole())
    assert all_right_but(read)
    keys = [(row, column) for row in ("review", "direct", "after_review") for column in range(5)]
    columns = ("upheld", "corrected", "other", "pending", "total")
    values = [read.figures[f"litigation.{row}.{columns[column]}"].value for row, column in keys]
    assert values == [count("litigation", row, column) for row in range(3) for column in range(5)]


def test_a_report_for_2023_on_the_old_form_is_read_as_what_it_is():
    assert read_form(document("2023年度报告", *whole("2019").blocks)).edition == "2019"


def test_places_and_raw_text_are_kept():
    figure = read_form(whole()).figures["applications.new.person"]
    assert (figure.raw, figure.place.row, figure.place.column) == ("10", 3, 2)


def test_blank_is_null_and_marks_for_nothing_are_zero():
    values = ["", "/", "—", "-", "无", "0.00", "5"]
    read = read_form(whole(apps=applications(figures={"partial": values})))
    assert row_of(read, "partial") == [None, 0, 0, 0, 0, 0, 5]
    assert read.figures["applications.partial.business"].raw == "/"


def test_words_in_a_figure_cell_are_null_with_their_text():
    values = ["l2", "1", "2", "3", "4", "5", "27"]
    read = read_form(whole(apps=applications(figures={"granted": values})))
    assert row_of(read, "granted") == [None, 1, 2, 3, 4, 5, 27]
    assert read.figures["applications.granted.person"].raw == "l2"


def test_rows_out_of_order_are_known_by_their_labels():
    rows = swap(applications(), at("denied.secret"), at("denied.process"))
    assert all_right_but(read_form(whole(apps=rows)))


def test_a_lost_row_is_null_and_its_neighbours_stay():
    rows = applications()
    del rows[at("rejected.repeat")]
    read = read_form(whole(apps=rows))
    assert all_right_but(read, "rejected.repeat")
    assert read.figures["applications.rejected.repeat.person"].confidence < 0.5
    assert read.confidence < 1


@pytest.mark.parametrize("label", ["4.保护第三万合法杈益", "保护第三方合法权", "第三方合法权益"])
def test_a_misread_label_is_recognised(label):
    rows = applications()
    rows[at("denied.third_party")][0] = label
    assert all_right_but(read_form(whole(apps=rows)))


def test_in_saved_text_a_blank_cell_may_have_shifted_a_row_that_does_not_add_up():
    rows = applications(
        figures={"granted": ["4", "", "1", "0", "0", "0", "9"], "partial": ["4", "0", "1", "0", "0", "0", "5"]}
    )
    read = read_form(document(table(rows, aligned=False)))
    assert row_of(read, "granted") == [4, None, None, None, None, None, None]
    assert row_of(read, "partial") == [4, 0, 1, 0, 0, 0, 5]


def test_a_row_without_label_is_taken_only_if_the_sums_agree():
    rows = applications(figures={"denied.internal": ["1", "1", "1", "1", "1", "1", "6"]})
    rows[at("denied.internal")][0] = ""
    consistent = read_form(whole(apps=rows))
    rows[at("denied.internal")][-1] = "7"
    broken = read_form(whole(apps=rows))
    assert row_of(consistent, "denied.internal") == [1, 1, 1, 1, 1, 1, 6]
    assert row_of(broken, "denied.internal") == [None] * 7


def test_header_cells_may_be_missing():
    rows = applications()
    del rows[1][0]
    assert all_right_but(read_form(whole(apps=rows)))
    assert all_right_but(read_form(whole(apps=rows[2:])))


def test_a_row_with_its_first_figure_lost_keeps_the_columns_of_the_others():
    rows = applications()
    rows[at("total")][1] = ""
    assert row_of(read_form(whole(apps=rows)), "total") == [None, *expected("total")[1:]]


def test_a_page_number_among_the_figures_is_left_out_where_the_sum_tells():
    lines = [cell for row in applications(figures={"granted": ["1", "0", "0", "0", "0", "0", "1"]}) for cell in row]
    first = lines.index("（一）予以公开")
    lines.insert(first + 4, "37")
    read = read_form(document(*lines))
    assert row_of(read, "granted") == [1, 0, 0, 0, 0, 0, 1]
    assert read.figures["applications.granted.person"].confidence < 1


def test_figures_too_few_to_tell_apart_are_null_not_shifted():
    lines = [cell for row in applications() for cell in row]
    del lines[lines.index("（一）予以公开") + 3]
    read = read_form(document(*lines))
    assert all_right_but(read, "granted")
    assert row_of(read, "granted") == [None] * 7


def test_a_repeated_table_with_other_figures_gives_no_figure_where_they_differ():
    again = applications()
    again[at("new")][1] = "99"
    blocks = [*whole().blocks, table(again)]
    read = read_form(document(*blocks))
    assert read.figures["applications.new.person"].value is None
    assert row_of(read, "new")[1:] == expected("new")[1:]
    assert all_right_but(read, "new")


LITIGATION_LAYOUTS = {
    "a row a group": lambda v: [["行政复议", *v[:5]], ["未经复议直接起诉", *v[5:10]], ["复议后起诉", *v[10:]]],
    "review apart": lambda v: [["结果维持", "结果纠正"], v[:5], ["结果维持", "结果纠正"], v[5:]],
    "results down, groups across": lambda v: [
        [label, v[n], v[5 + n], v[10 + n]]
        for n, label in enumerate(["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"])
    ],
}


def spread(cells):
    return [text for cell in cells for text in (cell, "")]


def test_reconsideration_above_lawsuits_is_read_where_its_cells_reach_over_two_columns():
    *_, results, values = litigation()
    upper = [["行政复议"], spread(results[:5]), spread(values[:5])]
    lower = [["行政诉讼"], ["未经复议直接起诉", "", "", "", "", "复议后起诉"], results, values[5:]]
    cells = [Cell(text, row, at) for row, each in enumerate(upper + lower) for at, text in enumerate(each)]
    read = read_form(document("四、政府信息公开行政复议、行政诉讼情况", Table(cells, aligned=False)))
    assert [f.raw for key, f in read.figures.items() if key.startswith("litigation")] == values


@pytest.mark.parametrize("layout", LITIGATION_LAYOUTS)
def test_the_litigation_table_is_read_however_it_is_cut(layout):
    values = litigation()[-1]
    rows = LITIGATION_LAYOUTS[layout](values)
    read = read_form(whole(lit=rows))
    assert [f.raw for key, f in read.figures.items() if key.startswith("litigation")] == values


@pytest.mark.parametrize("position", [0, 7, 14])
def test_an_illegible_cell_of_the_litigation_table_costs_only_itself(position):
    rows = litigation()
    rows[-1][position] = "*"
    values = [f.value for key, f in read_form(whole(lit=rows)).figures.items() if key.startswith("litigation")]
    assert values == [None if text == "*" else float(text) for text in rows[-1]]


def test_tables_that_are_not_there_are_missing():
    read = read_form(document("二、主动公开政府信息情况", table(publication())))
    assert read.tables == {"publication": "present", "applications": "missing", "litigation": "missing"}
    assert read_form(document("没有表格的报告")).edition == "none"


def test_one_cell_a_line_reads_like_a_table():
    lines = [cell for row in [*publication(), *applications(), *litigation()] for cell in row]
    assert all_right_but(read_form(document(*lines)))


def test_labels_broken_over_lines_are_whole_again():
    lines = [cell for row in applications() for cell in row]
    broken = [part for line in lines for part in ([line[:7], line[7:]] if len(line) > 14 else [line])]
    assert all_right_but(read_form(document(*broken)))


def test_a_label_that_begins_with_the_word_for_nought_is_no_figure_of_the_row_above():
    rows = applications()
    (above,) = (n for n, row in enumerate(rows) if any("没有现成信息" in cell for cell in row))
    del rows[above - 1][-5]
    lines = [cell for row in rows for cell in row]
    broken = [part for line in lines for part in line.replace("2.没有现成", "没有\n现成").split("\n")]
    assert "没有" in broken
    read = read_form(document(*broken))
    assert all_right_but(read, "unavailable.not_held")
    assert set(row_of(read, "unavailable.not_held")) <= {None, *expected("unavailable.not_held")}


def test_sentences_about_the_form_are_not_the_form():
    text = "本年度收到申请12件，予以公开10件，其余2件不予公开，行政复议0件，行政诉讼0件。"
    read = read_form(document(Paragraph(text), Picture(), *whole().blocks))
    assert all_right_but(read)


ALTERED = [
    ("1.属于国家机密信息", True),  # words replaced
    ("1.属于国家秘密", False),
    ("1．属于 国家秘密", False),  # width and spaces
    ("属于国家秘密", False),  # numbering lost
]


@pytest.mark.parametrize(("label", "altered"), ALTERED)
def test_replaced_words_in_labels_are_noted(label, altered):
    rows = applications()
    rows[at("denied.secret")][0] = label
    read = read_form(whole(apps=rows))
    assert read.labels == ([("1.属于国家秘密", label)] if altered else [])


def test_other_ways_of_writing_a_label_are_neither_lost_nor_noted():
    rows = applications()
    rows[at("misc.other")][0], rows[at("total")][0] = "3.其它", "（七）合计"
    read = read_form(whole(apps=rows))
    assert all_right_but(read)
    assert read.labels == []


def test_the_older_name_of_normative_documents_is_noted():
    rows = [["规范性文件", *row[1:]] if row[0] == "行政规范性文件" else row for row in publication()]
    assert read_form(whole(pub=rows)).labels == [("行政规范性文件", "规范性文件")]


def test_cells_closed_one_a_line_read_like_a_table_with_their_blanks():
    rows = applications(figures={"partial": ["2", "", "0", "0", "0", "0", "2"]})
    lines = [f"{cell} |" if cell else "|" for row in rows for cell in row]
    read = read_form(read_text("\n".join(lines)))
    assert all_right_but(read, "partial")
    assert row_of(read, "partial") == [2, None, 0, 0, 0, 0, 2]


def other_figures(blocks):
    """The same tables with every figure larger by a thousand."""
    for block in blocks:
        for cell in block.cells if isinstance(block, Table) else ():
            cell.text = str(int(cell.text) + 1000) if cell.text.isdigit() else cell.text
    return blocks


@pytest.mark.parametrize("form", ["2021", "2019", "2021"])
def test_a_second_report_on_the_same_form_has_its_own_figures(form):
    first = read_form(whole(form))
    second = read_form(document("另一份报告", *other_figures(whole(form).blocks)))
    assert second.edition == form
    assert {key: each.value - 1000 for key, each in second.figures.items()} == {
        key: each.value for key, each in first.figures.items()
    }
    assert all(each.raw == f"{each.value:.0f}" and each.place.table == 1 for each in second.figures.values())
    assert (second.labels, second.tables, second.confidence) == (first.labels, first.tables, first.confidence)


def test_a_known_form_with_a_table_less_or_a_figure_less_or_more_is_read_for_what_it_is():
    known = whole()
    assert all_right_but(read_form(known))
    without = read_form(document(*known.blocks[:4]))
    assert without.tables["litigation"] == "missing"
    assert all(each.value is None for key, each in without.figures.items() if key.startswith("litigation"))
    blank = whole()
    first = next(n for n, cell in enumerate(blank.blocks[3].cells) if cell.text.isdigit())
    blank.blocks[3].cells[first].text = " "
    assert row_of(read_form(blank), "new") == [None, *expected("new")[1:]]
    rows = applications()
    rows[at("granted")].append("5")
    assert row_of(read_form(whole(apps=rows)), "granted") in ([None] * 7, expected("granted"))
    assert all_right_but(read_form(known))


def test_altered_labels_are_noted_in_every_report_on_the_same_form():
    rows = [["规范性文件", *row[1:]] if row[0] == "行政规范性文件" else row for row in publication()]
    rows_of_applications = applications()
    rows_of_applications[at("denied.secret")][0] = "1.涉及国家秘密"
    altered = [read_form(whole(apps=rows_of_applications, pub=rows)).labels for _ in range(2)]
    assert altered[0] == altered[1] == [("1.属于国家秘密", "1.涉及国家秘密"), ("行政规范性文件", "规范性文件")]


def test_a_figure_written_once_a_column_counts_only_while_all_copies_agree():
    def rows(*licensing):
        return [["行政许可", *licensing] if row[0] == "行政许可" else row for row in publication()]

    figures = [
        read_form(whole(pub=rows(*licensing))).figures["publication.licensing.decisions"].value
        for licensing in (("4", "4", "4"), ("6", "6", "6"), ("6", "7", "6"))
    ]
    assert figures == [4, 6, None]


LAWSUITS = (
    "四、政府信息公开行政复议、行政诉讼情况\n行政复议 行政诉讼\n结果 结果 其他 尚未 总计 未经复议直接起诉 复议后起诉\n"
)


def read_lawsuits(lines):
    """The litigation figures of a report saved from a PDF."""
    pages = "\n".join("\n".join(" ".join(row) for row in rows) for rows in (publication(), applications()))
    read = read_form(read_text(f"二、主动公开政府信息情况\n{pages}\n{LAWSUITS}{lines}\n五、存在的主要问题及改进情况"))
    assert read.tables["litigation"] == "present"
    return [figure.value for key, figure in read.figures.items() if key.startswith("litigation")]


def test_a_line_of_fifteen_figures_is_the_litigation_table():
    assert read_lawsuits(" ".join(map(str, range(15)))) == list(range(15))


def test_figures_whose_last_digits_stand_in_the_next_line_are_null():
    assert read_lawsuits("829 699 892 361 846 738 365 858 503 647 943 526 698 964 489\n6 1 5 5 4 7") == [None] * 15


def test_litigation_figures_taken_out_of_order_are_null():
    parts = [
        "总计\n45 0 0 0 0",
        "行政诉讼\n结果维持\n0 0 23",
        "尚未审结\n0",
        "总计\n21",
        "总计\n0",
        "结果维持\n0 0 0 0",
    ]
    assert read_lawsuits("\n".join(parts)) == [None] * 15


@pytest.mark.parametrize(("written", "expected"), [("0", 0), ("5", None)])
def test_a_group_written_as_one_row_gives_its_rows_no_figure_but_zero(written, expected):
    group = ("misc.uncorrected", "misc.unpaid", "misc.other")
    rows = applications()
    rows[at(group[0])] = ["（六）其他处理", "3", *[written] * 6]
    del rows[at(group[1]) : at(group[2]) + 1]
    read = read_form(whole(apps=rows))
    for key in group:
        assert row_of(read, key) == [None, *[expected] * 6]
        assert all(read.figures[f"applications.{key}.{column}"].confidence < 1 for column in COLUMN_KEYS)
    assert all_right_but(read, *group)


def test_a_single_row_of_other_outcomes_tells_the_older_form_though_a_character_is_misread():
    rows = [[row[0].replace("其他处理", "其他处埋"), *row[1:]] for row in applications("2019")]
    read = read_form(document("三、收到和处理政府信息公开申请情况", table(rows)))
    assert read.edition == "2019"
    assert row_of(read, "misc") == [count("applications", 20, column) for column in range(7)]


def test_documents_under_the_header_of_the_other_edition_are_not_taken():
    mixed = [*publication("2019")[:4], *publication("2021")[4:]]
    read = read_form(whole(pub=mixed))
    assert read.edition == "2021"
    documents = [key for key in read.figures if key.startswith(("publication.rules", "publication.normative"))]
    assert [read.figures[key].value for key in documents] == [None] * 6
    assert read.figures["publication.penalty.decisions"].value == 7


@pytest.mark.parametrize(("total", "expected"), [("10", [4, 0, 1, 0, 0, 5, 10]), ("11", [None] * 7)])
def test_rows_that_lost_the_labels_between_them_are_told_apart_by_count_and_sum(total, expected):
    lines = []
    for label, *figures in applications()[2:]:
        lost = label in ("2.其他法律行政法规禁止公开", "3.危及“三安全一稳定”")
        lines += ["4", "0", "1", "0", "0", "5", total] if lost else [label, *figures]
    read = read_form(read_text("\n".join(lines)))
    assert row_of(read, "denied.law") == row_of(read, "denied.safety") == expected
    assert all_right_but(read, "denied.law", "denied.safety")


def test_as_many_figures_as_two_rows_are_not_taken_where_more_than_two_rows_may_be_meant():
    lines = [line for label, *figures in applications()[2:] if label[:2] != "8." for line in (label, *figures)]
    lines.remove("7.属于行政执法案卷")
    read = read_form(read_text("\n".join(lines)))
    assert row_of(read, "denied.case_file") == row_of(read, "denied.inquiry") == [None] * 7


def test_a_label_whose_last_character_stands_beside_the_figures_is_whole():
    lines = [
        "规章",
        "1 0 4",
        "行政规范性文",
        "件 12 3 45",
        "行政许可 7",
        "行政处罚 8",
        "行政强制 9",
        "行政事业性收",
        "费 3.5",
    ]
    lines += [" ".join(row) for row in applications()[2:]]
    read = read_form(read_text("\n".join(lines)))
    row = ("issued", "repealed", "in_force")
    assert [read.figures[f"publication.normative.{column}"].value for column in row] == [12, 3, 45]
    assert read.figures["publication.fees.amount"].value == 3.5


@pytest.mark.parametrize("gap", ["    ", "\u3000\u3000", "\xa0\xa0\xa0\xa0"], ids=["blanks", "wide", "unbroken"])
def test_litigation_alone_in_lines_is_told_by_its_header(gap: str) -> None:
    results = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    lines = [
        ["行政复议", "行政诉讼"],
        [*results, "未经复议直接起诉", "复议后起诉"],
        [*results, *results],
        ["4", "1", "0", "2", "7", "1", "0", "0", "0", "1", "0", "0", "1", "0", "1"],
    ]
    read = read_form(document(*(Paragraph(gap.join(words)) for words in lines)))
    assert [read.figures[f"litigation.{row}.total"].value for row in ("review", "direct", "after_review")] == [7, 1, 1]


@pytest.mark.parametrize(("year", "edition_then"), [(2019, "2019"), (2020, "2019"), (2021, "2021"), (2023, "2021")])
def test_disputes_alone_are_on_the_edition_of_their_year(year, edition_then):
    own = document(
        f"某县民政局{year}年政府信息公开工作年度报告", "四、政府信息公开行政复议、行政诉讼情况", table(litigation())
    )
    form = parse_document(own, b"", "report.docx").form
    assert (form.edition, form.tables["litigation"]) == (edition_then, "present")
    assert form.figures["litigation.review.upheld"].value == count("litigation", 0, 0)
    assert ("publication.procurement.amount" in form.figures) == (edition_then == "2019")
