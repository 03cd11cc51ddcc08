"""Rule files are read strictly: what is wrong in one is told with the file's name and the rule or line."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

import pipeline
from extractors.assignments.circles import circles, known_codes
from extractors.cues import SHARED_PARTS, Shapes, cues, shared_shapes
from extractors.metadata.rules import unit_levels
from extractors.rule_files import (
    RULES_DIR,
    RuleFileError,
    flag,
    load_csv,
    load_yaml,
    load_yaml_rules,
    one_of,
    pattern,
    phrases,
    text,
    texts,
)
from extractors.targets.figures import load_multiples
from extractors.values.rules import cell_forms, money_scales, period_codes, words_near

CSV_COLUMNS = ("code", "form", "kind")
YAML_KEYS = {"note": text, "phrases": texts}


def csv_file(folder: Path, body: str) -> Path:
    (folder / "names.csv").write_text("code,form,kind\n" + body, encoding="utf-8")
    return folder


def yaml_file(folder: Path, body: str) -> Path:
    (folder / "rules.yaml").write_text(body, encoding="utf-8")
    return folder


def test_csv_rows(tmp_path: Path) -> None:
    rows = load_csv("names.csv", CSV_COLUMNS, folder=csv_file(tmp_path, 'a,"Sở A, B",x\n'))
    assert rows == [{"code": "a", "form": "Sở A, B", "kind": "x"}]


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("a,Sở A,x\nb,,y\n", "names.csv, line 3: form is empty"),
        ("a,Sở A,x\na,Sở A,y\n", "names.csv, line 3: 'a / Sở A' stands on line 2 already"),
        ("a,Sở A\n", "names.csv, line 2: 3 cells expected"),
        ("a,Sở A,x,y\n", "names.csv, line 2: 3 cells expected"),
    ],
)
def test_csv_errors(tmp_path: Path, body: str, message: str) -> None:
    with pytest.raises(RuleFileError) as error:
        load_csv("names.csv", CSV_COLUMNS, unique=("code", "form"), folder=csv_file(tmp_path, body))
    assert message in str(error.value)


def test_csv_unknown_column(tmp_path: Path) -> None:
    with pytest.raises(RuleFileError, match=r"names\.csv: columns are"):
        load_csv("names.csv", ("code", "name"), folder=csv_file(tmp_path, ""))


def test_csv_optional_cell(tmp_path: Path) -> None:
    assert load_csv("names.csv", CSV_COLUMNS, optional=("kind",), folder=csv_file(tmp_path, "a,Sở A,\n"))


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("lead: {note: n, phrases: [a], more: 1}", "rules.yaml, rule 'lead': unknown key 'more'"),
        ("lead: {note: n}", "rules.yaml, rule 'lead': key 'phrases' is missing"),
        ("lead: {note: n, phrases: [a, a]}", "rules.yaml, rule 'lead', key 'phrases': 'a' stands twice"),
        ("lead: {note: n, phrases: []}", "rule 'lead', key 'phrases': a list of texts is expected"),
        ("lead: {note: '', phrases: [a]}", "rule 'lead', key 'note': a text is expected"),
        ("lead: [a]", "rules.yaml, rule 'lead': a mapping is expected"),
        ("lead: {note: n, phrases: [a]}\nlead: {note: n, phrases: [b]}", "'lead' stands twice"),
        ("lead: {note: n", "rules.yaml"),
        ("- a", "rules.yaml: a mapping from rule names"),
    ],
)
def test_yaml_errors(tmp_path: Path, body: str, message: str) -> None:
    with pytest.raises(RuleFileError) as error:
        load_yaml_rules("rules.yaml", YAML_KEYS, folder=yaml_file(tmp_path, body))
    assert message in str(error.value)


def test_missing_file(tmp_path: Path) -> None:
    with pytest.raises(RuleFileError, match=r"none\.yaml: cannot be read"):
        load_yaml("none.yaml", folder=tmp_path)


def test_pattern_that_does_not_compile() -> None:
    with pytest.raises(ValueError, match="does not compile"):
        pattern("(a")
    assert pattern("chủ trì").search("CHỦ TRÌ")


def test_checks() -> None:
    assert one_of("a", "b")("a") == "a"
    with pytest.raises(ValueError, match="none of a, b"):
        one_of("a", "b")("c")
    with pytest.raises(ValueError, match="true or false"):
        flag("yes")


def test_phrases_are_spelled_out() -> None:
    assert phrases(["[các] nguồn (vốn|lực)"]) == ("các nguồn vốn", "các nguồn lực", "nguồn vốn", "nguồn lực")
    with pytest.raises(ValueError, match="brackets"):
        phrases(["nguồn (vốn"])


LANGUAGE_FILES = [
    "agency_bodies",
    "agency_families",
    "agency_groups",
    "agency_words",
    "agency_circles",
    "role_phrases",
    "funding_source_phrases",
    "place_units",
    "indicator_rules",
]


@pytest.mark.parametrize("name", LANGUAGE_FILES)
def test_rule_file_is_a_mapping(name: str) -> None:
    assert load_yaml(f"{name}.yaml")


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("total: {note: n, patterns: ['(tổng']}", "rules.yaml, rule 'total': '(tổng' does not compile"),
        ("total: {note: n, patterns: [a, a]}", "rules.yaml, rule 'total', key 'patterns': 'a' stands twice"),
        ("total: {note: n, patterns: [a], also: b}", "rules.yaml, rule 'total': unknown key 'also'"),
        ("total: {note: n, patterns: [a]}\ntotal: {note: n, patterns: [b]}", "'total' stands twice"),
        ("total: {note: n}", "rules.yaml, rule 'total': either 'patterns'"),
        ("total: {note: n, patterns: [a], part: b}", "rules.yaml, rule 'total': either 'patterns'"),
        ("year: {note: n, part: năm, case: true}", "rules.yaml, rule 'year': either 'patterns'"),
        ("due: {note: n, patterns: ['{yaer} 2025']}", "rules.yaml, rule 'due': {yaer} is no part known above"),
        ("due: {note: n, patterns: ['{y}']}\ny: {note: n, part: năm}", "rule 'due': {y} is no part known above"),
        ("year: {note: n, part: năm}", "rules.yaml, rule 'year': no pattern below names this part"),
    ],
)
def test_cue_errors(tmp_path: Path, body: str, message: str) -> None:
    with pytest.raises(RuleFileError) as error:
        cues("rules.yaml", yaml_file(tmp_path, body))
    assert message in str(error.value)


def test_a_cue_that_is_asked_for_and_missing_is_an_error_of_the_file(tmp_path: Path) -> None:
    with pytest.raises(RuleFileError, match=r"rules\.yaml: rule 'whole' is missing"):
        cues("rules.yaml", yaml_file(tmp_path, "total: {note: n, patterns: [a]}"))["whole"]


def test_a_cue_whose_parts_are_read_names_them_in_each_pattern(tmp_path: Path) -> None:
    loaded = cues("rules.yaml", yaml_file(tmp_path, "due: {note: n, patterns: ['năm (?P<year>20..)', 'quý']}"))
    assert loaded["due"].search("năm 2025")["year"] == "2025"
    with pytest.raises(RuleFileError, match=r"rules\.yaml, rule 'due': 'quý' names no part \(\?P<year>"):
        loaded.naming("due", "year")


def test_a_cue_takes_parts_from_its_file_and_from_the_grammar(tmp_path: Path) -> None:
    body = "every: {note: n, part: (?:mỗi|hằng)}\ndue: {note: n, patterns: ['{every}_năm{END}', '\\p{N}{2}']}"
    shapes = Shapes((("END", "(?!học)"),), (("_", " "),))
    due = cues("rules.yaml", yaml_file(tmp_path, body), shapes)["due"]
    assert [bool(due.search(text)) for text in ("Hằng năm", "mỗi nămhọc", "25")] == [True, False, True]


def test_a_cue_takes_parts_that_several_files_share(tmp_path: Path) -> None:
    yearly = cues("rules.yaml", yaml_file(tmp_path, "yearly: {note: n, patterns: ['{EACH_YEAR} mở']}"))["yearly"]
    assert [bool(yearly.search(text)) for text in ("Hằng năm mở 02 lớp", "Năm 2025 mở 02 lớp")] == [True, False]


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("EACH: {note: n, part: (mỗi}", "rule 'EACH': '(mỗi' does not compile"),
        ("EACH: {note: n, part: '{EVERY} năm'}", "rule 'EACH': {EVERY} is no part known above"),
        ("EACH: {note: n, patterns: [mỗi]}", "rule 'EACH': unknown key 'patterns'"),
    ],
)
def test_shared_part_errors(tmp_path: Path, body: str, message: str) -> None:
    (tmp_path / SHARED_PARTS).write_text(body, encoding="utf-8")
    with pytest.raises(RuleFileError, match=rf"{SHARED_PARTS}.*{re.escape(message)}"):
        shared_shapes(tmp_path)


def test_every_shared_part_is_named_by_two_files() -> None:
    written = [(RULES_DIR / name).read_text(encoding="utf-8") for name in (*CUE_FILES, "table_columns.yaml")]
    for part in load_yaml(SHARED_PARTS):
        assert sum(f"{{{part}}}" in body for body in written) >= 2, part


def test_case_and_lines_count_where_the_rule_says_so(tmp_path: Path) -> None:
    body = "any: {note: n, patterns: [^Số]}\nheld: {note: n, case: true, lines: true, patterns: [^Số]}"
    loaded = cues("rules.yaml", yaml_file(tmp_path, body))
    found = [[bool(loaded[rule].search(text)) for text in ("Số", "số", "về\nSố")] for rule in ("any", "held")]
    assert found == [[True, True, False], [True, False, True]]


CUE_FILES = sorted(path.name for path in RULES_DIR.glob("*_cues.yaml"))


@pytest.mark.parametrize("name", CUE_FILES)
def test_every_cue_is_asked(name: str) -> None:
    """A rule that no code asks for would be edited in vain."""
    packages = (RULES_DIR.parent, Path(pipeline.__file__).parent)
    readers = [path.read_text(encoding="utf-8") for package in packages for path in package.rglob("*.py")]
    asked = {
        word for source in readers if "cues" in source.lower() for word in re.findall(r"""["'](\w+)["']""", source)
    }
    assert {rule for rule, body in load_yaml(name).items() if "patterns" in body} <= asked


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("đôi,hai\n", "target_multiples.csv, word 'đôi': 'hai' is no number"),
        ("đôi,2\nđôi,3\n", "target_multiples.csv, line 3: 'đôi' stands on line 2 already"),
        ("đôi,\n", "target_multiples.csv, line 2: times is empty"),
    ],
)
def test_multiple_errors(tmp_path: Path, body: str, message: str) -> None:
    (tmp_path / "target_multiples.csv").write_text("word,times\n" + body, encoding="utf-8")
    with pytest.raises(RuleFileError) as error:
        load_multiples(tmp_path)
    assert message in str(error.value)


