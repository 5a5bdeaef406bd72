"""Faults in what a report says, when it came and what it copied. They work like those in figures."""

from __future__ import annotations

from loaders.demo.drafts import Draft
from loaders.demo.figure_faults import Drafts
from loaders.demo.narrative import sentences


def text_applications(drafts: Drafts, draft: Draft) -> bool:
    """The text states another number of applications than the table."""
    key = "applications.new.total"
    draft.stated[key] = (
        draft.figure(key) + draft.figure("applications.carried_in.total") + drafts.random.choice((1, 2, 5))
    )
    return draft.manner != "stock"


def text_outcomes(drafts: Drafts, draft: Draft) -> bool:
    """The text states another number of applications granted than the table."""
    key = "applications.granted.total"
    draft.stated[key] = draft.figure(key) + draft.figure("applications.partial.total") + drafts.random.choice((1, 3))
    return draft.figure("applications.total.total") > 2


def text_litigation(drafts: Drafts, draft: Draft) -> bool:
    """The text states a reconsideration that the table does not have."""
    key = "litigation.review.total"
    draft.stated[key] = draft.figure(key) + 1
    return True


def text_documents(drafts: Drafts, draft: Draft) -> bool:
    """The text states another number of normative documents issued than the table."""
    key = "publication.normative.issued"
    draft.stated[key] = draft.figure(key) + 2
    return draft.edition.name == "2021" and draft.manner != "stock"


def text_share(drafts: Drafts, draft: Draft) -> bool:
    """A percentage in the text is nine points off."""
    draft.stated["share"] = 9.0 if draft.figure("applications.granted.total") else 0.0
    total = draft.figure("applications.total.total")
    share = 100 * draft.figure("applications.granted.total") / total if total else 100.0
    return total >= 10 and 5 < share < 88


def text_sum(drafts: Drafts, draft: Draft) -> bool:
    """An enumeration in the text does not add up."""
    draft.stated["channels"] = float(drafts.random.choice((3, 7, -4)))
    return draft.manner != "stock"


def missing_section(drafts: Drafts, draft: Draft) -> bool:
    """Section five is not there."""
    draft.removed.add("section5")
    return True


def missing_table(drafts: Drafts, draft: Draft) -> bool:
    """The litigation table is not there, or a picture on a web page."""
    (draft.pictured if draft.issuer.format == "html" else draft.removed).add("litigation")
    return not draft.figure("litigation.review.total")


def missing_aspect(drafts: Drafts, draft: Draft) -> bool:
    """The overview says nothing of platforms, or of management."""
    draft.removed.add(drafts.random.choice(("platform", "management")))
    return draft.manner != "stock"


def missing_fee_statement(drafts: Drafts, draft: Draft) -> bool:
    """Section six does not say whether fees were charged."""
    draft.removed.add("fee")
    return draft.year >= 2021


def altered_heading(drafts: Drafts, draft: Draft) -> bool:
    """The agency's own name stands in a statutory heading."""
    number, words = drafts.random.choice(
        (
            (2, f"主动公开{draft.issuer.us[-1]}信息情况"),
            (3, "收到和处理信息申请办理情况"),
            (5, "工作中的不足与明年打算"),
        )
    )
    draft.headings[number] = words
    return True


def wrong_citation(drafts: Drafts, draft: Draft) -> bool:
    """The notice that prescribes the form is cited wrongly."""
    draft.notice = drafts.random.choice(("国办公开办函〔2021〕13号", "国办公开办函〔2019〕60号", "国办发〔2021〕30号"))
    return draft.year >= 2021


def wrong_year(drafts: Drafts, draft: Draft) -> bool:
    """The period the figures cover is the year before."""
    draft.period_year = draft.year - 1
    return True


def foreign_issuer(drafts: Drafts, draft: Draft) -> bool:
    """Another county's office stands where the own name belongs."""
    region = draft.issuer.region.name
    others = sorted({each.issuer.name for each in drafts.by_key.values() if each.issuer.region.name != region})
    ending = draft.issuer.name.removeprefix(region)
    same = [name for name in others if name.endswith(ending)]
    if not others or draft.issuer.is_government:
        return False
    draft.named = drafts.random.choice(same or others)
    return True


def late(drafts: Drafts, draft: Draft) -> bool:
    """Published weeks after the date the law sets."""
    month = drafts.random.choice((5, 6)) if draft.issuer.is_government else drafts.random.choice((2, 3, 4))
    draft.published = f"{draft.year + 1}-{month:02}-{drafts.random.randint(5, 27):02}"
    return True


def boilerplate_only(drafts: Drafts, draft: Draft) -> bool:
    """Nothing but stock sentences, in an office that received nothing."""
    draft.manner = "stock"
    return draft.figure("applications.new.total") == 0 and not draft.issuer.is_government


def placeholder(drafts: Drafts, draft: Draft) -> bool:
    """A line of the template was never filled in."""
    draft.inserted[1] = drafts.random.choice(sentences()["placeholders"]["texts"])
    return True


def contaminated_text(drafts: Drafts, draft: Draft) -> bool:
    """Somebody has put advertising for gambling into the page."""
    draft.inserted[5] = drafts.random.choice(sentences()["contamination"]["texts"])
    return draft.issuer.format == "html"


def copied_from_peer(drafts: Drafts, draft: Draft) -> bool:
    """The words of another office of the county, only the name changed."""
    peers = [
        other
        for other in drafts.by_key.values()
        if other.issuer.region == draft.issuer.region
        and other.year == draft.year
        and other.issuer.name != draft.issuer.name
        and other.issuer.kind == draft.issuer.kind == "department"
        and other.manner != "stock"
        and not other.faults
        and _idle(other)
    ]
    if not peers or not _idle(draft):
        return False
    peer = drafts.random.choice(peers)
    draft.voice, draft.manner = peer.issuer, peer.manner
    peer.faults.add("copied-from-peer")
    return True


def copied_from_last_year(drafts: Drafts, draft: Draft) -> bool:
    """Last year's words, only the year changed; so the numbers in the text are last year's too."""
    before = drafts.before(draft)
    if before is None or before.faults or before.edition != draft.edition or not (_idle(before) and _idle(draft)):
        return False
    draft.voice_year, draft.manner = before.voice_year, before.manner
    draft.faults.add("repeated-figures")
    return True


def _idle(draft: Draft) -> bool:
    """Whether there is nothing in the tables that the text would have to state."""
    keys = ("applications.new.total", "applications.carried_in.total", "publication.normative.in_force")
    return not any(draft.figure(key) for key in (*keys, "litigation.review.total", "publication.normative.issued"))


def low_confidence(drafts: Drafts, draft: Draft) -> bool:
    """The labels of the tables are illegible."""
    draft.garbled = True
    return draft.issuer.format == "txt"
