"""How often issuer, region and year come out right, on thousands of invented reports of every kind of issuer.

    python tests/benchmarks/identity_judge.py [--reports N] [--seed S] [--show K]

Each report is drawn from the region data: its author, and the confusions that real reports show (titles without
place, broken or missing; short names; namesakes; names inside names; towns, zones, branches; former names; other
agencies and other years in the text). A report is `right` when issuer, region and year are; `empty` when something
was left open; `wrong` when something else was said. Reports drawn without evidence for the region must stay open.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from loaders.document import Document, Paragraph
from loaders.identity.identifying import identify
from loaders.regions import Region, Regions, regions
from loaders.report import Identity, SectionReading
from tests.benchmarks.identity_words import (
    BODIES,
    BRANCHES,
    COUNTY_BUREAUS,
    HEADINGS,
    OTHERS,
    PAGE_LINES,
    PERIODS,
    PREFACES,
    PREFECTURE_BUREAUS,
    PROVINCE_BUREAUS,
    TITLES,
    ZONES,
)


@dataclass
class Author:
    """Who wrote it: `region` in full, `rest` of the name, `place` as the report writes the region."""

    kind: str
    region: Region
    rest: str
    short_rest: str
    town: str = ""
    place: str = ""
    confusion: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The full name without what lies above the region."""
        return self.region.name + self.town + self.rest


@dataclass
class Sample:
    """A report and the truth about it."""

    document: Document
    sections: list[SectionReading]
    path: str
    author: Author
    year: int
    settled: bool
    expected: str


