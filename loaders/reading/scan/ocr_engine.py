"""The recognition engine: RapidOCR with the models of its own wheel, loaded once a process and only when wanted."""

from __future__ import annotations

import logging
import multiprocessing
import os
from functools import cache
from hashlib import blake2b
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from loaders.document import ReadingError
from loaders.fork_server import THREADS_VARIABLE
from loaders.patterns import pattern_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from loaders.reading.scan.ocr_readings import SignColumns

    Picture = NDArray[np.uint8]
    Quads = NDArray[np.float32]

_BATCH = 8
"""Lines recognised in one go."""

_STRIP = [3, 48, 96]
"""Channels, height and least width that a line is brought to; most lines in a table are a digit or two."""

_DETECTION = 0.6
"""Scale at which lines are looked for; a lone digit missed there is still found by the ink of its cell."""

_LEAST_SIDE = 736
"""Pixels; what the engine wants a picture to have at least along both sides."""

CERTAIN = 0.97
"""Confidence from which one reading is enough."""

NOUGHTS = "0oO〇○日"
"""A nought and what it may be taken for; in some typefaces it has a dot in the middle."""

_SHORT = pattern_of(r"^[^\u4e00-\u9fff]{0,12}$")
"""What may be a figure."""

_SEPARATORS = ",.，．"
_WITH_POINT = pattern_of(rf"^\d{{1,3}}(?:[{_SEPARATORS}]\d{{3}})+$")
"""Digits in groups as they are behind a comma, or a figure with three decimal places."""

_MODELS = {"Det": "*_det_*.onnx", "Cls": "*_cls_*.onnx", "Rec": "*_rec_*.onnx"}


class Recognised(NamedTuple):
    """The text of a line, its confidence (0 to 1), and the figures that a doubtful line may be, the likeliest first.

    `places` are where its characters begin, as parts of the length of the line.
    """

    text: str
    score: float
    figures: tuple[str, ...] = ()
    places: tuple[float, ...] = ()


def is_available() -> bool:
    """Whether the packages of the extra `ocr` are installed."""
    return all(find_spec(name) is not None for name in ("rapidocr", "onnxruntime", "cv2", "numpy"))


def require() -> None:
    """Raise `ReadingError` with the reason `needs-package` where the extra is missing."""
    if not is_available():
        raise ReadingError(
            "needs-package", "这是扫描件，识别文字需要另装组件：pip install 'gongkai[ocr]'，装好后重新读取即可"
        )


@cache
def _engine() -> Any:  # noqa: ANN401 - the package has no types
    require()
    logging.getLogger("RapidOCR").setLevel(logging.ERROR)
    import cv2
    import rapidocr  # type: ignore[import-untyped,unused-ignore]

    cv2.setNumThreads(_threads())
    folder = Path(rapidocr.__file__).parent / "models"
    parameters: dict[str, Any] = {
        "Global.log_level": "error",
        "Global.use_preprocess_img": False,
        "Global.use_vertical_padding": False,
        "Rec.rec_batch_num": _BATCH,
        "Rec.rec_img_shape": _STRIP,
        "EngineConfig.onnxruntime.intra_op_num_threads": _threads(),
        "EngineConfig.onnxruntime.inter_op_num_threads": 1,
    }
    for part, pattern in _MODELS.items():
        found = sorted(folder.glob(pattern))
        if found:
            parameters[f"{part}.model_path"] = str(found[0])
    return rapidocr.RapidOCR(params=parameters)


def _threads() -> int:
    """How many threads the engine may use."""
    wanted = os.environ.get(THREADS_VARIABLE, "")
    if wanted.isdigit() and int(wanted):
        return int(wanted)
    return 1 if multiprocessing.parent_process() is not None else os.cpu_count() or 1


def detect(picture: Picture) -> Quads:
    """Corners of all lines of text: (n, 4, 2), clockwise from the upper left, in pixels."""
    import cv2
    import numpy as np

    small = cv2.resize(picture, None, fx=_DETECTION, fy=_DETECTION, interpolation=cv2.INTER_AREA)
    below, beside = (max(0, _LEAST_SIDE - side) for side in small.shape[:2])
    if below or beside:  # the engine would blow up what is narrow, whatever its length
        small = cv2.copyMakeBorder(small, 0, below, 0, beside, cv2.BORDER_CONSTANT, value=(255, 255, 255))
    found = _engine()(small, use_det=True, use_cls=False, use_rec=False)
    if found.boxes is None or len(found.boxes) == 0:
        return np.zeros((0, 4, 2), dtype=np.float32)
    return np.asarray(found.boxes, dtype=np.float32) / np.float32(_DETECTION)


