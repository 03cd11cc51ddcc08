"""The dated gazetteer (danh mục đơn vị hành chính): provinces, districts and communes with their statistics codes.

Two maps of the country: 63 provinces with districts until 30 June 2025, 34 provinces without districts since 1 July
2025. Names and codes are those of the package `vietnamadminunits` (General Statistics Office); its data files are read
without importing it, because the import loads geometry libraries that nothing here needs. What the package does not
hold, provinces that had gone before 2025 and older spellings, stands in `vocab/historic_provinces.csv` and
`vocab/province_aliases.csv`.

Names are given and returned without the unit word (`Hải Dương`, `Cẩm Giàng`, `Đức Chính`), except where the name is a
number (`Quận 1`, `Phường 12`). Lookups do not mind case, tone placement, hyphens or apostrophes, and fall back on the
letters without marks where that leaves one candidate. An ambiguous name gives None.
"""

from __future__ import annotations

import datetime
import importlib.util
import json
import re
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypeVar

import regex

from schemas.folding import bare, bare_key, fold, key
from schemas.vocabulary import VocabularyError, load

REFORM = datetime.date(2025, 7, 1)
"""The day on which the 34 provinces began and the districts ended."""


class GazetteerError(RuntimeError):
    """The administrative data cannot be read; the message says what to install or mend."""


@dataclass(frozen=True, slots=True)
class Province:
    """`level` is `tỉnh` or `thành phố` (run by the centre)."""

    code: str
    name: str
    level: str


@dataclass(frozen=True, slots=True)
class District:
    """`kind` is `huyện`, `quận`, `thị xã` or `thành phố` (thuộc tỉnh)."""

    code: str
    name: str
    kind: str
    province_code: str


@dataclass(frozen=True, slots=True)
class Commune:
    """`kind` is `xã`, `phường`, `thị trấn` or `đặc khu`; no district since 1 July 2025."""

    code: str
    name: str
    kind: str
    province_code: str
    district_code: str | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """A province named in a text at `start`..`end`; `unit` is the unit word before it (`tỉnh`), if any."""

    start: int
    end: int
    province: Province
    unit: str | None


@dataclass(frozen=True)
class _Historic:
    code: str
    name: str
    level: str
    until: str
    current_code: str


@dataclass(frozen=True)
class _Aliases:
    code: str
    aliases: str


def is_new(on: datetime.date | None) -> bool:
    """Whether a document of that day lives on the map of 34 provinces."""
    return on is not None and on >= REFORM


def _data_folder() -> Path:
    spec = importlib.util.find_spec("vietnamadminunits")
    if spec is None or not spec.submodule_search_locations:
        raise GazetteerError("vietnamadminunits is not installed: pip install 'vietnamadminunits>=1.0.4,<2'")
    return Path(next(iter(spec.submodule_search_locations))) / "data"


def _rows(sql: str) -> list[tuple]:
    path = _data_folder() / "dataset.db"
    try:
        connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        try:
            return connection.execute(sql).fetchall()
        finally:
            connection.close()
    except sqlite3.Error as error:
        raise GazetteerError(f"{path}: {error}; reinstall vietnamadminunits>=1.0.4,<2") from error


def _plain(name: str, kind: str) -> str:
    """The name without its unit word, unless a number is all that is left."""
    if name.casefold().startswith(kind.casefold() + " "):
        short = name[len(kind) + 1 :]
        if not short.isdigit():
            return short
    return name


@cache
def _provinces(new: bool) -> dict[str, Province]:
    table = "admin_units" if new else "admin_units_legacy"
    rows = _rows(f"SELECT DISTINCT provinceCode, province, provinceShort FROM {table} ORDER BY provinceCode")
    return {
        code: Province(code, short, "tỉnh" if full.startswith("Tỉnh") else "thành phố") for code, full, short in rows
    }


@cache
def _historic() -> tuple[tuple[datetime.date, Province, str], ...]:
    entries = []
    for entry in load("historic_provinces", _Historic).values():
        if entry.current_code not in _provinces(True):
            raise VocabularyError(f"historic_provinces.csv: {entry.name}: no province has code {entry.current_code!r}")
        until = datetime.date.fromisoformat(entry.until)
        entries.append((until, Province(entry.code, entry.name, entry.level), entry.current_code))
    return tuple(entries)


@cache
def _aliases() -> dict[str, tuple[str, ...]]:
    entries = load("province_aliases", _Aliases)
    for code in entries:
        if code not in _provinces(False):
            raise VocabularyError(f"province_aliases.csv: no province has code {code!r}")
    return {code: tuple(a.strip() for a in entry.aliases.split("|")) for code, entry in entries.items()}


