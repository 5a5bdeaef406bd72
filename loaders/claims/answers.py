"""Numbers of applications answered in one way among several, or late: none of them is the number of all decided."""

from __future__ import annotations

from loaders.claims.mentions import Mention
from loaders.patterns import pattern_of

_ANSWERED = r"[^，,。；;、\d]{0,6}(?:答复|回复|办结|办复|办理)"
_LATE = pattern_of(
    rf"(?:延期|延长|逾期|超期|超时)(?:{_ANSWERED}|(?=\s*\d))|未(?:能|予|予以|按[期时])?(?:答复|回复|办结|办复)"
)
_IN_ONE_WAY = pattern_of(
    r"(?:按[期时]|书面|口头|电话|当面|当场|现场|首次|(?<!未)补正后|日内|期限内|邮寄|短信|邮件|网[上络]|线[上下])"
    + _ANSWERED
)
_COUNTED = pattern_of(r"[^，,。；;、\d]{0,4}\d")


def is_of_some_answered(mention: Mention, rest: str) -> bool:
    """Whether a number counts those answered late (延期答复1件), or in one of several ways (书面答复15件、电话答复5件).

    `rest` is what follows the number in its line.
    """
    if _LATE.search(mention.own):
        return True
    one_way = _IN_ONE_WAY.search(mention.own)
    if one_way is None:
        return False
    return any(way != one_way[0] for text in (mention.sentence, rest.partition("。")[0]) for way in _ways_counted(text))


def is_of_one_way_answered(mention: Mention) -> bool:
    """Whether a number counts those answered in one way: 当场答复5件."""
    return _IN_ONE_WAY.search(mention.own) is not None


def _ways_counted(text: str) -> list[str]:
    """The ways of answering, being late among them, that have a number of their own in a text."""
    found = [*_IN_ONE_WAY.finditer(text), *_LATE.finditer(text)]
    return [way[0] for way in found if _COUNTED.match(text, way.end())]
