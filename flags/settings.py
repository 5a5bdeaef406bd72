"""What a supervisor may set in `gongkai.toml`: limits, rules off, issuers left out, issuers that must report."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import polars as pl

from flags.rule import Rule
from loaders.tables import ROSTER_SCHEMA

FILE_NAME = "gongkai.toml"
_TOP_KEYS = ("rules_off", "excluded_issuers", "roster", "thresholds")
_ROSTER_KEYS = ("file", "issuers")
_ISSUER_KEYS = ("issuer", "region_code", "issuer_id", "year")


class SettingsError(Exception):
    """The settings cannot be used; the message is one sentence that says where and what to do."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Settings in force. `thresholds` holds only what differs from the rules' defaults, by rule and name.

    `excluded_issuers` are names or `issuer_id`s that get no findings. `roster` has the columns of `ROSTER_SCHEMA`.
    """

    thresholds: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    rules_off: frozenset[str] = frozenset()
    excluded_issuers: frozenset[str] = frozenset()
    roster: pl.DataFrame | None = None
    path: Path | None = None

    def limits(self, rule: Rule) -> dict[str, float]:
        """The thresholds of a rule, the supervisor's where set."""
        given = self.thresholds.get(rule.id, {})
        return {each.name: given.get(each.name, each.default) for each in rule.thresholds}


def find_settings(store: str | Path, rules: Sequence[Rule], config: str | Path | None = None) -> Settings:
    """The settings named by `config`, else those beside or inside the store, else the defaults.

    Raises SettingsError where the file is named but absent, or cannot be used.
    """
    place = config or settings_place(store)
    return read_settings(place, rules) if place else Settings()


def settings_place(store: str | Path) -> Path | None:
    """The settings file beside or inside the store, if there is one."""
    if "://" in str(store):
        return None
    folder = Path(store)
    return next((each for each in (folder / FILE_NAME, folder.parent / FILE_NAME) if each.is_file()), None)


def read_settings(path: str | Path, rules: Sequence[Rule]) -> Settings:
    """The settings of a file. Raises SettingsError with one sentence for anything unknown or ill-typed in it."""
    place = Path(path)
    try:
        source = tomllib.loads(place.read_text(encoding="utf-8-sig"))
    except FileNotFoundError as error:
        raise SettingsError(f"There is no settings file {place}; `gongkai init` writes one.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{place} is not valid TOML: {error}.") from error
    except OSError as error:
        raise SettingsError(f"{place} cannot be read: {error.strerror or error}.") from error
    _refuse_unknown(place, "setting", source, _TOP_KEYS)
    return Settings(
        thresholds=_thresholds(place, source.get("thresholds", {}), rules),
        rules_off=frozenset(_rules_off(place, source.get("rules_off", []), rules)),
        excluded_issuers=frozenset(_texts(place, "excluded_issuers", source.get("excluded_issuers", []))),
        roster=_roster(place, source.get("roster", {})),
        path=place,
    )


def _refuse_unknown(place: Path, what: str, found: Iterable[str], known: Sequence[str]) -> None:
    for name in found:
        if name not in known:
            raise SettingsError(f"{place}: unknown {what} “{name}”{_nearest(name, known)}.")


def _nearest(name: str, known: Sequence[str]) -> str:
    near = get_close_matches(name, known, n=1, cutoff=0.5)
    if near:
        return f"; did you mean “{near[0]}”"
    return f"; known are {', '.join(known)}" if len(known) <= 8 else "; the known ones are listed by `gongkai init`"


def _table(place: Path, name: str, value: object) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise SettingsError(f"{place}: “{name}” must be a table, written [{name}].")
    return value


def _texts(place: Path, name: str, value: object) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise SettingsError(f'{place}: “{name}” must be a list of texts, such as ["…"].')
    return value


def _rules_off(place: Path, value: object, rules: Sequence[Rule]) -> list[str]:
    names = _texts(place, "rules_off", value)
    _refuse_unknown(place, "rule", names, [rule.id for rule in rules])
    return names


def _thresholds(place: Path, value: object, rules: Sequence[Rule]) -> dict[str, dict[str, float]]:
    by_id = {rule.id: rule for rule in rules}
    tables = _table(place, "thresholds", value)
    _refuse_unknown(place, "rule", tables, [rule.id for rule in rules if rule.thresholds])
    found: dict[str, dict[str, float]] = {}
    for name, limits in tables.items():
        known = [each.name for each in by_id[name].thresholds]
        _refuse_unknown(place, f"threshold of rule {name}:", _table(place, f"thresholds.{name}", limits), known)
        for key, limit in limits.items():
            if isinstance(limit, bool) or not isinstance(limit, int | float):
                raise SettingsError(f"{place}: threshold {name}.{key} must be a number, not {limit!r}.")
        found[name] = {key: float(limit) for key, limit in limits.items()}
    return found


