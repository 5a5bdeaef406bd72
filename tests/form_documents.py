"""Documents with a filled form, built cell by cell, for tests that say only what differs."""

from loaders.document import Cell, Document, Paragraph, Place, Table
from loaders.form.editions import edition

APPLICANTS = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")


def count(table, row, column):
    """A figure that differs from its neighbours, so that a figure in a wrong place shows."""
    return (1 + row) * 10 + column if table == "applications" else 300 + row * 20 + column


def applications(form="2021", figures=None):
    """The rows of the applications table: label cells, then seven figures as text."""
    (block,) = edition(form).blocks_of("applications")
    rows = [["（勾稽关系）", "申请人情况"], list(APPLICANTS)]
    for number, row in enumerate(block.rows):
        values = [str(count("applications", number, column)) for column in range(7)]
        rows.append([row.label, *(values if figures is None else figures.get(row.key, values))])
    return rows


def litigation():
    """The rows of the litigation table."""
    (block,) = edition("2021").blocks_of("litigation")
    results = [column.label for column in block.columns]
    values = [str(count("litigation", row, column)) for row in range(3) for column in range(5)]
    return [["行政复议", "行政诉讼"], [*results, "未经复议直接起诉", "复议后起诉"], results * 2, values]


def publication(form="2021"):
    """The rows of the publication table."""
    rows = []
    for block in edition(form).blocks_of("publication"):
        rows += [[block.article], ["信息内容", *(column.label for column in block.columns)]]
        rows += [[row.label, *(str(7 + n) for n in range(len(block.columns)))] for row in block.rows]
    return rows


def table(rows, aligned=True):
    """A table whose figures stand in the same columns whatever labels precede them."""
    widest = max(len(row) for row in rows)
    cells = []
    for number, row in enumerate(rows):
        indent = widest - len(row) if aligned and len(row) > 6 else 0
        for column, text in enumerate(row):
            at = column if column == 0 else column + indent
            place = Place(table=1, row=number + 1, column=at + 1)
            cells.append(Cell(text, number, at, place=place))
    return Table(cells, aligned=aligned)


def document(*blocks):
    """A Document of paragraphs (strings) and tables."""
    return Document("docx", [Paragraph(block) if isinstance(block, str) else block for block in blocks])


def whole(form="2021", apps=None, lit=None, pub=None):
    """A document with all three tables under their headings."""
    return document(
        "二、主动公开政府信息情况",
        table(pub or publication(form)),
        "三、收到和处理政府信息公开申请情况",
        table(apps or applications(form)),
        "四、政府信息公开行政复议、行政诉讼情况",
        table(lit or litigation()),
    )
