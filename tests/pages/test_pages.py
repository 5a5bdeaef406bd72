"""Every page on stores of every size, in both languages, and what each must get right."""

from __future__ import annotations

import re
from pathlib import Path

import polars as pl
import pytest
from streamlit.testing.v1 import AppTest

from loaders.form.editions import all_keys
from loaders.store import Store
from tests.pages.conftest import Visit
from tests.pages.sample_store import report_id

TITLES = {
    "overview": ("总览", "Overview"),
    "coverage": ("报送", "Coverage"),
    "publication": ("主动公开", "Publication"),
    "applications": ("依申请公开", "Applications"),
    "litigation": ("复议诉讼", "Litigation"),
    "flags": ("异常与套话", "Flags"),
    "report": ("报告", "Report"),
    "compare": ("对比", "Compare"),
    "explorer": ("数据透视", "Explorer"),
    "check": ("自查", "Self-check"),
    "about": ("口径与方法", "About"),
}
HAN = re.compile(r"[\u4e00-\u9fff]")
NEED_NO_REPORTS = ("check", "about")


def shown(page: AppTest) -> str:
    """All that a page says, in one text."""
    kinds = ("title", "subheader", "caption", "markdown", "info", "success", "warning", "error")
    return "\n".join(str(element.value) for kind in kinds for element in getattr(page, kind))


def labels(page: AppTest) -> list[str]:
    return [element.label for kind in ("selectbox", "metric", "button", "toggle") for element in getattr(page, kind)]


def metrics(page: AppTest) -> dict[str, str]:
    return {metric.label: metric.value for metric in page.metric}


@pytest.mark.parametrize("lang", ["中文", "English"])
@pytest.mark.parametrize("page", TITLES)
def test_a_page_opens_on_a_filled_store(visit: Visit, sample: Path, page: str, lang: str):
    seen = visit(sample, page, lang=lang)
    assert not seen.exception and not seen.error
    assert [title.value for title in seen.title] == [TITLES[page][lang == "English"]]
    assert labels(seen) and not (lang == "English" and any(HAN.search(label) for label in labels(seen)))


@pytest.mark.parametrize("page", TITLES)
def test_a_page_opens_on_a_store_of_one_year(visit: Visit, tiny: Path, page: str):
    seen = visit(tiny, page)
    assert not seen.exception and not seen.error


@pytest.mark.parametrize("page", TITLES)
def test_a_page_says_what_to_do_where_nothing_was_read(visit: Visit, tmp_path: Path, page: str):
    seen = visit(tmp_path / "nothing", page)
    assert not seen.exception and not seen.error
    assert page in NEED_NO_REPORTS or any("gongkai ingest" in code.value for code in seen.code)


def test_what_a_government_consolidates_is_not_counted_twice(visit: Visit, sample: Path):
    figures = pl.concat(
        [Store(sample).reports(), Store(sample).figures().select(*all_keys())], how="horizontal"
    ).collect()
    of_year = figures.filter(pl.col("year") == 2023)
    governments = of_year.filter(pl.col("issuer_kind").cast(pl.String) == "government")
    new = ("applications.new.total", "applications.carried_in.total")
    seen = visit(sample)
    assert metrics(seen)["收到申请"] == f"{governments.select(pl.sum_horizontal(new).sum()).item():,.0f}"
    assert "12份报告中有3份计入合计" in shown(seen)
    everything = visit(sample, sums="all")
    assert metrics(everything)["收到申请"] == f"{of_year.select(pl.sum_horizontal(new).sum()).item():,.0f}"


def test_filters_come_from_the_address_and_hold_for_every_page(visit: Visit, sample: Path):
    seen = visit(sample, county="乌拉特中旗", kind="department", year="2022")
    assert "乌拉特中旗 › 部门 › 2022年度" in shown(seen)
    assert metrics(seen)["已收报告"] == "2"
    seen.switch_page("pages/publication.py").run()
    assert "乌拉特中旗 › 部门 › 2022年度" in shown(seen)


def test_a_key_in_the_address_means_the_same_in_english(visit: Visit, sample: Path):
    assert "Department" in shown(visit(sample, kind="department", lang="English"))