class Inventor:
    """Draws reports."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.regions: Regions = regions()
        self.counties = [each for each in self.regions if each.level == "county" and not each.last_year]
        self.counties = [each for each in self.counties if each.code[:2] not in ("71", "81", "82")]
        self.prefectures = [each for each in self.regions if each.level == "prefecture" and not each.last_year]
        self.provinces = [each for each in self.regions if each.level == "province" and each.code < "700000"]
        seen = Counter(name for each in self.counties for name in {each.name})
        self.namesakes = [each for each in self.counties if seen[each.name] > 1]
        self.nested = [each for each in self.counties if len(each.name) == 2]
        self.abbreviated = [each for each in self.counties if each.aliases]
        self.renamed = [each for each in self.counties if any(f.name != each.name for f in each.former)]

    def author(self) -> Author:
        """An author of a random kind."""
        draw, choice = self.random.random(), self.random.choice
        pool = choice([self.counties] * 4 + [self.namesakes, self.nested, self.abbreviated])
        county = choice(pool)
        if draw < 0.40:
            rest, short = choice(COUNTY_BUREAUS)
            return Author("county bureau", county, rest, short)
        if draw < 0.52:
            rest, short = choice(PREFECTURE_BUREAUS)
            return Author("prefecture bureau", choice(self.prefectures), rest, short)
        if draw < 0.56:
            rest, short = choice(PROVINCE_BUREAUS)
            return Author("province bureau", choice(self.provinces), rest, short)
        if draw < 0.64:
            return Author("government", choice([county, choice(self.prefectures)]), "人民政府", "政府")
        if draw < 0.68:
            return Author("office", county, "人民政府办公室", "政府办")
        if draw < 0.84:
            towns = list(self.regions.towns(county.code))
            if towns:
                town = choice(towns)
                rest = "办事处" if town.endswith("街道") else "人民政府"
                return Author("town", county, rest, rest, town)
        if draw < 0.92:
            host = choice([county, choice(self.prefectures)])
            zone = choice(ZONES)
            return Author("zone", host, zone + choice(["管理委员会", "管理委员会", ""]), zone + "管委会")
        if draw < 0.96:
            return Author("branch", county, choice(BRANCHES), "分局")
        if draw < 0.98 or county.name.startswith("市"):
            return Author("tax", county, "税务局", "税务局")
        former = choice(self.renamed)
        rest, short = choice(COUNTY_BUREAUS)
        return Author("renamed", former, rest, short)

    def sample(self) -> Sample:
        """One report."""
        author = self.author()
        year = self.random.choice(range(2019, 2025))
        if author.kind == "renamed":
            former = self.random.choice([f for f in author.region.former if f.name != author.region.name])
            year = self.random.randint(min(2008, former.last_year), former.last_year)
            author.place = former.name
        return _Writer(self, author, year).write()


class _Writer:
    """Writes one report of an author."""

    def __init__(self, inventor: Inventor, author: Author, year: int) -> None:
        self.random = inventor.random
        self.inventor, self.regions = inventor, inventor.regions
        self.author, self.year = author, year
        region = author.region
        above = [self.regions.by_code[code] for code in self.regions.ancestors(region.code)]
        self.above = above[0].name if above and above[0].level == "prefecture" else ""
        self.top = above[-1].name if above else ""
        self.place = author.place or region.name
        if not author.place and region.aliases and self.random.random() < 0.5:
            self.place = self.random.choice(region.aliases)
        self.mark = next(
            (k for k in ("自治区", "省", "市", "州", "盟", "县", "旗", "区") if region.name.endswith(k)), ""
        )
        if self.mark == "自治区":
            self.mark = ""
        self.full = self._name(self.place, author.rest)
        self.prefixed = self._name(self.above + self.place, author.rest)

    def _name(self, place: str, rest: str) -> str:
        author = self.author
        if author.kind == "branch":
            outer = self.above or self.top
            place = author.place or author.region.name
            bureau, _, _ = rest.partition("局")
            return f"{outer}{bureau}局{place}分局"
        if author.kind == "tax":
            return f"国家税务总局{place}税务局"
        return place + author.town + rest

    def _bare(self) -> str:
        return self.author.town + self.author.rest

    def _short(self) -> str:
        author = self.author
        if author.town:
            return author.town
        return self.mark + author.short_rest

    def write(self) -> Sample:
        """Title, preface, body, signature, furniture and path, each with its chance of being there."""
        draw = self.random
        author = self.author
        title_place = draw.choices(["full", "prefixed", "bare", "none", "missing"], [50, 12, 14, 8, 16])[0]
        if author.kind in ("branch", "tax"):
            title_place = draw.choice(["full", "full", "missing"])
        if author.kind == "government" and title_place == "bare":
            title_place = "none"
        lines, furniture, file_name = self._title(title_place)
        place_in_title = title_place in ("full", "prefixed")
        # at least one own name with its place stands elsewhere where the title has none
        needs = not place_in_title
        signature = draw.random() < 0.6 or needs
        preface, preface_named = self._preface()
        body, body_named = self._body(needs and not preface_named and not signature)
        tail = self._signature(named=needs and not preface_named and not body_named) if signature else []
        hints = self._telephone() if draw.random() < 0.7 else ""
        page = []
        if draw.random() < 0.4:
            page = self._page(furniture)
        path = self._path(file_name)
        paragraphs = [*page, *lines, *([preface + hints] if preface else [hints] if hints else [])]
        sections = [SectionReading(1, HEADINGS[0], "\n".join(body))]
        sections.append(SectionReading(5, HEADINGS[4], draw.choice(OTHERS).format(**self._words())))
        sections.append(SectionReading(6, HEADINGS[5], "无"))
        blocks = [*paragraphs, HEADINGS[0], *body, *HEADINGS[1:5], sections[1].text, HEADINGS[5], "无", *tail]
        document = Document("text", [Paragraph(line) for line in blocks], [Paragraph(line) for line in furniture])
        settled = self._settled(document, path)
        return Sample(document, sections, path, author, self.year, settled, self._expected())

    def _words(self) -> dict[str, object]:
        year = self.year
        other = self.random.choice(self.inventor.counties)
        county = self.random.choice(self.regions.children(self.author.region.code) or (self.author.region,))
        return {
            "full": self.full,
            "prefixed": self.prefixed,
            "bare": self._bare(),
            "short": self._short(),
            "mark": self.mark or "区",
            "place": self.place,
            "stem": self.author.region.short_name,
            "code": self.author.region.code,
            "site": self.random.choice([self.place, self.above + self.place, self.above or self.place]) + "人民政府",
            "above": self.above or self.top,
            "top": self.top or self.place,
            "year": year,
            "next": year + 1,
            "last": year - 1,
            "other": other.name,
            "inside": county.name,
            "period": self.random.choice(PERIODS).format(year=year),
            "us": "我" + ("局" if "局" in self.author.rest else "单位"),
        }

    def _title(self, how: str) -> tuple[list[str], list[str], str]:
        """Lines of the title, furniture that holds it, file name."""
        draw = self.random
        if how == "missing" or how == "none":
            name = ""
        else:
            name = {"full": self.full, "prefixed": self.prefixed, "bare": self._bare()}[how]
            if self.author.kind == "government" and draw.random() < 0.6:
                name = name.removesuffix("人民政府")
            elif self.author.town and draw.random() < 0.3:
                name = name.removesuffix(self.author.rest)
            elif how == "bare" and not self.author.town and self.author.kind.endswith("bureau"):
                name = draw.choice(["", self.mark]) + name
        title = draw.choice(TITLES).format(name=name, year=self.year, cyear=_chinese(self.year))
        if how == "missing":
            return [], [], ""
        where = draw.random()
        if where < 0.62:
            return [title], [], ""
        if where < 0.82:
            cut = draw.randint(2, len(title) - 1)
            return ([title[:cut], "", title[cut:]] if draw.random() < 0.5 else [title[:cut], title[cut:]]), [], ""
        if where < 0.92:
            return [], [title + draw.choice(["", "_政府信息公开年报", f"-{self.above or self.place}人民政府"])], ""
        return [], [], title

    def _preface(self) -> tuple[str, bool]:
        if self.random.random() < 0.15:
            return "", False
        template = self.random.choice(PREFACES)
        return template.format(**self._words()), "{full}" in template or "{prefixed}" in template

    def _body(self, must_name: bool) -> tuple[list[str], bool]:
        while True:
            lines = self.random.sample(BODIES, 3)
            named = any(("{full}" in line or "{prefixed}" in line) for line in lines)
            if named or not must_name:
                return [line.format(**self._words()) for line in lines], named

    def _signature(self, named: bool) -> list[str]:
        name = self.random.choice([self.full, self.full, self.prefixed])
        if not named and self.random.random() < 0.3 and not self.author.town:
            name = self._bare()
        when = self.random.choice(["{y}年1月{d}日", "{y}.1.{d}", "{c}年一月十二日", "{y}-01-{d:02}"])
        stamp = when.format(y=self.year + 1, c=_chinese(self.year + 1), d=self.random.randint(5, 28))
        return self.random.choice([[name, stamp], [name, stamp], [name], [f"{name} {stamp}"], [stamp, name]])

    def _telephone(self) -> str:
        for code in (self.author.region.code, *self.regions.ancestors(self.author.region.code)):
            area = self.regions.by_code[code].telephone
            if area:
                return f"联系电话：{area[0]}-{self.random.randint(2000000, 8999999)}。"
        return ""

    def _page(self, furniture: list[str]) -> list[str]:
        words = self._words()
        lines = [line.format(**words) for line in self.random.choice(PAGE_LINES)]
        if self.random.random() < 0.5:
            furniture.extend(lines)
            return []
        return lines

    def _path(self, file_name: str) -> str:
        draw = self.random
        stem = file_name or draw.choice(
            [f"{draw.randint(0, 999):03}_{draw.getrandbits(64):016x}", f"nb{draw.randint(1, 99)}"]
        )
        folders = draw.choice([[], [], ["data"], [self.top, self.above, self.author.region.name], [str(self.year)]])
        return "/".join([*filter(None, folders), stem + draw.choice([".txt", ".html", ".docx"])])

    def _settled(self, document: Document, path: str) -> bool:
        """Whether the report names its region so that one region only can be meant."""
        text = "\n".join([*(b.text for b in document.blocks if isinstance(b, Paragraph)), path])
        text += "\n".join(line.text for line in document.furniture)
        region = self.author.region
        meant = {each.code for each in self.regions.find(self.place)}
        if len(meant) < 2:
            return True
        above = [self.regions.by_code[code] for code in self.regions.ancestors(region.code)]
        rivals = [self.regions.by_code[code] for code in meant if code != region.code]
        named = any(
            each.name in text for each in above if all(each.code not in self.regions.ancestors(r.code) for r in rivals)
        )
        area = [a for each in [region, *above] for a in each.telephone]
        others = {
            a
            for r in rivals
            for code in (r.code, *self.regions.ancestors(r.code))
            for a in self.regions.by_code[code].telephone
        }
        return named or any(f"{a}-" in text and a not in others for a in area)

    def _expected(self) -> str:
        author = self.author
        return self._name(author.place or author.region.name, author.rest)


def _chinese(year: int) -> str:
    return "".join("〇一二三四五六七八九"[int(digit)] for digit in str(year))


def verdict(sample: Sample, found: Identity) -> tuple[str, str]:
    """`right`, `empty` or `wrong`, and what about."""
    region = sample.author.region
    inventor = regions()
    about = []
    worst = "right"

    def note(state: str, what: str) -> None:
        nonlocal worst
        about.append(what)
        if worst != "wrong":
            worst = state

    if found.year != sample.year:
        note("empty" if found.year is None else "wrong", f"year {found.year}")
    if not sample.settled:
        if found.region_code in ("", *inventor.ancestors(region.code), region.code):
            return worst, ""
        return "wrong", f"region {found.region_code} without evidence"
    if found.region_code != region.code:
        outer = found.region_code in ("", *inventor.ancestors(region.code))
        note("empty" if outer and found.warnings else "wrong", f"region {found.region_code}")
    elif not _same(found.issuer, sample.expected, inventor, region):
        note("empty" if not found.issuer else "wrong", f"issuer {found.issuer}")
    if sample.author.town and found.township != sample.author.town and worst == "right":
        note("wrong", f"town {found.township}")
    return worst, "; ".join(about)


def _same(found: str, expected: str, source: Regions, region: Region) -> bool:
    above = [source.by_code[code].name for code in source.ancestors(region.code)]
    for front in sorted({"".join(reversed(above)), *above}, key=len, reverse=True):
        if front not in expected or found == front + expected:
            found = found.replace(front, "", 1)
    return found == expected or found + "管理委员会" == expected or found == expected + "管理委员会"


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=3000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", type=int, default=0, help="print so many failures in full")
    arguments = parser.parse_args()
    inventor = Inventor(arguments.seed)
    samples = [inventor.sample() for _ in range(arguments.reports)]
    identify(samples[0].document, samples[0].sections, samples[0].path)
    states: Counter[tuple[str, str]] = Counter()
    shown, seconds = 0, 0.0
    for sample in samples:
        start = time.process_time()
        found = identify(sample.document, sample.sections, sample.path)
        seconds += time.process_time() - start
        state, about = verdict(sample, found)
        states[sample.author.kind, state] += 1
        if state != "right" and shown < arguments.show:
            shown += 1
            _show(sample, found, state, about)
    kinds = sorted({kind for kind, _ in states})
    for kind in kinds:
        row = {state: states[kind, state] for state in ("right", "empty", "wrong")}
        print(f"{kind:18} {row}")
    total = {state: sum(states[kind, state] for kind in kinds) for state in ("right", "empty", "wrong")}
    share = {state: f"{count / len(samples):.2%}" for state, count in total.items()}
    print(f"all {total} {share}, {seconds / len(samples) * 1000:.2f} ms each")


def _show(sample: Sample, found: Identity, state: str, about: str) -> None:
    author = sample.author
    print(f"--- {state}: {about} | expected {sample.expected} {author.region.code} {sample.year} {author.kind}")
    print("   path", sample.path)
    for line in sample.document.furniture:
        print("   furniture", line.text)
    for block in sample.document.blocks:
        if isinstance(block, Paragraph) and block.text not in HEADINGS:
            print("   |", block.text)
    print("  ", found.issuer, found.region_code, found.year, found.warnings)
    for each in found.evidence:
        if each.about != "year":
            print("     ", each.about, each.value, each.source, each.weight)


if __name__ == "__main__":
    main()
