"""Reports that Pandoc wrote in LaTeX or DocBook."""

from __future__ import annotations

from loaders.document import Document, Paragraph, Table
from loaders.reading import read

LATEX = r"""\documentclass{article}
\title{不是正文}
\begin{document}
\hypertarget{a}{%
\subsection{一、总体情况}\label{a}}

全年公开信息
12条，占50\%。

\begin{longtable}[]{@{}
  >{\raggedright\arraybackslash}p{(\columnwidth - 4\tabcolsep) * \real{0.5}}
  ll@{}}
\toprule
\multicolumn{3}{@{}l}{%
第二十条第（一）项} \\
\midrule
\endhead
\multirow{2}{*}{规章} & 3 & \begin{minipage}[t]{0.5\linewidth}\strut
4\strut
\end{minipage} \\
& ``无'' & \textbf{5} \\
\bottomrule
\end{longtable}

六、其他需要报告的事项
\end{document}
"""
DOCBOOK = """<?xml version="1.0" encoding="utf-8"?>
<article xmlns="http://docbook.org/ns/docbook" version="5.0"><info><title></title></info>
<para>
  一、总体情况
</para>
<informaltable><tgroup cols="3"><colspec colwidth="7*" colname="col_1"/><tbody>
<row><entry namest="col_1" nameend="col_3"><para>第二十条第（一）项</para></entry></row>
<row><entry morerows="1">规章</entry><entry>3<footnote><para>含1件</para></footnote></entry><entry/></row>
<row><entry>
  4
</entry><entry>5</entry></row>
</tbody></tgroup></informaltable>
<para>六、其他需要报告的事项</para>
</article>
"""


def lines(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def grid(document: Document) -> list[tuple[int, int, int, int, str]]:
    (table,) = [block for block in document.blocks if isinstance(block, Table)]
    return [(cell.row, cell.column, cell.row_span, cell.column_span, cell.text) for cell in table.cells]


def test_latex_is_read_with_its_tables() -> None:
    document = read(LATEX.encode(), "a.tex")
    assert lines(document) == ["一、总体情况", "全年公开信息12条，占50%。", "六、其他需要报告的事项"]
    assert grid(document) == [
        (0, 0, 1, 3, "第二十条第（一）项"),
        *[(1, 0, 1, 1, "规章"), (1, 1, 1, 1, "3"), (1, 2, 1, 1, "4")],
        *[(2, 0, 1, 1, ""), (2, 1, 1, 1, "“无”"), (2, 2, 1, 1, "5")],
    ]


def test_docbook_is_read_with_its_tables() -> None:
    document = read(DOCBOOK.encode(), "a.xml")
    assert lines(document) == ["一、总体情况", "六、其他需要报告的事项"]
    assert grid(document) == [
        (0, 0, 1, 3, "第二十条第（一）项"),
        *[(1, 0, 2, 1, "规章"), (1, 1, 1, 1, "3"), (1, 2, 1, 1, "")],
        *[(2, 1, 1, 1, "4"), (2, 2, 1, 1, "5")],
    ]


def test_a_mark_that_refers_to_a_footnote_takes_nothing_of_the_text_behind_it() -> None:
    again = DOCBOOK.replace("<entry>5</entry>", '<entry>5<footnoteref linkend="a"/></entry>')
    document = read(again.encode(), "a.xml")
    assert grid(document) == grid(read(DOCBOOK.encode(), "a.xml"))
    assert lines(document) == ["一、总体情况", "六、其他需要报告的事项"]