def recognise(lines: list[Picture], *, figures: bool = False) -> list[Recognised]:
    """What pictures of one line each say; where these are `figures`, what looks like a nought is one."""
    import numpy as np

    if not lines:
        return []
    recogniser = _recogniser()
    ratios = np.array([line.shape[1] / line.shape[0] for line in lines])
    order = np.argsort(ratios)  # lines of one batch are brought to the width of the widest
    found: dict[int, Recognised] = {}
    for start in range(0, len(lines), _BATCH):
        batch = order[start : start + _BATCH].tolist()
        widest = max(_STRIP[2] / _STRIP[1], *ratios[batch].tolist())
        pictures = np.stack([recogniser.resize_norm_img(lines[number], widest) for number in batch])
        for number, chances in zip(batch, recogniser.session(pictures), strict=True):
            if figures:
                _take_for_noughts(chances)
            found[number] = _recognised(chances, widest / max(ratios[number], 1e-6))
    return [found[number] for number in range(len(lines))]


class PageReader:
    """Recognises the lines of one page, each of them once however often it is asked for."""

    def __init__(self) -> None:
        self._known: dict[tuple[bool, bytes], Recognised] = {}

    def recognise(self, lines: list[Picture], *, figures: bool = False) -> list[Recognised]:
        """The same as of the function of this name."""
        keys = [(figures, _digest(line)) for line in lines]
        new = {key: line for key, line in zip(keys, lines, strict=True) if key not in self._known}
        self._known.update(zip(new, recognise(list(new.values()), figures=figures), strict=True))
        return [self._known[key] for key in keys]


def _digest(line: Picture) -> bytes:
    return blake2b(line.tobytes(), digest_size=16, key=str(line.shape).encode()).digest()


def _take_for_noughts(chances: NDArray[np.float32]) -> None:
    """Give a nought the chances of the characters that look like it."""
    nought, *others = _columns_of(NOUGHTS)
    chances[:, nought] += chances[:, others].sum(axis=1)
    chances[:, others] = 0


@cache
def _columns_of(signs: str) -> list[int]:
    """Where the recogniser keeps the chances of some characters."""
    characters = _recogniser().postprocess_op.character
    return [characters.index(sign) for sign in signs if sign in characters]


def _recognised(chances: NDArray[np.float32], longer: float) -> Recognised:
    """A line from the chances that the recogniser gives to each character at each step along it.

    The steps go on to the end of its batch, which is so many times as long.
    """
    import numpy as np

    from loaders.reading.scan.ocr_readings import likely_figures

    best = chances.argmax(axis=1)
    starts = np.flatnonzero(np.diff(best, prepend=0).astype(bool) & (best > 0))
    if not len(starts):
        return Recognised("", 0.0)
    characters = _recogniser().postprocess_op.character
    text = "".join(characters[column] for column in best[starts])
    tops = chances[np.arange(len(best)), best]
    places = tuple((starts * (longer / len(best))).tolist())
    if len(places) != len(text):  # a character may be written with several signs
        places = ()
    if not _SHORT.match(text):
        return Recognised(text, float(tops[starts].mean()), (), places)
    peaks = _peaks(best, tops)  # a figure is as certain as the least certain of its digits
    if float(peaks.min()) >= CERTAIN:
        return Recognised(text, float(peaks.min()), (), places)
    figures = likely_figures(chances, _sign_columns())
    if _WITH_POINT.match(text):  # a comma or a point: what it is depends on what the figure counts
        separators = _columns_of(_SEPARATORS)
        tops = np.where(np.isin(best, separators), chances[:, separators].sum(axis=1), tops)
        peaks = _peaks(best, tops)
    return Recognised(text, float(peaks.min()), figures, places)


def _peaks(best: NDArray[np.intp], tops: NDArray[np.float32]) -> NDArray[np.float32]:
    """The highest chance of each character of a line, which may last for several steps."""
    import numpy as np

    begins = np.flatnonzero(np.diff(best, prepend=-1))
    peaks: NDArray[np.float32] = np.maximum.reduceat(tops, begins)[best[begins] > 0]
    return peaks


@cache
def _recogniser() -> Any:  # noqa: ANN401 - the package has no types
    import numpy as np

    engine = _engine()
    if engine.text_rec is None:  # loaded on first use by newer versions of the package
        engine(np.full((48, 96, 3), 255, np.uint8), use_det=False, use_cls=False, use_rec=True)
    return engine.text_rec


@cache
def _sign_columns() -> SignColumns:
    from loaders.reading.scan.ocr_readings import sign_columns

    return sign_columns(_recogniser().postprocess_op.character)


def share_upside_down(lines: list[Picture]) -> float:
    """The share of lines that stand on their head."""
    if not lines:
        return 0.0
    labels = [str(_engine()(line, use_det=False, use_cls=True, use_rec=False).cls_res[0][0]) for line in lines]
    return labels.count("180") / len(labels)
