"""Reports in LaTeX and DocBook, as Pandoc writes them: text with its tables in HTML, which is read as other text is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

from loaders.patterns import pattern_of

_TABLE = pattern_of(r"\\begin\{(longtable|tabularx?|longtabu|tabu|xltabular)\}(?:\[[^\]]*\])?")
_COMMENT = pattern_of(r"(?<!\\)%[^\n]*\n?")
_ROW_END = pattern_of(r"\\\\(?:\s*\[[^\]]*\])?|\\tabularnewline\b")
_CELL_END = pattern_of(r"(?<!\\)&")
_RULES = pattern_of(
    r"\\(?:top|mid|bottom|h)(?:rule|line)(?:\[[^\]]*\])?|\\c(?:line|midrule)(?:\([^)]*\))?\{[^{}]*\}"
    r"|\\end(?:first)?head\b|\\end(?:last)?foot\b|\\noalign\{\}|\\(?:strut|raggedright|centering|arraybackslash)\b"
)
_BOX = pattern_of(r"\\(?:begin|end)\{minipage\}(?:\[[^\]]*\])*(?:\{[^{}]*\})?")
_SPAN = pattern_of(r"\\multicolumn\{\s*(\d{1,2})\s*\}\{(?:[^{}]|\{[^{}]*\})*\}")
_REACH = pattern_of(r"\\multirow(?:\[[^\]]*\])?\{[^{}]*\}(?:\[[^\]]*\])?\{(?:[^{}]|\{[^{}]*\})*\}")
_LABEL = pattern_of(r"\\(?:label|hypertarget|texorpdfstring|phantomsection|vspace|hspace)\*?\{[^{}]*\}")
_COMMAND = pattern_of(r"\\[A-Za-z]+\*?(?:\[[^\]]*\])?(?=\{)")
_LONE = pattern_of(r"\\[A-Za-z]+\*?[ \t]?")
_ESCAPED = pattern_of(r"\\([%&_#$\{\}])")
_BREAK = pattern_of(r"\n[ \t]*\n\s*")
_BEGIN, _END = "\\begin{document}", "\\end{document}"

_ENTRY = pattern_of(r"<entry\b([^<>]*)>", re.I)
_FOOTNOTE = pattern_of(r"<footnote(?=[\s>])")
_EMPTY_ENTRY = pattern_of(r"<entry\b([^<>]*)/>", re.I)
_NAMED = {name: pattern_of(rf'\b{name}="[^"\d]*(\d{{1,3}})"', re.I) for name in ("morerows", "namest", "nameend")}
_TAGS = {
    **dict.fromkeys(("informaltable", "table"), "table"),
    **{"row": "tr", "para": "p", "simpara": "p", "title": "h2", "itemizedlist": "ul", "listitem": "li"},
}
_NAME = pattern_of(r"<(/?)([a-z]+)\b[^<>]*>", re.I)


def html_of_docbook(source: str) -> str:
    """A document in DocBook as a web page, without its footnotes, which stand amid the text."""
    source = _without_footnotes(source)
    source = _EMPTY_ENTRY.sub(lambda found: f"<entry{found[1]}></entry>", source)
    source = _ENTRY.sub(lambda found: _cell(found[1]), source).replace("</entry>", "</td>")
    return _NAME.sub(_html_tag, source[source.find("?>") + 2 if source.lstrip().startswith("<?xml") else 0 :])


def _without_footnotes(source: str) -> str:
    """The source without footnotes, but for one that is not closed. A `footnoteref` is none: nothing closes it."""
    kept, *parts = _FOOTNOTE.split(source)
    for part in parts:
        _, end, behind = part.partition("</footnote>")
        kept += behind if end else part.partition(">")[2]
    return kept


def _cell(attributes: str) -> str:
    def number(name: str) -> int:
        found = _NAMED[name].search(attributes)
        return int(found[1]) if found else 0

    width = number("nameend") - number("namest") + 1
    return f'<td rowspan="{number("morerows") + 1}" colspan="{width}">'


def _html_tag(found: re.Match[str]) -> str:
    closing, name = found[1], found[2]
    if name.lower() in ("td", "tbody", "thead", "tfoot"):
        return found[0]
    tag = _TAGS.get(name.lower())
    return f"<{closing}{tag}>" if tag else ""


def text_of_latex(source: str) -> str:
    """A document in LaTeX as lines of text, a paragraph each, with its tables in HTML."""
    source = source.partition(_BEGIN)[2].partition(_END)[0] or source
    source = _COMMENT.sub("", source)
    return "\n".join(_parts(source))


def _parts(source: str) -> Iterator[str]:
    at = 0
    for table in _TABLE.finditer(source):
        if table.start() < at:
            continue
        end = source.find(f"\\end{{{table[1]}}}", table.end())
        if end < 0:
            break
        yield from _paragraphs(source[at : table.start()])
        yield _table(source[_end_of_arguments(source, table, end) : end])
        at = source.index("}", end + 5) + 1
    yield from _paragraphs(source[at:])


def _end_of_arguments(source: str, table: re.Match[str], end: int) -> int:
    """Where the rows of a table begin: behind its columns, and behind its width where it says one."""
    at = table.end()
    for _ in range(2 if table[1].endswith(("x", "xltabular")) else 1):
        depth = 0
        for position in range(at, end):
            depth += {"{": 1, "}": -1}.get(source[position], 0)
            if depth == 0 and source[position] == "}":
                at = position + 1
                break
    return at


def _table(body: str) -> str:
    rows = []
    for row in _ROW_END.split(_BOX.sub("", _RULES.sub("", body))):
        if row.strip():
            rows.append("<tr>" + "".join(_table_cell(cell) for cell in _CELL_END.split(row)) + "</tr>")
    return f"<table>{''.join(rows)}</table>"


def _table_cell(cell: str) -> str:
    span = _SPAN.search(cell)
    text = escape(_plain(_REACH.sub("", _SPAN.sub("", cell))))
    return f'<td colspan="{span[1] if span else 1}">{text}</td>'


def _paragraphs(source: str) -> Iterator[str]:
    for paragraph in _BREAK.split(source):
        text = _plain(paragraph)
        if text:
            yield text


def _plain(source: str) -> str:
    """Text without commands; line ends in it mean nothing, between Chinese characters not even a blank."""
    text = _LONE.sub("", _COMMAND.sub("", _LABEL.sub("", source)))
    text = _ESCAPED.sub(lambda found: {"{": "\0", "}": "\1"}.get(found[1], found[1]), text)
    text = text.replace("{", "").replace("}", "").replace("\0", "{").replace("\1", "}")
    text = text.replace("``", "“").replace("''", "”").replace("~", " ").replace("---", "—").replace("--", "–")
    lines = [line.strip() for line in text.split("\n")]
    return _joined([line for line in lines if line])


def _joined(lines: list[str]) -> str:
    joined = ""
    for line in lines:
        is_wide = bool(joined) and (ord(joined[-1]) > 0x2E80 or ord(line[0]) > 0x2E80)
        joined += line if is_wide or not joined else f" {line}"
    return joined
