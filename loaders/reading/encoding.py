"""Bytes to text: byte order marks, declarations (which may lie) and the plausibility of the outcome."""

from __future__ import annotations

import codecs
import re

from loaders.patterns import pattern_of

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = pattern_of(rb"""(?:charset\s*=\s*|encoding\s*=\s*)["']?\s*([A-Za-z][\w.:-]{2,20})""", re.I)
_COMMON = frozenset(
    "的一是不了在有和人这中大为上个国以要他时来用们生到作地于出就分对成会可主发年动同工也能下过民前面本及与等由"
    "這個為國時來們會發動過與對政府信息公开開年度报报告告報情况況申请請行政机關机关数數量项項总總理收办辦法第条條"
    "\uff0c\u3002\u3001\uff1a\uff1b\uff08\uff09《》〔〕"
)
_CONTROLS = bytes([*range(9), *range(14, 27), *range(28, 32)])
_SAMPLE = 20_000
_PLAUSIBLE = 0.1
_BEGINNINGS, _FEWEST_COMMON = (400, 4_000), 8
"""So many of these stand in so many characters of any Chinese text, or of a page whose markup comes first."""
_OF_CHINESE, _OF_SCRAMBLED = 0.2, 0.05
"""Chinese has a greater share of these, though some lost a byte; scrambled text has a smaller one."""
_WESTERN = pattern_of(r"[\xa1-\xff]")
_BYTES_OF_WINDOWS = {
    ord(character): byte for byte in range(0x80, 0xA0) if (character := bytes([byte]).decode("cp1252", "ignore"))
}
_ODD = pattern_of(r"[\ue000-\uf8ff\ufffd\x80-\x9f\x01-\x08\x0e-\x1f]")


_READINGS = ("(shù)", "(kāi)", "(bào)", "(xiàng)", "(qǐng)")
_READING = pattern_of(r"(?<=[\u3400-\u9fff])\([a-zü]{0,5}[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ][a-zü]{0,4}\)")


def without_readings(text: str) -> str:
    """The text without the pronunciation that some sites in traditional characters put behind them: 數(shù)."""
    return _READING.sub("", text) if any(reading in text for reading in _READINGS) else text


def decode(data: bytes, declared: str | None = None, *, whole: bool = True) -> str:
    """The text in `data`, without byte order mark.

    `declared` is a charset named outside the file (a mail header). `whole=False` says that `data` is cut off, perhaps
    inside a character. Strict decoding that succeeds beats a declaration; among several that succeed the most
    plausible Chinese wins. Text that was decoded wrongly before it was saved is what it was then.
    """
    text = _decoded(data, declared, whole)
    is_chinese = any(len(_COMMON.intersection(text[:length])) >= _FEWEST_COMMON for length in _BEGINNINGS)
    return text if is_chinese else _unscrambled(text, whole)


def _decoded(data: bytes, declared: str | None, whole: bool) -> str:
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(name, "replace")
    wide = _wide_encoding(data)
    if wide:
        return data.decode(wide, "replace")
    text = _strict(data, "utf-8", whole)
    if text is not None:
        return text if not _is_suspicious(text, data) else _best(data, declared, text, whole)
    return _best(data, declared, None, whole)


def _unscrambled(text: str, whole: bool) -> str:
    """The text whose bytes a program took for another encoding's: `æ”¿åºœ` and 鏀垮簻 for 政府.

    Letters of Western Europe hold all bytes still; of Chinese characters some bytes may be lost.
    """
    sample = text[:_SAMPLE]
    if sample.isascii():
        return text
    if len(_WESTERN.findall(sample)) > sum(map(_is_chinese, sample)):
        other = _decoded(text.translate(_BYTES_OF_WINDOWS).encode("latin-1", "replace"), None, whole)
    else:
        other = text.encode("gb18030", "replace").decode("utf-8", "replace")
    return other if _common(other) > _OF_CHINESE and _common(text) < _OF_SCRAMBLED else text


def declared_charset(data: bytes) -> str | None:
    """The charset that an HTML meta tag or an XML declaration names."""
    found = _DECLARED.search(data[:4096])
    return found[1].decode("ascii") if found else None


