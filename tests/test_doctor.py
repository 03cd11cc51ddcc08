"""`kehoach doctor`: it names what is here and what follows, with a command for each system."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from pipeline import doctor
from pipeline.cli import app
from pipeline.report import PlainConsole

ALL = ("tesseract", "tesseract vie", "trueocr", "libreoffice", "antiword", "catdoc")


def states(*here):
    return {f.kinds: f.state for f in doctor.formats({name: name in here for name in ALL})}


@pytest.mark.parametrize(
    ("here", "kinds", "state"),
    [
        (ALL, ".doc", doctor.GOOD),
        ((), ".txt .md .html", doctor.GOOD),
        ((), ".docx", doctor.GOOD),
        ((), ".doc", doctor.MISSING),
        (("antiword",), ".doc", doctor.DEGRADED),
        (("catdoc",), ".doc", doctor.DEGRADED),
        (("antiword",), ".rtf .odt", doctor.MISSING),
        (("libreoffice",), ".rtf .odt", doctor.GOOD),
        (("tesseract", "tesseract vie"), ".pdf (scans) .png .jpg .tif", doctor.GOOD),
        (("tesseract",), ".pdf (scans) .png .jpg .tif", doctor.MISSING),
        (("tesseract", "trueocr"), ".pdf (scans) .png .jpg .tif", doctor.DEGRADED),
        ((), ".pdf (scans) .png .jpg .tif", doctor.MISSING),
    ],
)
def test_what_follows_from_the_tools(here, kinds, state):
    assert states(*here)[kinds] == state


def bare_machine(monkeypatch):
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(doctor, "find_office", lambda: None)
    monkeypatch.setattr(doctor.importlib.util, "find_spec", lambda name: None)
    return doctor.examine()


@pytest.mark.parametrize("platform", ["linux", "win32", "darwin"])
def test_a_machine_with_nothing_is_told_what_to_install(monkeypatch, platform):
    found = bare_machine(monkeypatch)
    console = PlainConsole(width=100)
    with console.capture() as capture:
        doctor.print_findings(found, console, platform)
    said = capture.get()
    for command in ("apt-get install tesseract-ocr-vie", "winget install", "brew install tesseract-lang"):
        assert command in said
    own = doctor.SYSTEMS[doctor.this_system(platform)]
    assert said.index(f"  {own}") == min(said.index(f"  {name}") for name in doctor.SYSTEMS)
    assert {tool.name for tool in found.missing} == {"tesseract", "tesseract vie", "trueocr", "libreoffice", "antiword"}


def test_nothing_missing_nothing_to_install():
    tools = [doctor.Tool(name, "x", "/somewhere", "", ("a", "b", "c")) for name in ALL]
    found = doctor.Findings(tools, doctor.formats(dict.fromkeys(ALL, True)))
    assert found.missing == []
    assert {f.state for f in found.formats} == {doctor.GOOD}


def test_a_program_that_does_not_answer_is_no_error():
    assert doctor.output(["/nowhere/at/all"]) == ""


def test_the_command_prints_and_speaks_json():
    shown = CliRunner().invoke(app, ["doctor"])
    assert shown.exit_code == 0 and ".docx" in shown.stdout
    told = json.loads(CliRunner().invoke(app, ["doctor", "--json"]).stdout)
    assert {tool["name"] for tool in told["tools"]} == set(ALL)
    assert all(set(tool["install"]) == set(doctor.SYSTEMS) for tool in told["tools"])