def _aliases_of(name: str) -> tuple[str, ...]:
    old = next((p for p in _provinces(False).values() if p.name == name), None)
    return _aliases().get(old.code, ()) if old else ()


def provinces(on: datetime.date | None = None) -> tuple[Province, ...]:
    """The provinces of that day, by code; without a day those of the 63-province map."""
    current = _provinces(is_new(on))
    if on is None or is_new(on):
        return tuple(current.values())
    former = {p.code: p for until, p, _ in _historic() if on <= until}
    return tuple((current | former).values())


@cache
def _names(new: bool) -> dict[str, Province]:
    """Every spelling of a province of one of the two maps, by key; former provinces belong to the older map."""
    names: dict[str, Province] = {}
    for province in _provinces(new).values():
        for name in (province.name, *_aliases_of(province.name)):
            names[key(name)] = province
    for _, province, current_code in _historic():
        names[key(province.name)] = _provinces(True)[current_code] if new else province
    return names


@cache
def _bare_names(new: bool) -> dict[str, Province | None]:
    return _without_marks(_names(new).items())


def _without_marks(items: Iterable[tuple]) -> dict:
    """The same index by the letters alone; None where two entries fall together."""
    index: dict = {}
    for name, entry in items:
        letters = bare(name)
        index[letters] = entry if index.get(letters, entry) == entry else None
    return index


_PREFIX = regex.compile(r"^(?:t[ỉi]nh|th[àa]nh ph[ốo]|tp)\.?\s*(?=\S)")


def province(name: str, on: datetime.date | None = None) -> Province | None:
    """The province of that name on that day (None: before the reform); the unit word before the name may stand or not.

    A document of 2026 that says Hải Dương means a former province: the answer is None on the new map.
    """
    wanted = key(name)
    for form in (wanted, _PREFIX.sub("", wanted)):
        found = _names(is_new(on)).get(form) or _bare_names(is_new(on)).get(bare(form))
        if found is not None:
            return _as_of(found, on)
    return None


def _as_of(found: Province, on: datetime.date | None) -> Province:
    """Huế of the day: a province named Thừa Thiên Huế until the end of 2024."""
    if on is None or is_new(on):
        return found
    for until, former, _ in _historic():
        if former.code == found.code and on <= until:
            return former
    current = _provinces(False)
    if found.code not in current:  # gone by then: say who holds the territory
        code = next(c for _, p, c in _historic() if p == found)
        return current[code]
    return current[found.code]


def province_of_code(code: str, on: datetime.date | None = None) -> Province | None:
    """The province with that statistics code on that day."""
    return next((p for p in provinces(on) if p.code == code), None)


_PERSON = "hồ chí minh"
"""A city only with its unit word before it: the name stands in those of youth unions, academies and roads."""


@cache
def _pattern(new: bool) -> re.Pattern:
    names = sorted(_names(new), key=len, reverse=True)
    forms = "|".join(r"[\s\-]{1,4}".join(re.escape(word) for word in name.split()) for name in names)
    unit = r"(?P<unit>tỉnh|thành\s{1,3}phố|tp)(?:\.\s{0,3}|\s{1,3})"
    return re.compile(rf"(?<!\w)(?:{unit})?(?P<name>{forms})(?!\w)")  # a fifth of the time of `regex`


def find_provinces(text: str, on: datetime.date | None = None) -> list[Mention]:
    """Every province named in the text, in order. Names are matched as words, whatever their case."""
    found = []
    for match in _pattern(is_new(on)).finditer(fold(text)):
        if match["unit"] is None and key(match["name"]) == _PERSON:
            continue
        entry = _names(is_new(on))[key(match["name"])]
        unit = None if match["unit"] is None else ("tỉnh" if match["unit"] == "tỉnh" else "thành phố")
        found.append(Mention(match.start(), match.end(), _as_of(entry, on), unit))
    return found


@cache
def _successors() -> dict[str, str]:
    """New province code by old province code."""
    old = dict(_rows("SELECT DISTINCT provinceKey, provinceCode FROM admin_units_legacy"))
    new = dict(_rows("SELECT DISTINCT provinceKey, provinceCode FROM admin_units"))
    path = _data_folder() / "converter_2025.json"
    merged = json.loads(path.read_text("utf-8"))["DICT_PROVINCE"]
    codes = {old[part]: new[whole] for whole, parts in merged.items() for part in parts}
    return codes | {p.code: current for _, p, current in _historic() if p.code not in codes}


def current_province(code: str, on: datetime.date | None = None) -> Province | None:
    """Who holds since 1 July 2025 the territory of the province that had that code on that day.

    The same number may mean two things: 24 is Bắc Giang before the reform and Bắc Ninh after it.
    """
    if is_new(on):
        return _provinces(True).get(code)
    return _provinces(True).get(_successors().get(code, ""))