def _roster(place: Path, value: object) -> pl.DataFrame | None:
    table = _table(place, "roster", value)
    _refuse_unknown(place, "roster setting", table, _ROSTER_KEYS)
    frames = []
    if "file" in table:
        if not isinstance(table["file"], str):
            raise SettingsError(f"{place}: roster.file must be the name of a CSV file.")
        if table["file"]:
            frames.append(_roster_file(place.parent / table["file"]))
    if table.get("issuers"):
        frames.append(_inline_roster(place, table["issuers"]))
    return pl.concat(frames).unique(maintain_order=True) if frames else None


def _roster_file(path: Path) -> pl.DataFrame:
    from loaders.identity.roster import RosterError, read_roster

    try:
        return read_roster(path)
    except RosterError as error:
        raise SettingsError(str(error)) from error


def _inline_roster(place: Path, value: object) -> pl.DataFrame:
    if not isinstance(value, list):
        raise SettingsError(f"{place}: roster.issuers must be a list of names or of {{issuer = …, region_code = …}}.")
    rows = []
    for each in value:
        row = {"issuer": each} if isinstance(each, str) else _table(place, "roster.issuers", each)
        _refuse_unknown(place, "roster column", row, _ISSUER_KEYS)
        rows.append(row)
    return _typed_roster(place, pl.DataFrame(rows, schema=dict.fromkeys(_ISSUER_KEYS, pl.String), strict=False))


def _typed_roster(place: Path, frame: pl.DataFrame) -> pl.DataFrame:
    absent = [pl.lit(None, pl.String).alias(name) for name in ROSTER_SCHEMA if name not in frame.columns]
    full = frame.with_columns(absent).with_columns(pl.col(pl.String).str.strip_chars().replace("", None))
    nameless = full.filter(pl.col("issuer").is_null() & pl.col("issuer_id").is_null())
    if nameless.height:
        raise SettingsError(f"{place}: {nameless.height} rows of the roster name no issuer.")
    try:
        return full.select(pl.col(name).cast(kind) for name, kind in ROSTER_SCHEMA.items())
    except pl.exceptions.PolarsError as error:
        raise SettingsError(f"{place}: a year in the roster is no number.") from error


def defaults_text(rules: Sequence[Rule]) -> str:
    """A settings file with every default, commented, in the order of the rules."""
    lines = [
        "# Gongkai 公开：检查规则的设置。Settings of the checks.",
        "# 以“#”开头的行不起作用；去掉“#”并改数即可。 Lines that begin with # are not in force.",
        "",
        '# 停用的规则。 Rules that are switched off, such as ["all-zero"].',
        "rules_off = []",
        "",
        "# 不检查的机关，写名称或 issuer_id。 Issuers without findings, by name or issuer_id.",
        "excluded_issuers = []",
        "",
        "# 应当报送年报的机关名录：CSV 文件（列 issuer、region_code、year），或直接列出。",
        "# Issuers that must report: a CSV file (columns issuer, region_code, year), or a list right here.",
        "[roster]",
        '# file = "roster.csv"',
        '# issuers = ["某旗教育局", { issuer = "某旗民政局", region_code = "150824", year = 2023 }]',
        "",
        "# 各规则的限值，均含本数。 Limits of the rules; all are inclusive.",
    ]
    for rule in rules:
        if rule.thresholds:
            lines += ["", f"# {rule.title.zh} {rule.title.en}", f"[thresholds.{rule.id}]"]
            for each in rule.thresholds:
                lines += [f"# {each.meaning.zh}", f"# {each.meaning.en}", f"{each.name} = {_toml_number(each.default)}"]
    return "\n".join(lines) + "\n"


def _toml_number(value: float) -> str:
    return str(int(value)) if float(value).is_integer() else repr(float(value))


def write_defaults(path: str | Path, rules: Sequence[Rule], *, overwrite: bool = False) -> Path:
    """Write the settings file with every default. Raises SettingsError where one is there already."""
    place = Path(path)
    if place.is_dir():
        place = place / FILE_NAME
    if place.exists() and not overwrite:
        raise SettingsError(f"{place} is there already; remove it first or name another file.")
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(defaults_text(rules), encoding="utf-8")
    return place
