"""What the invented reports say: sentences chosen by the issuer's manner, filled with its places and figures."""

from __future__ import annotations

import random
import re
import tomllib
from functools import cache
from typing import Any

from data import DATA_DIR
from loaders.demo.drafts import Draft
from loaders.patterns import pattern_of

ASPECTS = (
    ("active", "（一）主动公开情况。"),
    ("request", "（二）依申请公开情况。"),
    ("management", "（三）政府信息管理情况。"),
    ("platform", "（四）政府信息公开平台建设情况。"),
    ("supervision", "（五）监督保障情况。"),
)
_SLOT = pattern_of(r"\{(\w+)(?::(\d+)-(\d+))?\}")
_BODIES = ("business", "research", "nonprofit", "legal", "other")


@cache
def sentences() -> dict[str, Any]:
    """The building blocks, from `data/demo/sentences.toml`."""
    return tomllib.loads((DATA_DIR / "demo" / "sentences.toml").read_text(encoding="utf-8"))


class Writer:
    """Writes the text of one draft. The same seed chooses the same sentences for whoever speaks."""

    def __init__(self, seed: int, draft: Draft) -> None:
        self.draft = draft
        self.random = random.Random(f"{seed}/{draft.voice.name}/{draft.voice_year}/words")
        self.manner = draft.manner
        voice, issuer = draft.voice, draft.issuer
        topic, topic2 = self.random.sample(voice.topics, 2)
        self.deeds = iter(self.random.sample(voice.deeds, len(voice.deeds)))
        town = issuer.kind in {"township", "subdistrict"}
        self.fixed = {
            "us": issuer.us,
            "issuer": draft.named or issuer.name,
            "county": issuer.region.name,
            "seat": issuer.seat,
            "year": str(draft.year),
            "next": str(draft.year + 1),
            "last": str(draft.year - 1),
            "site": issuer.site,
            "phone": issuer.phone,
            "post": issuer.post,
            "notice": draft.notice or draft.edition.notice,
            "topic": topic,
            "topic2": topic2,
        }
        words = sentences()
        self.chosen: dict[str, tuple[str, ...]] = {
            "place": voice.towns,
            "title": tuple(words["town_titles" if town else "titles"]),
            "hall": tuple(words["halls"]),
            "paper": tuple(words["papers"]),
        }

    def fill(self, template: str) -> str:
        """A sentence with its slots filled; numbers and places are drawn anew each time they occur."""
        return _SLOT.sub(self._slot, template)

    def _slot(self, found: re.Match[str]) -> str:
        name, low, high = found.groups()
        if low is not None:
            return str(self.random.randint(int(low), int(high)))
        if name == "month":
            return str(self.random.randint(2, 11))
        if name == "day":
            return str(self.random.randint(2, 28))
        if name in self.chosen:
            return self.random.choice(self.chosen[name])
        return self.fixed[name]

    def pick(self, manner: str, part: str, count: int = 1) -> str:
        """`count` sentences of a part in a manner."""
        pool: list[str] = sentences()[manner][part]
        return "".join(self.fill(each) for each in self.random.sample(pool, min(count, len(pool))))

    def _manner(self) -> str:
        if self.manner == "mixed":
            return self.random.choice(("specific", "dull", "dull"))
        return self.manner

    def preface(self) -> str:
        """What the report is, what time it covers, where to ask."""
        self.fixed["year"] = str(self.draft.year)
        opening = self.pick("preface", "opening")
        self.fixed["year"] = str(self.draft.period_year or self.draft.year)
        period = self.pick("preface", "period")
        self.fixed["year"] = str(self.draft.year)
        return opening + period + self.pick("preface", "contact")

    def overview(self) -> list[str]:
        """Section one: an opening and the five aspects, each with what its figures are."""
        paragraphs = [self.pick(self._manner(), "overview")]
        if self.manner != "stock":
            paragraphs[0] += self.fill(next(self.deeds))
        for aspect, heading in ASPECTS:
            text = self.pick(self._manner(), aspect, self.random.choice((1, 2)))
            facts = {"active": self._published, "request": self._requested, "supervision": self._disputed}.get(aspect)
            if aspect == "active" and self.manner == "specific":
                text += self.fill(next(self.deeds))
            if aspect not in self.draft.removed:
                paragraphs.append(heading + text + (facts() if facts else ""))
        return paragraphs

    def problems(self) -> list[str]:
        """Section five."""
        manner = self._manner()
        return [self.pick(manner, "problems"), self.pick(manner, "improvements")]

    def others(self) -> list[str]:
        """Section six: the fee for processing information, and what else there is."""
        fee = [] if "fee" in self.draft.removed else [self.pick("fees", "none")]
        return [*fee, self.pick("stock" if self.manner == "stock" else "fees", "others")]

    def _say(self, part: str, **numbers: float | str) -> str:
        template = self.random.choice(sentences()["section_one"][part])
        return self.fill(template.format_map(_Kept(numbers)))

    def _number(self, key: str) -> int:
        value = self.draft.stated.get(key)
        return int(value if value is not None else self.draft.figure(key))

    def _published(self) -> str:
        if self.manner == "stock":
            return ""
        draw = self.random
        site, wechat = draw.randint(40, 480), draw.randint(20, 260)
        text = self._say("publication_counts", site_count=site, wechat_count=wechat)
        if draw.random() < 0.3 or "channels" in self.draft.stated:
            a, b = draw.randint(5, 30), draw.randint(4, 25)
            stated = site + wechat + int(self.draft.stated.get("channels", 0))
            text += self._say("channels", a=a, b=b, c=site + wechat - a - b, sum=stated)
        if self.draft.edition.name == "2021":
            keys = {part: self._number(f"publication.normative.{part}") for part in ("issued", "repealed", "in_force")}
            text += self._say("documents", **keys) if any(keys.values()) else self._say("no_documents")
        return text

    def _requested(self) -> str:
        rows = ("new", "carried_in", "total", "carried_out", "granted", "partial")
        numbers = {row: self._number(f"applications.{row}.total") for row in rows}
        if not numbers["new"] and not numbers["carried_in"]:
            return self._say("no_applications")
        text = self._say("applications", **numbers)
        if numbers["total"]:
            text += self._say("outcomes", **numbers)
        if "share" in self.draft.stated or (numbers["total"] >= 10 and self.random.random() < 0.4):
            granted = self.draft.figure("applications.granted.total")
            share = 100 * granted / max(numbers["total"], 1) + self.draft.stated.get("share", 0.0)
            text += self._say("share", share=f"{share:.1f}")
        text += self._change()
        if numbers["new"] >= 8 and self.random.random() < 0.3:
            person = self._number("applications.new.person")
            bodies = sum(self._number(f"applications.new.{body}") for body in _BODIES)
            text += self._say("parts", person=person, bodies=bodies) if person + bodies == numbers["new"] else ""
        return text

    def _change(self) -> str:
        new = int(self.draft.figure("applications.new.total"))
        last = int((self.draft.before or {}).get("applications.new.total") or 0)
        if last < 5 or new == last or self.random.random() < 0.5:
            return ""
        percent = 100 * (new - last) / last
        return self._say("change", direction="增长" if percent > 0 else "下降", percent=f"{abs(percent):.1f}")

    def _disputed(self) -> str:
        review = self._number("litigation.review.total")
        suits = self._number("litigation.direct.total") + self._number("litigation.after_review.total")
        return self._say("litigation", review=review, suits=suits) if review + suits else self._say("no_litigation")


class _Kept(dict[str, float | str]):
    """Leaves a slot that it has no number for as it is."""

    def __missing__(self, key: str) -> str:
        return "{" + key + "}"
