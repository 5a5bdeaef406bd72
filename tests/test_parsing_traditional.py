"""Reports in traditional characters: understood as others, and kept as they are written."""

from loaders.parsing import parse_file
from tests.form_documents import applications

PAGE = """<html><meta charset="utf-8"><title>某縣教育局2023年政府信息公開工作年度報告</title><body>
<h1>某縣教育局2023年政府信息公開工作年度報告</h1>
<p><strong>一、總體情況</strong></p>
<p>&nbsp;&nbsp;2022年，商務和科技局堅持以公開爲常態、不公開爲例外，處理各類條目。</p>
<p>&nbsp;&nbsp;（一）主動公開情況。全年通過政府網站發佈信息332條，微信公衆號發佈138條，政策解讀12篇。</p>
<p>&nbsp;&nbsp;（二）依申請公開情況。2022年共收到政府信息公開申請18623件，均按期答覆；2021年爲19件。</p>
<p><strong>二、主動公開政府信息情況</strong></p>
<p><b>三、收到和處理政府信息公開申請情況</b></p><table>%s</table><p><b>五、存在的主要問題及改進情況</b></p><p>業務不夠熟悉。</p>
</body></html>"""


def test_every_section_keeps_its_characters():
    cells = ("".join(f"<td>{cell}</td>" for cell in row) for row in applications())
    page = PAGE % "".join(f"<tr>{row}</tr>" for row in cells)
    texts = {each.section: each.text for each in parse_file(page.encode(), "a.html").sections}
    assert "商務和科技局堅持以公開爲常態" in texts[1] and "發佈信息332條" in texts[1]
    assert "業務不夠熟悉" in texts[5]


def test_what_was_answered_is_known_in_either_spelling():
    page = (PAGE % "").replace("均按期答覆", "共答覆18600件")
    claims = {each.about: each.value for each in parse_file(page.encode(), "a.html").claims}
    assert claims["applications.total.total"] == 18600


def test_claims_are_quoted_in_the_characters_of_the_original():
    page = (PAGE % "").replace("均按期答覆", "未收到行政複議申請")
    report = parse_file(page.encode(), "a.html")
    (text,) = (each.text for each in report.sections if each.section == 1)
    assert all(text[each.start : each.end] == each.quote for each in report.claims)
    assert "332條" in {each.quote for each in report.claims}
