"""What the reader warns of, in Chinese as the tables hold it, and the same in English for those who read that."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from string import Formatter


@dataclass(frozen=True)
class ReadingWarning:
    """One warning in both languages, with `{fields}` for what differs."""

    zh: str
    en: str

    def of(self, **values: object) -> str:
        """The warning as it stands in the tables, in Chinese."""
        return self.zh.format(**values)

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        parts = (
            f"{re.escape(text)}{f'(?P<{name}>.*)' if name else ''}" for text, name, *_ in Formatter().parse(self.zh)
        )
        return re.compile("".join(parts), re.DOTALL)

    def in_english(self, written: str) -> str | None:
        """A warning of this kind in English, None for one of another kind. Names of places stay Chinese."""
        found = self._pattern.fullmatch(written)
        if found is None:
            return None
        return self.en.format(**{name: _ENGLISH_WORDS.get(value, value) for name, value in found.groupdict().items()})

    def says(self, written: str) -> bool:
        """Whether a warning is of this kind."""
        return self._pattern.fullmatch(written) is not None


def speaks_of_dates(written: str) -> bool:
    """Whether a warning is about the dates of a report."""
    return ODD_DATE.says(written) or TWO_DATES.says(written)


def in_english(written: str) -> str:
    """A warning in English, or as it is if no kind is known that it is of."""
    return next((words for each in ALL if (words := each.in_english(written)) is not None), written)


_ENGLISH_WORDS = {
    "统计期限": "period",
    "标题": "title",
    "正文": "text",
    "落款": "signature",
    "页面": "page",
    "标题下": "line below the title",
    "文件属性": "file's properties",
    "不止一处": "is the name of several",
    "未收录": "is not known",
    "上一年": "the year before",
    "自动编号": "automatic numbers",
    "自动编号、文本框和图片": "automatic numbers, text boxes and pictures",
}
"""What stands in the place of fields, as far as it is always one of a few words."""

UNPLACED = ReadingWarning(
    "有{count}个数据未能确认位置，按空缺处理，请对照原文核对",
    "Figures that could not be placed with certainty are left blank ({count} in all); please compare with the original",
)
ALL_NOUGHTS = ReadingWarning(
    "表格版式已丢失，但其中的{count}个数字全部为0，与应填的格数相同，均按0读取",
    "The layout of tables is lost, but the {count} figures in them are all 0, as many as there are cells; they are read"
    " as 0",
)
TWO_REPORTS = ReadingWarning(
    "有{count}个数据在文件中出现两次且不一致，文件可能含有不止一份报告，请分开后再读",
    "{count} figures stand twice in the file and differ; it may hold more than one report: please part them",
)
TABLES_OF_OTHER_YEARS = ReadingWarning(
    "表格标题写明是{years}的，与报告年度不同，其中的数据未读取",
    "Tables whose caption names another year than the report's ({years}) were not read",
)
SHEETS_OF_EARLIER_YEARS = ReadingWarning(
    "工作簿中另有以前年度的工作表，未读取", "Sheets of earlier years in the workbook were not read"
)
CONFIRMED_BY_SUM = ReadingWarning(
    "有{count}个数据字迹不清，识别结果经表内合计核实",
    "Figures that are hard to read were confirmed by the form's own sums ({count} in all)",
)
SETTLED_BY_SUM = ReadingWarning(
    "有{count}个数据字迹不清、可有几种读法，已按表内合计确定，请对照原文核对",
    "Figures that can be read in several ways were settled by the form's own sums ({count} in all); please compare with"
    " the original",
)
ILLEGIBLE = ReadingWarning(
    "有{count}个数据字迹不清，按空缺处理，请对照原文核对",
    "Figures that are hard to read are left blank ({count} in all); please compare with the original",
)
ODD_DATE = ReadingWarning(
    "{place}日期{date}与报告年度（{year}）不相称", "The date on the {place}, {date}, does not suit the year {year}"
)
TWO_DATES = ReadingWarning("日期不一致：{date}与{other}", "The dates differ: {date} and {other}")
OTHER_YEARS = ReadingWarning(
    "{place}中的年份（{years}）与报告年度（{year}）不一致", "The {place} says {years}, though the report is on {year}"
)
NO_YEAR = ReadingWarning("未找到报告年度", "The reporting year was not found")
NO_ISSUER = ReadingWarning("未找到发布机构名称", "The name of the issuer was not found")
NO_REGION = ReadingWarning("未找到发布机构所在地区", "The issuer's region was not found")
OUTER_REGION = ReadingWarning("发布机构所在地区只能确定到上一级", "Only the region above the issuer's own is known")
OPEN_REGION = ReadingWarning("地区无法确定，可能是{names}", "The region is open, it may be {names}")
OTHER_REGIONS = ReadingWarning("文中另有其他地区的名称：{names}", "The text names other regions, too: {names}")
INFERRED_REGION = ReadingWarning(
    "名称未写明地区，按网址、电话区号或所在目录推断",
    "The name tells no region; it was inferred from web address, area code or folder",
)
OTHER_AREA_CODE = ReadingWarning(
    "电话区号{code}属于{name}，与发布机构所在地区不符", "Area code {code} is that of {name}, not of the issuer's region"
)
UNKNOWN_CODE = ReadingWarning(
    "清单中的区划代码{code}不存在，未采用", "The manifest's region code {code} does not exist and was not used"
)
UNKNOWN_REGION = ReadingWarning(
    "清单中的地区“{name}”{state}，未采用", "The manifest's region “{name}” {state} and was not used"
)
NO_OFFICE = ReadingWarning(
    "未安装 LibreOffice，{lacking}未读取", "LibreOffice is not installed: {lacking} were not read"
)
NO_OFFICE_FOR_TABLES = ReadingWarning(
    "未安装 LibreOffice，以纯文本方式读取，表格位置不完整",
    "LibreOffice is not installed: read as plain text, so that places in tables are incomplete",
)
FAULTY_XML = ReadingWarning(
    "文件中的 XML 有错误，内容可能不完整", "The XML in the file is faulty; some of the content may be missing"
)
CUT_SHORT = ReadingWarning("文件不完整，末尾可能有缺失", "The file is incomplete; its end may be missing")
NO_PROPERTIES = ReadingWarning("文档属性无法读取", "The document's properties could not be read")
NO_NUMBERS = ReadingWarning(
    "自动编号无法读取，标题编号可能缺失", "Automatic numbers could not be read; those of headings may be missing"
)
OPEN_FORMULAS = ReadingWarning(
    "部分公式没有保存计算结果，按空缺处理；请用 Excel 或 WPS 打开并保存后再读",
    "Some formulas have no stored results and are left blank; please open and save the file in Excel or WPS",
)
EMPTY_PAGE = ReadingWarning(
    "网页文件中没有正文，内容由脚本或框架另行载入；请在浏览器中打开，等内容显示后另存为网页或 PDF 再读",
    "The web page holds no text, a script or frame loads it: please open it in a browser and save it once the text is"
    " there",
)
UNREAD_PAGE = ReadingWarning(
    "第 {number} 页是扫描图像，未能识别；安装 'gongkai[ocr]' 后可以读取",
    "Page {number} is a scan and was not read; with 'gongkai[ocr]' installed it can be",
)
RECOGNISED_PAGE = ReadingWarning(
    "第 {number} 页是扫描图像，文字由识别得出", "Page {number} is a scan; its text was recognised"
)
JOINED_PAGES = ReadingWarning(
    "由{count}张图片（{first} 至 {last}）连成一份报告，请核对是否齐全",
    "{count} pictures ({first} to {last}) were read as the pages of one report; please see whether all are there",
)
PICTURES = ReadingWarning(
    "文件中有图片，其中的表格或文字由识别得出，请对照原文核对",
    "Tables or text in pictures were recognised; please compare with the original",
)

ALL = tuple(each for each in list(globals().values()) if isinstance(each, ReadingWarning))