def test_all_filters_go_in_one_click(visit: Visit, sample: Path):
    seen = visit(sample, county="乌拉特中旗", kind="department", year="2022", issuer="乌拉特中旗水利局")
    assert metrics(seen)["已收报告"] == "1"
    next(button for button in seen.button if button.label == "清除全部筛选").click().run()
    assert "全部报告" in shown(seen)


def test_a_choice_without_reports_says_so(visit: Visit, sample: Path):
    seen = visit(sample, "applications", issuer="乌拉特后旗教育局", year="2021")
    assert "所选范围内没有报告" in shown(seen)


def test_a_rate_is_never_shown_without_numerator_and_denominator(visit: Visit, sample: Path):
    seen = visit(sample, "applications")
    rates = [metric for metric in seen.metric if "率" in metric.label]
    fractions = [caption.value for caption in seen.caption if " / " in caption.value and "报告填写" in caption.value]
    assert rates and len(fractions) >= len(rates)


def test_what_is_blank_is_not_zero(visit: Visit, sample: Path):
    seen = visit(sample, "applications", issuer="乌拉特前旗水利局", year="2023")
    assert metrics(seen)["公开率"] == "不适用"
    assert metrics(seen)["办结申请"] != "0"


def test_a_missing_report_is_listed(visit: Visit, sample: Path):
    seen = visit(sample, "coverage", county="乌拉特后旗")
    assert "缺报名单（1份）" in shown(seen)


def test_late_reports_are_listed(visit: Visit, sample: Path):
    assert "逾期名单（3份）" in shown(visit(sample, "coverage"))


def test_a_finding_opens_with_rule_and_remedy(visit: Visit, sample: Path):
    unbalanced = report_id("150824", "水利局", 2023)
    seen = visit(sample, "report", report=unbalanced)
    said = shown(seen)
    assert "收办结转不平衡" in said and "改法：" in said and "依据：" in said


def test_the_form_marks_the_cells_of_a_finding(visit: Visit, sample: Path):
    unbalanced = report_id("150824", "水利局", 2023)
    seen = visit(sample, "report", report=unbalanced, view="form")
    html = "".join(element.value for element in seen.html)
    assert html.count("gk-figure gk-error") >= 4
    assert "上年" in html
    sums = next(frame.value for frame in seen.dataframe if "left" in frame.value.columns)
    assert any("≠" in text or text for text in sums["left"])


def test_a_blank_cell_is_shown_as_blank(visit: Visit, sample: Path):
    seen = visit(sample, "report", report=report_id("150823", "水利局", 2023), view="form")
    html = "".join(element.value for element in seen.html)
    assert html.count('class="gk-figure gk-blank') == 1 and "未填" in html


def test_claims_are_marked_in_the_narrative(visit: Visit, sample: Path):
    seen = visit(sample, "report", report=report_id("150823", "水利局", 2023), view="narrative")
    html = "".join(element.value for element in seen.html)
    assert '<mark class="gk-claim' in html and '<mark class="gk-stock' in html


def test_every_check_has_a_status(visit: Visit, sample: Path):
    from flags.registry import RULES

    seen = visit(sample, "report", report=report_id("150824", "水利局", 2023), view="checks")
    checks = seen.dataframe[0].value
    assert len(checks) == len(RULES)
    assert set(checks["status"]) <= {"通过", "未通过", "不适用", "存疑"}
    assert checks[checks["id"] == "balance"]["status"].iloc[0] == "未通过"


def test_an_unknown_report_is_said_to_be_unknown(visit: Visit, sample: Path):
    seen = visit(sample, "report", report="nothing-of-the-kind")
    assert "找不到编号为" in shown(seen)


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "[a](javascript:x)", "$x$ *y* `z`"])
def test_text_of_a_report_is_shown_as_text(text: str):
    from pages.shared.narrative_view import Span, marked
    from pages.shared.panel import plain

    assert "<script" not in marked(text, [Span(0, 3, "gk-claim", '"><b>')])
    assert "<b>" not in marked(text, [Span(0, 3, "gk-claim", '"><b>')])
    assert all(f"\\{mark}" in plain(text) for mark in "<[$*`" if mark in text)


