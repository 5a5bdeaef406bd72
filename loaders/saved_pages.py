"""Web pages that a browser or Word saved with a folder of their pictures, styles and scripts beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from loaders.walking import Findings, SourceFile

_FOLDERS = ("_files", ".files")
"""How the folder of a page is called behind the page's own name."""

_PAGES = (".html", ".htm", ".shtml")
_HEAD = 1 << 16


def set_parts_apart(found: Findings) -> None:
    """Passes over what stands in the folder of a page; only a page in frames has its text there."""
    from loaders.walking import Skipped

    inside = [(source, folder) for source in found.files if (folder := _folder_of_page(source.path))]
    if not inside:
        return
    pages = {path: source for source in found.files if (path := _without_ending(source.path))}
    in_frames: dict[str, bool] = {}
    parts: dict[SourceFile, str] = {}
    for source, folder in inside:
        page = pages.get(folder.removesuffix(_FOLDERS[0]).removesuffix(_FOLDERS[1]))
        if page is None or page.root != source.root:
            continue
        if folder not in in_frames:
            in_frames[folder] = _is_in_frames(page)
        if not (in_frames[folder] and _without_ending(source.path)):
            parts[source] = folder
    found.files = [source for source in found.files if source not in parts]
    found.skipped += [Skipped(folder, "companion") for folder in dict.fromkeys(parts.values())]


def _folder_of_page(path: str) -> str:
    """The outermost folder on a path that is called like that of a page; empty for none."""
    ends = [at + len(name) for name in _FOLDERS if (at := path.find(f"{name}/")) > 0]
    return path[: min(ends)] if ends else ""


def _without_ending(path: str) -> str:
    """The path of a page without its ending; empty for other files."""
    ending = next((each for each in _PAGES if path.lower().endswith(each)), "")
    return path[: -len(ending)] if ending else ""


def _is_in_frames(page: SourceFile) -> bool:
    try:
        with page.disk.open("rb") as stream:
            return b"<frameset" in stream.read(_HEAD).lower()
    except OSError:
        return False
