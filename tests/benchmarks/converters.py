"""How reports read that other programs have turned into text: real converters, each judged on the same files.

python -m tests.benchmarks.converters [--cases 40] [--seed 1] [--only pandoc,pdftotext]

Converters that are not installed are named and left out.
"""

from __future__ import annotations

import argparse
import importlib.util
import io
import itertools
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.generator.case import KINDS, Case, generate
from tests.generator.score import Score, score

MAKES = {
    "docx": ("docx", ("plain", "paragraphs_in_cells", "split_tables", "fine_grid")),
    "pdf": ("office_pdf", ("plain", "fine_grid", "split_tables")),
    "html": ("html", tuple(KINDS["html"].layouts)),
}
"""What is converted: by suffix, the kind of the generator and its layouts, taken in turn."""


_PROGRAMS = frozenset({"pdftotext", "pandoc", "w3m", "lynx", "links"})


@dataclass(frozen=True, slots=True)
class Converter:
    """A program or library that turns a file of `takes` into text, to be saved as `gives`."""

    name: str
    needs: str
    takes: str
    gives: str
    convert: Callable[[Path], str | bytes]

    def installed(self) -> bool:
        """Whether what it needs is here: a program, or a library, which may have the name of a program."""
        here = shutil.which(self.needs) if self.needs in _PROGRAMS else importlib.util.find_spec(self.needs)
        return here is not None


def command(*words: str) -> Callable[[Path], bytes]:
    """A program that prints the text of the file that is put in the place of `{}`."""
    return lambda path: (
        subprocess.run([word.format(path) for word in words], capture_output=True, check=True, timeout=120).stdout
    )


def _pandoc(target: str, suffix: str = "txt", source: str = "docx") -> Converter:
    words = ("pandoc", "-f", source, "{}", "-t", target, "--columns=100")
    return Converter(f"pandoc {source} {target}", "pandoc", source, suffix, command(*words))


def _pypdf(path: Path) -> str:
    import pypdf

    return "\n".join(page.extract_text() for page in pypdf.PdfReader(path).pages)


def _pdfplumber(path: Path) -> str:
    import pdfplumber

    with pdfplumber.open(path) as document:
        return "\n".join(page.extract_text() or "" for page in document.pages)


def _markitdown(path: Path) -> str:
    from markitdown import MarkItDown

    return str(MarkItDown().convert(str(path)).text_content)


def _pdfminer(path: Path) -> str:
    from pdfminer.high_level import extract_text

    return str(extract_text(str(path)))


def _inscriptis(path: Path) -> str:
    import inscriptis

    return str(inscriptis.get_text(path.read_text("utf-8")))


def _trafilatura(path: Path) -> str:
    import trafilatura

    return str(trafilatura.extract(path.read_text("utf-8"), include_tables=True) or "")


def _docx2python(path: Path) -> str:
    from docx2python import docx2python

    return str(docx2python(str(path)).text)


def _kreuzberg(path: Path) -> str:
    import kreuzberg

    return str(kreuzberg.extract_file_sync(str(path)).content)


def _mammoth(path: Path) -> str:
    import mammoth

    return str(mammoth.convert_to_html(io.BytesIO(path.read_bytes())).value)


def _docx2txt(path: Path) -> str:
    import docx2txt

    return str(docx2txt.process(str(path)))


def _python_docx(between: str) -> Callable[[Path], str]:
    def rows(block: Any) -> Iterator[str]:
        for row in getattr(block, "rows", ()):
            yield between.join(cell.text for cell in row.cells)

    def convert(path: Path) -> str:
        import docx

        blocks = docx.Document(str(path)).iter_inner_content()
        return "\n".join("\n".join(rows(block)) if hasattr(block, "rows") else block.text for block in blocks)

    return convert


def _soup(between: str) -> Callable[[Path], str]:
    def convert(path: Path) -> str:
        from bs4 import BeautifulSoup

        return str(BeautifulSoup(path.read_bytes(), "html.parser").get_text(between, strip=True))

    return convert


def _html2text(path: Path) -> str:
    import html2text
    from lxml import html

    page = html.fromstring(path.read_bytes(), parser=html.HTMLParser(encoding="utf-8"))
    return html2text.html2text(html.tostring(page, encoding="unicode"))