def test_a_store_that_cannot_be_read_is_explained(visit: Visit, tmp_path: Path):
    (tmp_path / "files" / "_delta_log").mkdir(parents=True)
    seen = visit(tmp_path)
    assert not seen.exception
    assert seen.error and "数据仓库无法读取" in seen.error[0].value


def test_explorer_totals_are_sums_over_sums(visit: Visit, sample: Path):
    seen = visit(sample, "explorer", year="2023", kind="department")
    rows, total = seen.dataframe[0].value, seen.dataframe[-1].value
    assert rows["disclosure_rate.numerator"].sum() == total["disclosure_rate.numerator"].iloc[0]
    rate = total["disclosure_rate.numerator"].iloc[0] / total["disclosure_rate.denominator"].iloc[0]
    assert total["disclosure_rate"].iloc[0] == pytest.approx(rate)


def test_totals_are_those_of_the_rows_that_bounds_leave(visit: Visit, sample: Path):
    seen = visit(sample, "explorer", year="2023", by="issuer", kind="department")
    seen.number_input(key="at-least").set_value(30).run()
    rows, total = seen.dataframe[0].value, seen.dataframe[-1].value
    assert 0 < len(rows) < 9 and rows["received"].sum() == total["received"].iloc[0]
    assert "筛选后各行之和" in shown(seen)


def test_bounds_that_leave_nothing_are_answered_in_words(visit: Visit, sample: Path):
    seen = visit(sample, "explorer")
    seen.number_input(key="at-least").set_value(10**9).run()
    assert not seen.exception and not seen.dataframe and "没有符合条件的行" in shown(seen)


def test_a_pivot_has_a_total_in_each_column(visit: Visit, sample: Path):
    seen = visit(sample, "explorer", by="issuer_kind", across="year")
    rows, total = seen.dataframe[0].value, seen.dataframe[-1].value
    assert list(rows.columns) == list(total.columns) and len(total) == 1
    assert total["2023 收到申请"].iloc[0] > 0


def test_the_explorer_begins_with_regions_that_differ(visit: Visit, sample: Path):
    assert next(iter(visit(sample, "explorer").dataframe[0].value.columns)) == "county"
    assert next(iter(visit(sample, "explorer", county="乌拉特中旗").dataframe[0].value.columns)) == "issuer"


def test_a_government_is_not_compared_with_its_office_in_one(visit: Visit, sample: Path):
    seen = visit(sample, "compare", year="2023")
    assert not seen.exception and all("人民政府" in name for name in seen.multiselect[0].value)
    texts = [box.value for box in seen.selectbox if box.label in ("左边的报告", "右边的报告")]
    assert len(set(texts)) == 2, "to begin with the texts are those of what is compared"
    chosen = seen.multiselect[0].value
    labelled = [box.format_func(box.value) for box in seen.selectbox if box.label in ("左边的报告", "右边的报告")]
    assert labelled == [f"{name} 2023" for name in chosen]


def test_regions_of_one_level_are_compared_by_the_reports_of_their_governments(visit: Visit, sample: Path):
    seen = visit(sample, "compare", subject="regions", year="2022")
    chosen = [name.rpartition(" › ")[2] for name in seen.multiselect[0].value]
    assert len(set(chosen)) == 2 and all(name.startswith("乌拉特") for name in chosen)
    sides = [box.format_func(box.value) for box in seen.selectbox if box.label in ("左边的报告", "右边的报告")]
    assert sides == [f"{name}人民政府 2022" for name in chosen]


def test_the_form_is_explained_in_english(visit: Visit, sample: Path):
    seen = visit(sample, "report", report=report_id("150823", "水利局", 2023), view="form", lang="English")
    html = "".join(element.value for element in seen.html)
    assert all(
        f'<span class="gk-last">{word}</span>' in html for word in ("granted", "natural persons", "upheld", "Lawsuits")
    )


def test_years_side_by_side(visit: Visit, sample: Path):
    seen = visit(sample, "compare", subject="years")
    assert not seen.error
    assert {"2023", "2022"} <= set(seen.table[1].value.columns)
