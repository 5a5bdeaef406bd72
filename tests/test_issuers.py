"""One issuer over the years: what meets, what stays apart, and what an id follows from."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import polars as pl
import pytest

from loaders.identity.issuers import issuers
from loaders.identity.roster import RosterError, read_roster
from loaders.tables import ISSUER_SCHEMA

Row = tuple[str | None, str | None, int | None]


def _reports(rows: Sequence[Row], towns: Sequence[str | None] = ()) -> pl.DataFrame:
    kinds = dict.fromkeys(("issuer", "township", "field_of_work", "region_code", "province"), pl.String)
    return pl.DataFrame(
        [
            {
                "report_id": f"r{number}",
                "issuer": issuer,
                "region_code": region,
                "year": year,
                "township": towns[number] if towns else None,
                "issuer_kind": "department",
                "field_of_work": None,
                "province": "内蒙古自治区",
                "prefecture": None,
                "county": None,
            }
            for number, (issuer, region, year) in enumerate(rows)
        ],
        schema_overrides=kinds | {"prefecture": pl.String, "county": pl.String, "year": pl.Int32},
    )


def _groups(rows: Sequence[Row], towns: Sequence[str | None] = ()) -> list[list[str]]:
    table, _ = issuers(_reports(rows, towns).lazy())
    return sorted(names.to_list() for names in table["names"])


@pytest.mark.parametrize(
    ("name", "region"),
    [("区民政局", None), ("区民政局", "150200"), ("市统计局", None), ("青山区教育局", None), ("太平乡人民政府", None)],
)
def test_a_name_that_fits_several_places_at_hand_is_no_issuer_over_the_years(name: str, region: str | None) -> None:
    elsewhere: list[Row] = [("石拐区民政局", "150205", 2021), ("昆都仑区民政局", "150203", 2021)]
    elsewhere.append(("新县民政局", "411523", 2021))
    table, of_reports = issuers(_reports([(name, region, 2020), (name, region, 2022), *elsewhere]))
    assert of_reports["issuer_id"].is_null().to_list() == [True, True, False, False, False]
    assert name not in table["issuer"]


@pytest.mark.parametrize(
    ("name", "region"),
    [("区民政局", None), ("市统计局", None), ("海关总署", None), ("新县民政局", "411523"), ("区民政局", "150205")],
)
def test_a_name_that_fits_one_place_at_hand_is_one_issuer(name: str, region: str | None) -> None:
    elsewhere: list[Row] = [("石拐区民政局", "150205", 2021), ("包头市民政局", "150200", 2021)]
    _, of_reports = issuers(_reports([(name, region, 2020), (name, region, 2022), *elsewhere]))
    assert of_reports["issuer_id"].is_null().sum() == 0
    assert of_reports["issuer_id"][0] == of_reports["issuer_id"][1]


@pytest.mark.parametrize(
    "rows",
    [
        [("乌拉特中旗工业和信息化局", "150824", 2021), ("乌拉特中旗工信局", "150824", 2022)],
        [("石拐区商务和科技局", "150205", 2021), ("包头市石拐区商务和科技局", "150205", 2021)],
        [("新县卫健委", "411523", 2020), ("新县卫生健康委员会", "411523", 2020)],
        [("新县工商行政管理局", "411523", 2017), ("新县市场监督管理局", "411523", 2019)],
        [("新县扶贫开发办公室", "411523", 2020), ("新县乡村振兴局", "411523", 2021)],
        [("新县国土资源局", "411523", 2018), ("新县自然资源局", "411523", 2019)],
        [("新县教育局", "411523", 2018), ("新县教育体育局", "411523", 2019)],
        [("密云县民政局", "110118", 2014), ("密云区民政局", "110118", 2016)],
        [("达茂旗民政局", "150223", 2019), ("达尔罕茂明安联合旗民政局", "150223", 2020)],
        [("新县应急局", "411523", 2020), ("新县应急管理局", "411523", 2021)],
    ],
)
def test_one_agency_is_one_issuer(rows: list[Row]) -> None:
    table, ids = issuers(_reports(rows))
    assert table.height == 1
    assert ids["issuer_id"].n_unique() == 1
    assert table["issuer"][0] == max(rows, key=lambda row: row[2] or 0)[0] or rows[0][2] == rows[1][2]


@pytest.mark.parametrize(
    "rows",
    [
        [("新县教育局", "411523", 2020), ("新县教育体育局", "411523", 2020)],  # both in one year
        [("新县工商行政管理局", "411523", 2019), ("新县市场监督管理局", "411523", 2019)],
        [("新县民政局", "411523", 2020), ("光山县民政局", "411522", 2020)],
        [("新县民政局", "411523", 2020), ("信阳市民政局", "411500", 2020)],
        [("新县人民政府", "411523", 2020), ("新县人民政府办公室", "411523", 2020)],
        [("鼓楼区教育局", "320000", 2020), ("江苏省教育局", "320000", 2020)],  # the first is known to its province only
        [("鼓楼区教育局", None, 2020), ("城关区教育局", None, 2020)],
        [("新县公安局", "411523", 2019), ("信阳市公安局新县分局", "411523", 2019)],
    ],
)
def test_different_agencies_stay_apart(rows: list[Row]) -> None:
    assert len(_groups(rows)) == 2


def test_of_several_agencies_merged_into_one_only_the_main_one_goes_on() -> None:
    rows = [
        ("新县工商局", "411523", 2017),
        ("新县质监局", "411523", 2017),
        ("新县食品药品监督管理局", "411523", 2017),
        ("新县市场监督管理局", "411523", 2019),
    ]
    assert _groups(rows) == [["新县工商局", "新县市场监督管理局"], ["新县质监局"], ["新县食品药品监督管理局"]]


def test_a_township_that_became_a_town_goes_on() -> None:
    rows = [("新县卡房乡人民政府", "411523", 2012), ("新县卡房镇人民政府", "411523", 2019)]
    assert len(_groups(rows, ["卡房乡", "卡房镇"])) == 1
    assert len(_groups([(name, code, 2019) for name, code, _ in rows], ["卡房乡", "卡房镇"])) == 2


def test_ids_stay_when_later_years_arrive() -> None:
    early = [("新县扶贫开发办公室", "411523", 2019), ("新县工信局", "411523", 2019)]
    later = [*early, ("新县乡村振兴局", "411523", 2022), ("新县工业和信息化局", "411523", 2021)]
    _, before = issuers(_reports(early))
    _, after = issuers(_reports(later))
    assert after["issuer_id"].to_list()[:2] == before["issuer_id"].to_list()
    assert after["issuer_id"].n_unique() == 2


def test_the_table_holds_years_names_and_the_latest_name() -> None:
    before, after = "新县扶贫开发办公室", "新县乡村振兴局"
    rows = [(before, "411523", 2019), (after, "411523", 2022), (before, "411523", 2018)]
    table, ids = issuers(_reports(rows))
    assert table.schema == pl.Schema(ISSUER_SCHEMA)
    row = table.row(0, named=True)
    assert (row["issuer"], row["years"]) == ("新县乡村振兴局", [2018, 2019, 2022])
    assert set(row["names"]) == {"新县扶贫开发办公室", "新县乡村振兴局"}
    assert ids["report_id"].to_list() == ["r0", "r1", "r2"]


def test_a_report_without_issuer_has_no_id_and_no_reports_are_no_error() -> None:
    table, ids = issuers(_reports([(None, None, 2020), ("新县民政局", "411523", None)]))
    assert ids["issuer_id"].is_null().to_list() == [True, False]
    assert table["years"].to_list() == [[]]
    empty, none = issuers(_reports([("x", None, 1)]).clear())
    assert (empty.height, none.height) == (0, 0)


def test_a_roster_names_issuers_regions_and_years(tmp_path: Path) -> None:
    path = tmp_path / "roster.csv"
    text = "机关名称,地区,年份\n新县民政局,,2023\n鼓楼区教育局,320302,\n统计局,乌拉特中旗,2022年\n"
    path.write_text(text, encoding="gb18030")
    assert read_roster(path).rows() == [
        (None, "新县民政局", "411523", 2023),
        (None, "鼓楼区教育局", "320302", None),
        (None, "统计局", "150824", 2022),
    ]


def test_a_roster_may_be_a_workbook(tmp_path: Path) -> None:
    path = tmp_path / "roster.xlsx"
    pl.DataFrame({"issuer": ["新县民政局"], "year": [2023]}).write_excel(path)
    assert read_roster(path).rows() == [(None, "新县民政局", "411523", 2023)]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("地区,年份\n新县,2023\n", "机关名称"),
        ("issuer,year\n新县民政局,去年\n", "第2行"),
        ("issuer,region\n新县民政局,新县\n教育局,鼓楼区\n", "第3行"),
        ("issuer,colour\n新县民政局,red\n", "colour"),
        ("issuer,year\n,2023\n", "没有写机关名称"),
    ],
)
def test_a_roster_that_cannot_be_used_says_why(tmp_path: Path, text: str, word: str) -> None:
    path = tmp_path / "roster.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RosterError, match=word) as error:
        read_roster(path)
    assert str(path) in str(error.value)


def test_a_roster_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(RosterError, match="找不到"):
        read_roster(tmp_path / "none.csv")