CONVERTERS = (
    Converter("pdftotext -layout", "pdftotext", "pdf", "txt", command("pdftotext", "-layout", "{}", "-")),
    Converter("pdftotext -raw", "pdftotext", "pdf", "txt", command("pdftotext", "-raw", "{}", "-")),
    Converter("pdftotext", "pdftotext", "pdf", "txt", command("pdftotext", "{}", "-")),
    Converter("pypdf", "pypdf", "pdf", "txt", _pypdf),
    Converter("pdfplumber", "pdfplumber", "pdf", "txt", _pdfplumber),
    Converter("pdfminer", "pdfminer", "pdf", "txt", _pdfminer),
    Converter("markitdown pdf", "markitdown", "pdf", "md", _markitdown),
    Converter("kreuzberg pdf", "kreuzberg", "pdf", "txt", _kreuzberg),
    *(_pandoc(target) for target in ("plain", "rst", "org", "mediawiki")),
    _pandoc("gfm", "md"),
    _pandoc("markdown", "md"),
    _pandoc("html", "html"),
    _pandoc("plain", source="html"),
    Converter("markitdown docx", "markitdown", "docx", "md", _markitdown),
    Converter("kreuzberg docx", "kreuzberg", "docx", "md", _kreuzberg),
    Converter("mammoth", "mammoth", "docx", "html", _mammoth),
    Converter("docx2txt", "docx2txt", "docx", "txt", _docx2txt),
    Converter("docx2python", "docx2python", "docx", "txt", _docx2python),
    Converter("python-docx, tabs", "docx", "docx", "txt", _python_docx("\t")),
    Converter("python-docx, bars", "docx", "docx", "txt", _python_docx(" | ")),
    Converter("w3m", "w3m", "html", "txt", command("w3m", "-dump", "-cols", "160", "{}")),
    Converter("lynx", "lynx", "html", "txt", command("lynx", "-dump", "-width=160", "-display_charset=utf-8", "{}")),
    Converter("links", "links", "html", "txt", command("links", "-dump", "-width", "160", "{}")),
    Converter("inscriptis", "inscriptis", "html", "txt", _inscriptis),
    Converter("trafilatura", "trafilatura", "html", "txt", _trafilatura),
    Converter("markitdown html", "markitdown", "html", "md", _markitdown),
    Converter("kreuzberg html", "kreuzberg", "html", "md", _kreuzberg),
    Converter("html2text", "html2text", "html", "md", _html2text),
    Converter("beautifulsoup, lines", "bs4", "html", "txt", _soup("\n")),
    Converter("beautifulsoup, blanks", "bs4", "html", "txt", _soup(" ")),
)


def sound(suffix: str, cases: int, seed: int) -> list[Case]:
    """Undamaged files to convert; web pages in UTF-8, for many converters know no other."""
    kind, layouts = MAKES[suffix]
    made = (generate(seed + number, kind, layouts[number % len(layouts)], "none") for number in itertools.count())
    return list(itertools.islice((case for case in made if suffix != "html" or _is_utf8(case.data)), cases))


def _is_utf8(data: bytes) -> bool:
    try:
        return "年度报告" in data.decode("utf-8")
    except UnicodeDecodeError:
        return False


def judge(converter: Converter, cases: list[Case]) -> Score:
    """What is read of the files after conversion. A file that the converter refuses counts as all null."""
    from loaders.parsing import parse_file

    total = Score()
    for case in cases:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / f"report.{converter.takes}"
            path.write_bytes(case.data)
            try:
                text = converter.convert(path)
                data = text.encode() if isinstance(text, str) else text
                figures = parse_file(data, f"report.{converter.gives}").form.figures
            except Exception as error:
                print(f"  {converter.name}, --seed {case.seed}: {type(error).__name__}: {error}")
                figures = {}
        total.add(score(case, figures))
    return total


def main() -> None:
    """Print a line a converter."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=int, default=40, help="files a converter")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="parts of names, with commas")
    asked = parser.parse_args()
    wanted = [each for each in CONVERTERS if any(part in each.name for part in asked.only.split(","))]
    if absent := sorted({each.needs for each in wanted if not each.installed()}):
        print(f"not installed, left out: {', '.join(absent)}")
    made: dict[str, list[Case]] = {}
    print(f"{'converter':28}{'figures':>9}{'right %':>10}{'null':>8}{'excused':>9}{'wrong':>7}")
    for each in wanted:
        if each.installed():
            cases = made.setdefault(each.takes, []) or sound(each.takes, asked.cases, asked.seed)
            made[each.takes] = cases
            found = judge(each, cases)
            right = 100 * (found.right + found.excused) / max(found.figures, 1)
            print(f"{each.name:28}{found.figures:9}{right:10.3f}{found.null:8}{found.excused:9}{found.wrong:7}")


if __name__ == "__main__":
    main()