@cache
def _districts() -> dict[str, tuple[District, ...]]:
    columns = "districtCode, district, districtType, provinceCode"
    rows = _rows(f"SELECT DISTINCT {columns} FROM admin_units_legacy ORDER BY 1")
    return _by_name(
        (full, District(code, _plain(full, kind), kind.casefold(), province_code))
        for code, full, kind, province_code in rows
    )


@cache
def _bare_districts() -> dict[str, tuple[District, ...]]:
    return _merged_without_marks(_districts())


Unit = TypeVar("Unit", District, Commune)


def _by_name(entries: Iterable[tuple[str, Unit]]) -> dict[str, tuple[Unit, ...]]:
    """Units, each given with its name in full, by that name and by the one without the word for the unit."""
    index: dict[str, tuple[Unit, ...]] = {}
    for full, entry in entries:
        for form in {key(entry.name), key(full)}:
            index[form] = (*index.get(form, ()), entry)
    return index


def _merged_without_marks(index: dict[str, tuple]) -> dict[str, tuple]:
    merged: dict[str, tuple] = {}
    for name, entries in index.items():
        letters = bare(name)
        merged[letters] = merged.get(letters, ()) + tuple(e for e in entries if e not in merged.get(letters, ()))
    return merged


def _only(entries: Iterable, kind: str | None):
    """The one entry, preferring those of that kind: a district may have become a town since."""
    entries = list(entries)
    preferred = [e for e in entries if e.kind == kind] or entries
    return preferred[0] if len(preferred) == 1 else None


def districts(name: str, province_code: str | None = None) -> tuple[District, ...]:
    """All districts of that name (Châu Thành: ten of them), in one province or anywhere."""
    found = _districts().get(key(name)) or _bare_districts().get(bare_key(name), ())
    return tuple(d for d in found if province_code in (None, d.province_code))


def district(name: str, province_code: str | None = None, kind: str | None = None) -> District | None:
    """The district (huyện, quận, thị xã, thành phố thuộc tỉnh) of that name; None when there is none or several."""
    return _only(districts(name, province_code), kind)


@cache
def districts_of(province_code: str) -> tuple[District, ...]:
    """All districts of a province of the older map, by code."""
    found = {d for entries in _districts().values() for d in entries if d.province_code == province_code}
    return tuple(sorted(found, key=lambda district: district.code))


def district_of_code(code: str | None) -> District | None:
    """The district with that statistics code."""
    return next((d for entries in _districts().values() for d in entries if d.code == code), None)


@cache
def _communes(new: bool) -> dict[str, tuple[Commune, ...]]:
    if new:
        rows = _rows("SELECT wardCode, ward, wardType, provinceCode, NULL FROM admin_units ORDER BY 1")
    else:
        rows = _rows("SELECT wardCode, ward, wardType, provinceCode, districtCode FROM admin_units_legacy ORDER BY 1")
    return _by_name(
        (full, Commune(code, _plain(full, kind), kind.casefold(), province_code, district_code))
        for code, full, kind, province_code, district_code in rows
        if code is not None  # an island district has no communes
    )


@cache
def _bare_communes(new: bool) -> dict[str, tuple[Commune, ...]]:
    return _merged_without_marks(_communes(new))


def communes(
    name: str,
    province_code: str | None = None,
    district_code: str | None = None,
    on: datetime.date | None = None,
) -> tuple[Commune, ...]:
    """All communes of that name on that day, in a province, in a district or anywhere."""
    new = is_new(on)
    found = _communes(new).get(key(name)) or _bare_communes(new).get(bare_key(name), ())
    return tuple(
        c for c in found if province_code in (None, c.province_code) and district_code in (None, c.district_code)
    )


def commune(
    name: str,
    province_code: str | None = None,
    district_code: str | None = None,
    on: datetime.date | None = None,
    kind: str | None = None,
) -> Commune | None:
    """The commune (xã, phường, thị trấn, đặc khu) of that name; None when there is none or several."""
    return _only(communes(name, province_code, district_code, on), kind)


@cache
def _communes_by_province(new: bool) -> dict[str, tuple[Commune, ...]]:
    index: dict[str, list[Commune]] = {}
    for entry in sorted({c for entries in _communes(new).values() for c in entries}, key=lambda c: c.code):
        index.setdefault(entry.province_code, []).append(entry)
    return {code: tuple(entries) for code, entries in index.items()}


def communes_of(province_code: str, on: datetime.date | None = None) -> tuple[Commune, ...]:
    """All communes of a province on that day, by code."""
    return _communes_by_province(is_new(on)).get(province_code, ())