def looks_binary(head: bytes) -> bool:
    """Whether bytes are no text in any encoding: control characters where text has none."""
    if any(head.startswith(mark) for mark, _ in _MARKS) or _wide_encoding(head):
        return False
    controls = len(head) - len(head.translate(None, _CONTROLS))
    return controls * 50 > len(head)


def _wide_encoding(data: bytes) -> str | None:
    """UTF-16 without a mark shows in the zeros of its digits, spaces and line ends."""
    sample = data[:4096]
    zeros = sample.count(0)
    if zeros < 2:
        return None
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    low, name = (even, "utf-16-le") if odd > even else (odd, "utf-16-be")
    sample = sample[: len(sample) // 2 * 2]
    text = sample.decode(name, "replace")
    if low * 10 > zeros:  # lines of drawn tables and 一 have a zero in the other half
        texts = {wide: sample.decode(wide, "replace") for wide in ("utf-16-le", "utf-16-be")}
        name, text = max(texts.items(), key=lambda each: _plausibility(each[1]))
        if _plausibility(text) < _PLAUSIBLE:
            return None
    odd_characters = len(_ODD.findall(text)) + text.count("\x00")
    return name if odd_characters * 20 <= len(text) else None


def _strict(data: bytes, name: str, whole: bool) -> str | None:
    try:
        return codecs.getincrementaldecoder(name)().decode(data, whole)
    except (UnicodeDecodeError, LookupError):
        return None


def _is_suspicious(text: str, data: bytes) -> bool:
    """Short GBK text can be valid UTF-8 by chance: then it is all odd letters and no Chinese."""
    if len(text) == len(data) or len(text) >= 400:
        return False
    beyond = [c for c in text if c > "\x7f"]
    return 10 * sum(map(_is_chinese, beyond)) < len(beyond)


def _is_chinese(character: str) -> bool:
    return "\u3000" <= character <= "\u9fff" or "\uff00" <= character <= "\uffef"


def _common(text: str) -> float:
    """Share of common characters among those beyond ASCII."""
    beyond = [c for c in text[:_SAMPLE] if c > "\x7f"]
    return sum(c in _COMMON for c in beyond) / max(len(beyond), 1)


def _plausibility(text: str) -> float:
    """Share of common characters among those beyond ASCII, less what text never holds."""
    sample = text[:_SAMPLE]
    beyond = [c for c in sample if c > "\x7f"]
    if not beyond:
        return 0.5
    common = sum(c in _COMMON for c in beyond)
    return (common - 5 * len(_ODD.findall(sample))) / len(beyond)


def _best(data: bytes, declared: str | None, utf8: str | None, whole: bool) -> str:
    """The most plausible of what decodes: first strictly, then with a few faults allowed.

    Short text without a common character is taken for the simplest Chinese encoding if it can be.
    """
    names = ["gb18030", "big5hkscs"]
    own = declared or declared_charset(data)
    if own and own.lower() not in ("utf-8", "utf8", "gbk", "gb2312", "gb18030", "big5"):
        names.append(own)
    candidates = [(name, _strict(data, name, whole)) for name in names]
    good = [(_plausibility(text), text) for _, text in candidates if text is not None]
    if utf8 is not None:
        good.append((_plausibility(utf8), utf8))
    if good:
        score, text = max(good, key=lambda pair: pair[0])
        if score > _PLAUSIBLE:
            return text
    return _strict(data, "gb2312", whole) or _with_faults(data, own, good)


def _with_faults(data: bytes, own: str | None, good: list[tuple[float, str]]) -> str:
    """A page with some broken bytes: the encoding that leaves the fewest, else what charset-normalizer thinks."""
    tolerant = []
    for name in ("utf-8", "gb18030", "big5hkscs", "utf-16-le", "utf-16-be"):
        text = data.decode(name, "replace")
        tolerant.append((_plausibility(text), text))
    score, text = max(tolerant, key=lambda pair: pair[0])
    if score > _PLAUSIBLE:
        return text
    from charset_normalizer import from_bytes

    guess = from_bytes(data[:_SAMPLE]).best()
    if guess is not None:
        return data.decode(guess.encoding, "replace")
    if good:
        return max(good, key=lambda pair: pair[0])[1]
    try:
        return data.decode(own or "utf-8", "replace")
    except LookupError:
        return data.decode("utf-8", "replace")
