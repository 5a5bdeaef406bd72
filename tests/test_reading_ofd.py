"""OFD, the layout format of official documents: text, lines and pictures by their places, and files that are faulty."""

from __future__ import annotations

import json
import zipfile
from dataclasses import replace
from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from loaders.document import Document, Paragraph, ReadingError, Table
from loaders.parsing import parse_file
from loaders.reading import read
from loaders.reading.ofd import container
from pages.shared.original_view import FRAME, Source, show_place
from tests.generator import KINDS, generate
from tests.ofd_files import NAMESPACE, Leaf, Manner, ofd, ofd_parts
from tests.office_files import zip_of
from tests.scanned_pages import FIGURES, figures, png, rendered, sheet

XS = [60.0, 200.0, 300.0, 400.0]
ROWS = [["信息内容", "本年制发件数", "现行有效件数"], ["规章", "12", "1,472"], ["行政规范性文件", "0", "35"]]
MANNERS = [
    Manner(),
    Manner(single=True),
    Manner(scale=0.3528, repeats=True),
    Manner(fills=True),
    Manner(single=True, scale=2.0, fills=True),
]


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def rows(document: Document) -> list[list[str]]:
    table = next(block for block in document.blocks if isinstance(block, Table))
    return [[cell.text for cell in table.cells if cell.row == row] for row in range(len(ROWS))]


@pytest.mark.parametrize("manner", MANNERS)
def test_a_table_however_it_is_written(manner):
    leaf = Leaf(manner).text("二、主动公开政府信息情况", 60, 60, 14).rows(XS, 100, ROWS)
    document = read(ofd(leaf, title="甲县2023年报告"), "报告.ofd")
    assert document.format == "ofd" and document.metadata["title"] == "甲县2023年报告"
    assert texts(document) == ["二、主动公开政府信息情况"]
    assert rows(document) == ROWS


def test_a_figure_has_its_place_in_points():
    document = read(ofd(Leaf().text("甲", 60, 60), Leaf().rows(XS, 100, ROWS)), "a.ofd")
    table = next(block for block in document.blocks if isinstance(block, Table))
    place = next(cell.place for cell in table.cells if cell.text == "1,472")
    assert place.page == 2 and place.box is not None
    left, top, right, bottom = place.box
    assert left >= 300 and right <= 400 and top >= 120 and bottom <= 140


@pytest.mark.parametrize("layout", KINDS["ofd"].layouts)
def test_whole_reports(layout):
    case = generate(5, "ofd", layout)
    report = parse_file(case.data, case.filename)
    read_back = {key: figure.value for key, figure in report.form.figures.items()}
    assert {key for key, value in case.truth.items() if key not in case.lost and read_back.get(key) != value} == set()
    assert (report.identity.year, report.identity.issuer) == (case.year, case.issuer)


def test_the_template_of_a_page_is_read_with_it():
    document = read(ofd(Leaf().text("甲", 60, 90), template=Leaf().text("乙", 60, 300)), "a")
    assert texts(document) == ["甲", "乙"]


def test_text_within_blocks_is_read_and_what_is_not_seen_is_not():
    inner = Leaf().text("看得见", 60, 60).objects[0]
    hidden = Leaf().text("看不见", 60, 90, attributes='Visible="false"').text("透明", 60, 120, attributes='Alpha="0"')
    document = read(ofd(hidden.raw(f"<ofd:PageBlock>{inner}</ofd:PageBlock>")), "a")
    assert texts(document) == ["看得见"]


def test_slanting_marks_over_a_page_are_left_out():
    mark = '<ofd:TextObject Boundary="20 40 90 90" CTM="0.7 0.7 -0.7 0.7 0 0" Size="9" Font="3">'
    code = '<ofd:TextCode X="0" Y="9" DeltaX="9 9">内部件</ofd:TextCode>'
    document = read(ofd(Leaf().text("正文", 60, 60).raw(f"{mark}{code}</ofd:TextObject>")), "a")
    assert texts(document) == ["正文"]


@pytest.mark.parametrize(
    "attributes",
    ['Size="4"', 'size="4"', 'Size="nan"', 'Size="1e300"'],
    ids=["usual", "misspelt", "no number", "too large"],
)
def test_text_without_steps_or_size_runs_on(attributes):
    code = '<ofd:TextCode X="0" Y="4">收到申请12件</ofd:TextCode>'
    leaf = Leaf().raw(f'<ofd:TextObject Boundary="20 20 40 4" Font="3" {attributes}>{code}</ofd:TextObject>')
    assert texts(read(ofd(leaf), "a")) == ["收到申请12件"]


def test_a_minus_as_wide_as_a_chinese_character_belongs_to_its_figure():
    rows_with_minus = [ROWS[0], ["规章", "−242", "1,472"], ROWS[2]]
    assert rows(read(ofd(Leaf().rows(XS, 100, rows_with_minus)), "a")) == rows_with_minus


def test_a_later_code_of_an_object_stands_where_the_one_before_did_not_say():
    codes = (
        '<ofd:TextCode X="0" Y="4" DeltaX="4">收到</ofd:TextCode><ofd:TextCode Y="12" DeltaX="4">答复</ofd:TextCode>'
    )
    leaf = Leaf().raw(f'<ofd:TextObject Boundary="20 80 40 20" Font="3" Size="4">{codes}</ofd:TextObject>')
    assert texts(read(ofd(leaf), "a")) == ["收到", "答复"]


