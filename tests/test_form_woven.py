"""Text that keeps the look of a page, `pdftotext -layout`: figures stand between the lines of their labels."""

import pytest

from loaders.form.reading import read_form
from loaders.reading.text.plain import read_text
from tests.form_documents import applications
from tests.test_form_reading import ROW_KEYS, row_of

HEADER = ["三、收到和处理政府信息公开申请情况", "", " " * 40 + "申请人情况"]
WIDE = 34


def woven(rows, lines=2, group=""):
    """Each label in lines above and below its figures; beside some of them the name of a group goes on."""
    written = list(HEADER)
    for number, (label, *figures) in enumerate(rows):
        size = -(-len(label) // lines)
        parts = [label[start : start + size] for start in range(0, len(label), size)]
        beside = f"      {group:6}" if group and number % 5 == 3 else " " * 12
        above, middle, below = parts[: lines // 2], parts[lines // 2 : -(lines // 2)], parts[-(lines // 2) :]
        written += [f"{beside if n == 0 else ' ' * 12}{part}" for n, part in enumerate(above)]
        own = f"{' ' * 12}{''.join(middle)}"
        written.append(own + " " * (WIDE - len(own) - len(own.strip())) + "".join(f"{each:>9}" for each in figures))
        written += [f"{' ' * 12}{part}" for part in below]
    return "\n".join([*written, "四、政府信息公开行政复议、行政诉讼情况"])


@pytest.mark.parametrize("group", ["", "（三）"])
@pytest.mark.parametrize("lines", [2, 3])
def test_figures_between_the_lines_of_their_label_are_its_own(lines, group):
    rows = applications()[2:]
    form = read_form(read_text(woven(rows, lines, group)))
    short = ("total", "misc.other")  # of three and five characters: some part of each would be empty
    assert form.tables["applications"] == "present"
    for key, (_, *figures) in zip(ROW_KEYS, rows, strict=True):
        if key not in short:
            assert row_of(form, key) == list(map(float, figures))


def test_a_blank_among_such_figures_is_told_by_the_rows_around_it():
    rows = [[label, "1", "5", "3", "0", "2", "7", "18"] for label, *_ in applications()[2:]]
    rows[9][4] = ""
    form = read_form(read_text(woven(rows)))
    assert row_of(form, ROW_KEYS[9]) == [1, 5, 3, None, 2, 7, 18]


def test_figures_whose_label_is_not_whole_around_them_are_none():
    """The label above may be another row's, and so may one below."""
    rows = applications()[2:]
    written = woven(rows).splitlines()
    at = next(n for n, line in enumerate(written) if line.strip() == rows[8][0][: -(-len(rows[8][0]) // 2)])
    written[at + 1], written[at + 2] = written[at + 2], written[at + 1]
    form = read_form(read_text("\n".join(written)))
    assert row_of(form, ROW_KEYS[8]) == [None] * 7
    assert row_of(form, ROW_KEYS[7]) == list(map(float, rows[7][1:]))
