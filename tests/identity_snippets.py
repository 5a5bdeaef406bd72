"""Reports in outline, for tests of who wrote them, where and when."""

from __future__ import annotations

from dataclasses import dataclass, field

from loaders.document import Document, Paragraph
from loaders.identity.identifying import ManifestRow, identify
from loaders.report import Identity, SectionReading

PERIOD = "数据统计期限为2023年1月1日至2023年12月31日。"


@dataclass
class Snippet:
    """A report in outline: lines before the first section, of the sections and after them, page lines, path."""

    head: list[str] = field(default_factory=list)
    body: list[str] = field(default_factory=lambda: ["2023年，我局按要求公开信息12条。"])
    tail: list[str] = field(default_factory=list)
    page: list[str] = field(default_factory=list)
    path: str = "a.txt"
    metadata: dict[str, str] = field(default_factory=dict)

    def read(self, row: ManifestRow | None = None) -> Identity:
        lines = [*self.head, "一、总体情况", *self.body, "六、其他需要报告的事项", "无", *self.tail]
        document = Document(
            "text", [Paragraph(line) for line in lines], [Paragraph(line) for line in self.page], self.metadata
        )
        sections = [SectionReading(1, "一、总体情况", "\n".join(self.body)), SectionReading(6, "六、其他", "无")]
        return identify(document, sections, self.path, row)


def titled(text: str, **parts: list[str]) -> Snippet:
    return Snippet(head=[text, PERIOD], **parts)  # type: ignore[arg-type]