def test_one_path_may_hold_all_lines_of_a_table():
    whole = Leaf().rows(XS, 100, ROWS)
    words = replace(whole, objects=[each for each in whole.objects if "TextObject" in each])
    ys = [100 + 20 * n for n in range(len(ROWS) + 1)]
    lines = [(XS[0], y, XS[-1], y) for y in ys] + [(x, ys[0], x, ys[-1]) for x in XS]
    unit = 25.4 / 72
    data = " ".join(f"M {a * unit:.3f} {b * unit:.3f} L {c * unit:.3f} {d * unit:.3f}" for a, b, c, d in lines)
    path = f"<ofd:AbbreviatedData>{data}</ofd:AbbreviatedData>"
    words.raw(f'<ofd:PathObject Boundary="0 0 210 297">{path}</ofd:PathObject>')
    assert rows(read(ofd(words), "a")) == ROWS


def test_a_scanned_page_is_recognised_and_shown_with_the_figure_framed(tmp_path):
    page = rendered(sheet())
    file = tmp_path / "a.ofd"
    file.write_bytes(ofd(Leaf().picture("7", 0, 0, 595, 842), pictures={"7": png(page)}))
    document = read(file.read_bytes(), file.name)
    assert document.is_recognised and figures(document) == FIGURES
    table = next(block for block in document.blocks if isinstance(block, Table))
    cell = next(cell for cell in table.cells if cell.text == "1,472")
    shown = show_place(Source(file), json.loads(cell.place.to_json()))
    assert shown.is_pasted and isinstance(shown.picture, bytes)
    with Image.open(BytesIO(shown.picture)) as picture:
        assert (np.asarray(picture) == FRAME).all(axis=2).any()


def test_the_evidence_is_the_page_drawn_with_the_figure_framed(tmp_path):
    file = tmp_path / "a.ofd"
    file.write_bytes(ofd(Leaf().rows(XS, 100, [["<规章>", "12", "35"]])))
    shown = show_place(Source(file), {"page": 1, "box": [204.0, 105.0, 214.0, 116.0]})
    assert isinstance(shown.picture, str) and shown.picture.startswith("<svg")
    assert "&lt;规章&gt;" in shown.picture and ">35</text>" in shown.picture
    assert '<rect x="201.0" y="102.0" width="16.0" height="17.0" fill="none"' in shown.picture
    assert not show_place(Source(file), {"page": 2, "box": None}).picture


def parts_without(*gone: str) -> bytes:
    return zip_of({name: part for name, part in ofd_parts(Leaf().text("甲", 60, 60)).items() if name not in gone})


FAULTY = [
    ("nothing in it", zip_of({"OFD.xml": "<a/>"}), "damaged"),
    ("no document", parts_without("Doc_0/Document.xml"), "damaged"),
    ("no page", parts_without("Doc_0/Pages/P0.xml"), "damaged"),
    ("no text", ofd(Leaf()), "empty"),
    ("encrypted", zip_of({**ofd_parts(Leaf()), "Doc_0/Encryptions.xml": "<a/>"}), "encrypted"),
    ("entities", zip_of({"OFD.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}), "damaged"),
    ("a book", ofd(*[Leaf()] * 400), "too-large"),
]


@pytest.mark.parametrize(("data", "reason"), [row[1:] for row in FAULTY], ids=[row[0] for row in FAULTY])
def test_faulty_files_say_what_is_wrong(data, reason):
    with pytest.raises(ReadingError) as caught:
        read(data, "a.ofd")
    assert caught.value.reason == reason and caught.value.message.strip()


def test_a_hundred_pages_that_are_one_large_part_are_not_read(monkeypatch):
    monkeypatch.setattr(container, "MAX_PART", 4000)
    parts = ofd_parts(Leaf().text("甲" * 200, 10, 60))
    pages = '<ofd:Page ID="1" BaseLoc="Pages/P0.xml"/>' * 100
    parts["Doc_0/Document.xml"] = f"<ofd:Document {NAMESPACE}><ofd:Pages>{pages}</ofd:Pages></ofd:Document>"
    with pytest.raises(ReadingError) as caught:
        read(zip_of(parts), "a.ofd")
    assert caught.value.reason == "too-large"


def test_names_in_the_file_may_differ_in_case_and_slashes():
    parts = ofd_parts(Leaf().text("甲县", 60, 60))
    parts["Doc_0/Document.xml"] = str(parts["Doc_0/Document.xml"]).replace("Pages/P0.xml", "pages\\p0.XML")
    assert texts(read(zip_of(parts), "a.ofd")) == ["甲县"]


def test_blocks_within_blocks_without_end_do_no_harm():
    nested = "<ofd:PageBlock>" * 200 + "</ofd:PageBlock>" * 200
    document = read(ofd(Leaf().text("甲", 60, 60).raw(nested)), "a")
    assert texts(document) == ["甲"]


def test_damage_anywhere_in_the_file_ends_in_a_sentence():
    whole = ofd(Leaf().text("甲", 60, 60).rows(XS, 100, ROWS))
    with zipfile.ZipFile(BytesIO(whole)) as archive:
        names = archive.namelist()
    for name in names:
        parts = {**ofd_parts(Leaf().text("甲", 60, 60).rows(XS, 100, ROWS)), name: b"\x00<a"}
        try:
            read(zip_of(parts), "a.ofd")
        except ReadingError as error:
            assert error.message
