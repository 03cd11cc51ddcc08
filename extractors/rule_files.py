"""Strict reading of the rule files in `extractors/rules/`.

Names, spellings and phrasings live in CSV and YAML so that an analyst can add one without Python. What such a file gets
wrong is told at once, with the file's name and the rule or line: an unknown or missing key, an empty cell, the same
rule twice, a pattern that does not compile.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import regex
import yaml

from schemas.filtered import Filtered, filtered

RULES_DIR = Path(__file__).parent / "rules"
Check = Callable[[Any], Any]


class RuleFileError(ValueError):
    """A rule file breaks its form; the message names the file, the rule or line, and what is wrong."""


class _StrictLoader(yaml.CSafeLoader if hasattr(yaml, "CSafeLoader") else yaml.SafeLoader):
    """YAML's safe loader, except that a key that stands twice is an error and not the later value."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict:
        seen = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if key in seen:
                raise yaml.constructor.ConstructorError(None, None, f"{key!r} stands twice", key_node.start_mark)
            seen.add(key)
        return super().construct_mapping(node, deep)


def load_csv(
    name: str,
    columns: tuple[str, ...],
    unique: tuple[str, ...] = (),
    optional: tuple[str, ...] = (),
    folder: Path = RULES_DIR,
) -> list[dict[str, str]]:
    """Rows of `<folder>/<name>`; `unique`: columns whose values together stand once; `optional`: may be empty.

    Raises RuleFileError, naming the file and the line.
    """
    reader = csv.DictReader(io.StringIO(_read(folder / name), newline=""))
    if tuple(reader.fieldnames or ()) != columns:
        raise RuleFileError(f"{name}: columns are {reader.fieldnames}, expected {list(columns)}")
    rows, seen = [], {}
    for row in reader:
        line = reader.line_num
        if None in row or None in row.values():
            raise RuleFileError(f"{name}, line {line}: {len(columns)} cells expected")
        empty = [c for c in columns if c not in optional and not row[c].strip()]
        if empty:
            raise RuleFileError(f"{name}, line {line}: {', '.join(empty)} is empty")
        key = tuple(row[c] for c in unique)
        if unique and key in seen:
            raise RuleFileError(f"{name}, line {line}: {' / '.join(key)!r} stands on line {seen[key]} already")
        seen[key] = line
        rows.append(row)
    return rows


def load_yaml_rules(
    name: str, required: Mapping[str, Check], optional: Mapping[str, Check] | None = None, folder: Path = RULES_DIR
) -> dict[str, dict[str, Any]]:
    """Rules by name, in file order, from a YAML mapping `rule name: {key: value}`.

    `required` and `optional` say which keys a rule has and by which function each value is checked and turned into
    what the code uses; such a function raises ValueError with what is wrong. A key left out is not in the result.
    """
    known = {**required, **(optional or {})}
    return {
        rule: _check_rule(f"{name}, rule {rule!r}", body, required, known)
        for rule, body in load_yaml(name, folder).items()
    }


def load_yaml(name: str, folder: Path = RULES_DIR) -> dict[str, Any]:
    """The YAML mapping in `<folder>/<name>`, whose keys are strings. Raises RuleFileError."""
    try:
        data = yaml.load(_read(folder / name), _StrictLoader)
    except yaml.YAMLError as error:
        raise RuleFileError(f"{name}: {error}") from error
    if not isinstance(data, dict) or not all(isinstance(key, str) for key in data):
        raise RuleFileError(f"{name}: a mapping from rule names to rules is expected")
    return data


def _check_rule(where: str, body: Any, required: Mapping[str, Check], known: Mapping[str, Check]) -> dict[str, Any]:
    if not isinstance(body, dict):
        raise RuleFileError(f"{where}: a mapping is expected, not {body!r}")
    if surplus := [key for key in body if key not in known]:
        raise RuleFileError(f"{where}: unknown key {surplus[0]!r}; known are {', '.join(known)}")
    if missing := [key for key in required if key not in body]:
        raise RuleFileError(f"{where}: key {missing[0]!r} is missing")
    checked = {}
    for key, value in body.items():
        try:
            checked[key] = known[key](value)
        except ValueError as error:
            raise RuleFileError(f"{where}, key {key!r}: {error}") from error
    return checked


def text(value: Any) -> str:
    """A string that is not empty. Raises ValueError."""
    if not isinstance(value, str) or not value.strip():
        hint = "; put single quotes around a text that holds ': '" if isinstance(value, dict) else ""
        raise ValueError(f"a text is expected, not {value!r}{hint}")
    return value


def texts(value: Any) -> tuple[str, ...]:
    """A list of different strings, at least one. Raises ValueError."""
    if not isinstance(value, list) or not value:
        raise ValueError(f"a list of texts is expected, not {value!r}")
    items = tuple(text(item) for item in value)
    if twice := next((item for i, item in enumerate(items) if item in items[:i]), None):
        raise ValueError(f"{twice!r} stands twice")
    return items


def one_of(*choices: str) -> Check:
    """A check: the value is one of `choices`; it raises ValueError."""

    def check(value: Any) -> str:
        if value not in choices:
            raise ValueError(f"{value!r} is none of {', '.join(choices)}")
        return value

    return check


_CHOICE = regex.compile(r"\[([^][()]*)\]|\(([^][()]*)\)")


def phrases(value: Any) -> tuple[str, ...]:
    """A list of phrases, spelled out: "[a|b]" may stand or not, "(a|b)" must; "[các] nguồn (vốn|lực)" is four."""
    return tuple(dict.fromkeys(spelling for phrase in texts(value) for spelling in _spell_out(phrase)))


def _spell_out(phrase: str) -> list[str]:
    choice = _CHOICE.search(phrase)
    if choice is None:
        if not phrase.strip() or any(c in phrase for c in "[]()"):
            raise ValueError(f"brackets do not match, or nothing is left, in {phrase!r}")
        return [" ".join(phrase.split())]
    options = [*choice[1].split("|"), ""] if choice[1] is not None else choice[2].split("|")
    return [s for option in options for s in _spell_out(phrase[: choice.start()] + option + phrase[choice.end() :])]


def flag(value: Any) -> bool:
    """True or false. Raises ValueError."""
    if not isinstance(value, bool):
        raise ValueError(f"true or false is expected, not {value!r}")
    return value


def pattern(value: Any) -> Filtered:
    """A pattern of the `regex` package, compiled; case does not count. Raises ValueError."""
    try:
        return filtered(text(value), regex.IGNORECASE | regex.VERSION1)
    except regex.error as error:
        raise ValueError(f"the pattern does not compile: {error}") from error


@cache
def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise RuleFileError(f"{path.name}: cannot be read: {error}") from error
