"""Findings are the same every time: however often a corpus is judged, and in whatever order its files were read."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from flags.corpus import once_per_corpus
from flags.engine import FEW_REPORTS, Evaluation, corpus_of, evaluate, quick_queries
from flags.rule import Corpus
from loaders.report import Report
from tests.flags.factory import report
from tests.flags.sound import corpus as sound_corpus

SENTENCES = (
    "茶园改造补助名册在采茶季前贴到村口凉亭，茶农对照田块编号核验，更正了错登的亩数。",
    "检测站把农残抽检报告做成二维码贴在收购秤旁，收青人扫码就能看到当天批次。",
    "合作社理事会旁听了补助评审，评委打分表随后晾在祠堂黑板上。",
    "夜间收购点看不到公示，值班员在秤台加装灯箱，抽检报告请农技员配上土话解说。",
    "牧民集中转场的日子里，值班员把补贴公示牌送到接羔点，对不识字的老人逐户念读。",
    "草畜平衡核定结果先在嘎查大会上过一遍，有异议的当场复测围栏，再贴到红砖墙的公示栏里。",
    "双语材料晚到半个月，请旗一中的老师帮助校译，并把译稿时限写进科室考核单。",
    "冬营盘信号弱，视频解读卡顿，便灌进存储卡随饲草车捎去。",
    "渡口改造征地名单随班船送到江心洲，船工在候船棚里逐户念给渔民听，漏登的当场补上。",
    "水库移民后扶项目的验收照片挂在食堂墙上，村民对着照片指出未完工的两段沟渠。",
)
OWN = ("苇席", "山楂", "陶坯", "蓑衣", "石磨", "油灯", "竹篾", "水车", "麦垛", "船坞", "瓦窑", "酒曲")
GROUPS, COPIES = 20, 8
"""So many texts, each of so many issuers: more than a report is compared with."""
FRAMES = ("reports", "figures", "sections", "claims", "issuers", "roster")


def near_copies() -> list[Report]:
    """Issuers that took over one of several texts, each but for a sentence of its own, over three years."""
    chance = random.Random(5)
    made = []
    for group in range(GROUPS):
        first, second = chance.sample(OWN, 2)
        shared = ["，".join(f"{clause[:3]}{first}{second}{clause[3:]}" for clause in s.split("，")) for s in SENTENCES]
        for copy in range(COPIES):
            spoken = list(shared)
            spoken[chance.randrange(len(spoken))] = f"{second}铺的账本摊在门口，谁都能翻看{OWN[copy]}那几页。"
            stranger = copy == 0
            made.append(
                report(
                    issuer=f"青禾县{first}{second}{OWN[copy]}局",
                    year=2021 + copy % 3,
                    sections={1: "\n".join(spoken[:7]), 5: "".join(spoken[7:])},
                    signature="临江县民政局" if stranger else None,
                    preface="现公布临江县民政局2023年度报告。" if stranger else None,
                    path=f"{copy}/{group}.docx",
                )
            )
    return made


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    sound = [each.report for each in sound_corpus(7, counties=1, bureaus=4)]
    elsewhere = {"region": "620999", "prefecture": "远山市", "county": "远山县"}
    with_a_gap = [report(issuer="远山县水务局", year=year, **elsewhere) for year in (2021, 2023)]
    return corpus_of([*near_copies(), *sound, *with_a_gap])


@pytest.fixture(scope="module")
def once(corpus: Corpus) -> Evaluation:
    return evaluate(corpus)


def shuffled(corpus: Corpus) -> Corpus:
    """The same rows in another order, each frame in its own."""
    frames = {name: getattr(corpus, name).collect().sample(fraction=1, shuffle=True, seed=3) for name in FRAMES}
    return Corpus(**{name: frame.lazy() for name, frame in frames.items()})


def test_there_is_much_to_find(once: Evaluation) -> None:
    assert once.flags.filter(rule="copied-from-peer").height > GROUPS * COPIES / 2
    assert {"foreign-issuer", "missing-report"} <= set(once.flags["rule"])


@pytest.mark.parametrize("order", [lambda corpus: corpus, shuffled], ids=["again", "shuffled"])
def test_findings_are_the_same_every_time(once: Evaluation, corpus: Corpus, order: Callable[[Corpus], Corpus]) -> None:
    again = evaluate(order(corpus))
    assert again.flags.equals(once.flags)
    assert again.checks().equals(once.checks())


@pytest.mark.parametrize("reports", [1, FEW_REPORTS + 1], ids=["few", "many"])
def test_findings_are_the_same_however_queries_are_run(once: Evaluation, corpus: Corpus, reports: int) -> None:
    with quick_queries(reports):
        again = evaluate(corpus)
        nothing = evaluate(corpus_of([]))
        assert again.flags.equals(once.flags)
        assert again.checks().equals(once.checks())
        assert nothing.flags.is_empty() and nothing.checks().is_empty()


def test_rules_that_run_side_by_side_share_what_is_made_once(corpus: Corpus) -> None:
    made = []

    @once_per_corpus
    def slow(corpus: Corpus) -> int:
        made.append(corpus)
        time.sleep(0.05)
        return len(made)

    with ThreadPoolExecutor(4) as threads:
        assert set(threads.map(lambda _: slow(corpus), range(8))) == {1}