@pytest.mark.parametrize(
    ("name", "body", "load", "message"),
    [
        ("money_scales.csv", "form,value\ntỷ,1e9\n", money_scales, "money_scales.csv, form 'tỷ': '1e9' is no number"),
        ("period_words.csv", "word,period,letter\nnăm,year,N\n", period_codes, "word 'năm': letter is none of Y, Q"),
        ("metadata_units.csv", "unit,level,short\nxã,village,\n", unit_levels, "unit 'xã': level is none of commune"),
        ("table_units.csv", "code,forms\nhour,giờ | giờ\n", cell_forms, "table_units.csv, line 2: form 'giờ' is empty"),
        ("table_units.csv", "code,forms\nperson,người\n", cell_forms, "table_units.csv, line 2: form 'người' is"),
        ("time_words.yaml", "routine: {words: [mỗi]}\n", partial(words_near, "routines"), "the rules are routine"),
    ],
)
def test_word_list_errors(tmp_path: Path, name: str, body: str, load: Callable[[Path], object], message: str) -> None:
    (tmp_path / name).write_text(body, encoding="utf-8")
    with pytest.raises(RuleFileError) as error:
        load(folder=tmp_path)
    assert message in str(error.value)


@pytest.mark.parametrize(
    ("value", "message"),
    [(["ubnd_xa", "ubnd_x"], "'ubnd_x' is no code"), (["ubnd_xa", "ubnd_xa"], "stands twice"), ([], "list of texts")],
)
def test_circles_hold_known_codes(value: list[str], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        known_codes(value)


def test_all_circles_are_there() -> None:
    assert all(circles()[name] for name in ("groups", "of_several", "places", "beneficiaries", "of_the_committee"))
