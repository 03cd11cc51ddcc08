"""Every message that the code tells is in its file, with the places that the code fills, and none is left over."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from schemas import messages, vocabulary
from schemas.messages import FILE, Message, message, places_in
from schemas.vocabulary import VocabularyError, load

ROOT = Path(__file__).resolve().parents[1]
FOLDERS = ("extractors", "pipeline")


def told() -> list[tuple[str, frozenset[str], str]]:
    """Every call of `message`: a code that it may have, what it fills, and where."""
    found = []
    for path, tree in trees(FOLDERS):
        for within in (n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef)):
            for call in (n for n in ast.walk(within) if isinstance(n, ast.Call) and is_message(n)):
                filled = frozenset(keyword.arg for keyword in call.keywords)
                found += [(code, filled, f"{path.name}:{call.lineno}") for code in codes_of(call.args[0], within)]
    return found


def trees(folders) -> Iterator[tuple[Path, ast.Module]]:
    """The modules below some folders."""
    for path in sorted(p for folder in folders for p in (ROOT / folder).rglob("*.py")):
        yield path, ast.parse(path.read_text(encoding="utf-8"))


def is_message(call: ast.Call) -> bool:
    """Whether a call is one of `message`."""
    return getattr(call.func, "id", "") == "message"


def codes_of(said: ast.expr, within: ast.FunctionDef) -> list[str]:
    """The codes that an argument may be: a word, one of two, or what a name of it is set to."""
    if isinstance(said, ast.Name):
        named = [
            n for n in ast.walk(within) if isinstance(n, ast.Assign) and getattr(n.targets[0], "id", "") == said.id
        ]
        return [code for assignment in named for code in codes_of(assignment.value, within)]
    if isinstance(said, ast.IfExp):
        return codes_of(said.body, within) + codes_of(said.orelse, within)
    return [said.value] if isinstance(said, ast.Constant) else []


def test_every_message_that_is_told_has_its_sentence_and_the_other_way_round():
    entries = load(FILE, Message)
    calls = told()
    assert {code for code, _, _ in calls} == set(entries)
    assert [where for code, filled, where in calls if places_in(entries[code]) != filled] == []


def test_no_message_stands_in_the_code():
    """What a note or a finding says comes from the file, not from a string beside it."""
    found = []
    for path, tree in trees(FOLDERS):
        for call in (n for n in ast.walk(tree) if isinstance(n, ast.Call)):
            name = getattr(call.func, "id", "")
            said = [k.value for k in call.keywords if k.arg == "message"] if name == "Finding" else []
            said += call.args[1:2] if name == "Note" else call.args[2:3] if name in ("finding", "arithmetic") else []
            if any(isinstance(value, ast.Constant | ast.JoinedStr) for value in said):
                found.append(f"{path.name}:{call.lineno}")
    assert found == []


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("a,Tổng {made", "expected '}'"),
        ("a,Tổng {}", "a name in braces"),
        ("a,Tổng {made:.2f}", "a name in braces"),
        ("a,Tổng {row.made}", "a name in braces"),
        ("a,Tổng {made!r}", "a name in braces"),
        ("a,", "an empty"),
        ("a,x\na,y", "stands twice"),
    ],
)
def test_a_broken_file_says_where(tmp_path, monkeypatch, line, fault):
    (tmp_path / f"{FILE}.csv").write_text(f"code,message_vi\n{line}\n", encoding="utf-8")
    monkeypatch.setattr(messages, "load", lambda name, entry: vocabulary.load(name, entry, tmp_path))
    with pytest.raises(VocabularyError, match=rf"{FILE}\.csv.*{fault}"):
        messages.messages.__wrapped__()


def test_a_message_that_is_missing_or_not_filled_is_told():
    with pytest.raises(VocabularyError, match="no_such"):
        message("no_such")
    with pytest.raises(VocabularyError, match="stated"):
        message("sum_of_parts", made="1")
