"""Reports that another text carries: JSON, scripts, frames, or a page with its tags written as characters."""

from __future__ import annotations

import html
import json

import pytest

from loaders.parsing import parse_file
from loaders.reading import read
from tests.office_files import contents
from tests.small_reports import small_report

PAGE = (
    '<p>一、总体情况</p><table><tr><td rowspan="2">规章</td><td>12</td></tr><tr><td>3</td></tr></table><p>二、附件</p>'
)


AS_SHOWN = contents(read(PAGE.encode(), "a.html"))


@pytest.mark.parametrize("as_ascii", [True, False])
@pytest.mark.parametrize("around", [lambda page: {"code": 200, "data": {"内容": page}}, lambda page: [{"html": page}]])
def test_page_in_json(around, as_ascii: bool) -> None:
    document = read(json.dumps(around(PAGE), ensure_ascii=as_ascii).encode(), "a.json")
    assert contents(document) == AS_SHOWN and document.format == "html"


def test_title_that_stands_beside_the_page_in_json() -> None:
    report = small_report()
    held = {
        "标题": "甲县水利局 < 年报",
        "正文": "".join(f"<p>{line}</p>" for line in report.splitlines() if line.strip()),
    }
    assert contents(read(json.dumps(held).encode(), "a.json"))[0] == "甲县水利局 < 年报"


def test_text_in_json() -> None:
    report = parse_file(json.dumps({"正文": small_report(figures={"applications.new.person": 7})}).encode(), "a.json")
    assert report.identity.issuer == "正蓝旗水利局"
    assert report.form.figures["applications.new.person"].value == 7


def test_what_only_begins_like_json_is_read_as_it_stands() -> None:
    assert contents(read(b'{"a": 1\n' + "收到申请12件".encode(), "a.txt")) == ['{"a": 1', "收到申请12件"]
    assert AS_SHOWN[1] in contents(read(b'{"content": ' + PAGE.encode(), "a.html"))


def test_json_as_deep_as_can_be() -> None:
    deep = '{"a":' * 100_000 + "1" + "}" * 100_000
    assert read(deep.encode(), "a.json").format == "txt"


def test_page_whose_tags_are_written_as_characters() -> None:
    assert contents(read(f"<html><body><div>{html.escape(PAGE)}</div></body></html>".encode(), "a.html")) == AS_SHOWN


def test_tags_that_a_page_speaks_of_stay_characters() -> None:
    assert contents(read(f"<p>以&lt;/td&gt;结尾</p>{PAGE}".encode(), "a.html"))[0] == "以</td>结尾"


SCRIPTS = [
    ("a string", lambda page: f"<script>var content={json.dumps(page)};show(content)</script>"),
    ("Chinese as it is", lambda page: f"<script>var a = {json.dumps(page, ensure_ascii=False)}</script>"),
    ("single quotes", lambda page: "<script>write('" + page.replace('"', '\\"').replace("/", "\\/") + "')</script>"),
    ("piece by piece", lambda page: "".join(f"<script>write('{each}>')</script>" for each in page.split(">")[:-1])),
    ("pieces put together", lambda page: "<script>a='" + page.replace("<td>", "'+\n'<td>") + "'</script>"),
    ("over lines", lambda page: f"<script>a=`\n{page}\n`</script>"),
    ("a template", lambda page: f'<script type="text/html" id="a">{page}</script>'),
    ("data", lambda page: f'<script type="application/json">{{"id": "7", "a": {json.dumps(page)}}}</script>'),
    ("a frame", lambda page: f'<iframe srcdoc="{html.escape(page)}"></iframe>'),
]


@pytest.mark.parametrize("held", [held for _, held in SCRIPTS], ids=[name for name, _ in SCRIPTS])
def test_page_that_scripts_or_a_frame_would_show(held) -> None:
    page = PAGE.replace("总体情况", "总体情况" + "公开" * 40)
    document = read(f"<html><body><div id=a></div>{held(page)}</body></html>".encode(), "a.html")
    assert contents(document) == contents(read(page.encode(), "a.html"))
    assert not document.warnings


def test_page_that_has_text_of_its_own_is_not_taken_from_its_scripts() -> None:
    page = f"<p>{'本机关依法公开信息。' * 12}</p><script>var a = '{PAGE}'</script>"
    assert contents(read(page.encode(), "a.html")) == ["本机关依法公开信息。" * 12]


@pytest.mark.parametrize("script", ["fetch('/a.json').then(show)", "show('<div>密码错误，请重新输入</div>')"])
def test_page_whose_scripts_fetch_its_text_says_so(script: str) -> None:
    page = f"<html><body><div id=a></div><script>{script}</script></body></html>"
    assert read(page.encode(), "a.html").warnings


def test_scripts_of_nothing_but_quotes_are_read_at_once() -> None:
    for many in ("'" * 200_000, "\\" * 200_000, '"<' * 100_000, "`" + "\\`" * 100_000):
        assert not contents(read(f"<html><body><script>{many}</script></body></html>".encode(), "a.html"))
