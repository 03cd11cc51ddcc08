"""Old and open office formats through programs on this machine: LibreOffice, or antiword and catdoc for `.doc`.

LibreOffice turns `.doc`, `.rtf` and `.odt` into `.docx`, so that numbers, tables and changes are read by one reader.
Each call has a profile of its own: two calls on one profile silently lose a file.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from pipeline.ingest.errors import ConversionFailed, MissingTool, TimedOut
from pipeline.limits import alive

SECONDS = 90
SMALL_PROGRAM_SECONDS = 20
OFFICE_NAMES = ("soffice", "libreoffice")
OFFICE_PLACES = (
    "/usr/lib/libreoffice/program/soffice",
    "/opt/libreoffice/program/soffice",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.com",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.com",
)
"""Where LibreOffice is when it is not on the path."""
INSTALL = {
    "linux": "apt-get install libreoffice-writer",
    "darwin": "brew install --cask libreoffice",
    "win32": "winget install TheDocumentFoundation.LibreOffice",
}
INSTALL_DOC = {"linux": " (or, for .doc alone, apt-get install antiword catdoc)"}
MAX_MEMORY_BYTES = 4 * 2**30
MAX_FILE_BYTES = 512 * 2**20
MAX_TEXT_BYTES = 64 * 2**20
NAMES = {
    "doc": "an old Word document (.doc)",
    "odt": "an OpenDocument text (.odt)",
    "rtf": "a rich text document (.rtf)",
    "docx": "a Word document (.docx)",
}

PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel"><value>3</value>
</prop><prop oor:name="DisableMacrosExecution"><value>true</value></prop>
<prop oor:name="BlockUntrustedRefererLinks"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link"><value>2</value></prop></item>
</oor:items>
"""
"""No macros, nothing fetched from the network, no links updated, whatever the document asks for."""


def find_office() -> str | None:
    """The LibreOffice program, None where it is not installed."""
    on_path = next((found for name in OFFICE_NAMES if (found := shutil.which(name))), None)
    return on_path or next((place for place in OFFICE_PLACES if Path(place).is_file()), None)


def install_command(kind: str = "") -> str:
    """What to type to get the program that is missing."""
    platform = sys.platform if sys.platform in INSTALL else "linux"
    return INSTALL[platform] + (INSTALL_DOC.get(platform, "") if kind == "doc" else "")


def to_docx(data: bytes, kind: str, seconds: float = SECONDS) -> bytes:
    """The document as .docx. Raises MissingTool, ConversionFailed or TimedOut."""
    office = find_office()
    if office is None:
        raise MissingTool(
            f"the file is {NAMES[kind]}, which is read through LibreOffice, and that is not here:"
            f" {install_command(kind)}; or save it as .docx"
        )
    with tempfile.TemporaryDirectory(prefix="kehoach-office-", ignore_cleanup_errors=True) as folder:
        source, out, profile = Path(folder, f"in.{kind}"), Path(folder, "out"), Path(folder, "profile")
        source.write_bytes(data)
        Path(profile, "user").mkdir(parents=True)
        Path(profile, "user", "registrymodifications.xcu").write_text(PROFILE, encoding="utf-8")
        command = [office, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--nolockcheck"]
        command += ["--nologo", "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(out), str(source)]
        said = run(command, folder, seconds, f"LibreOffice did not convert {NAMES[kind]}")
        made = out / "in.docx"
        if not made.is_file() or made.stat().st_size == 0:
            reason = said.decode("utf-8", "replace").strip().split("\n")[-1][:200]
            raise ConversionFailed(
                f"LibreOffice cannot open the file, {NAMES[kind]}"
                f"{f' ({reason})' if reason else ''}: it is broken or locked; open it in Word and save it as .docx"
            )
        return made.read_bytes()


def doc_text(data: bytes) -> str | None:
    """The text of a `.doc` through antiword or catdoc; None where neither is here or can read it."""
    with tempfile.TemporaryDirectory(prefix="kehoach-doc-", ignore_cleanup_errors=True) as folder:
        source = Path(folder, "in.doc")
        source.write_bytes(data)
        for name, options in (("antiword", ["-m", "UTF-8.txt", "-w", "0"]), ("catdoc", ["-w", "-d", "utf-8"])):
            program = shutil.which(name)
            if program is None:
                continue
            try:
                output = run([program, *options, str(source)], folder, SMALL_PROGRAM_SECONDS, f"{name} did not end")
            except (TimedOut, ConversionFailed):
                continue
            text = output[:MAX_TEXT_BYTES].decode("utf-8", "replace")
            if sum(map(str.isalpha, text[:5000])) > 40 and "is not a Word Document" not in text[:300]:
                return text
    return None


def run(command: list[str], folder: str, seconds: float, what: str) -> bytes:
    """Run a program; its output. It and all that it starts are ended when time is up or the caller is interrupted.

    Raises ConversionFailed or TimedOut.
    """
    alive()
    environment = {**os.environ, "HOME": folder, "SAL_USE_VCLPLUGIN": "svp"}
    with tempfile.TemporaryFile(dir=folder) as output:
        try:
            process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                cwd=folder,
                env=environment,
                start_new_session=True,
            )
        except OSError as error:
            raise ConversionFailed(f"{what}: the program cannot be started ({error.strerror})") from error
        bound(process.pid, seconds)
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            raise TimedOut(f"{what} within {seconds:g} seconds; open it in Word and save it as .docx") from None
        finally:
            end(process)
        output.seek(0)
        return output.read(MAX_TEXT_BYTES)


def bound(pid: int, seconds: float) -> None:
    """Bounds on what a program and all that it starts may take, where the system has them (Linux). They hold also when
    this process is killed and can end nothing any more."""
    try:
        import resource

        limits = ((resource.RLIMIT_CPU, int(seconds) + 1), (resource.RLIMIT_AS, MAX_MEMORY_BYTES))
        for limit, value in (*limits, (resource.RLIMIT_FSIZE, MAX_FILE_BYTES)):
            resource.prlimit(pid, limit, (value, value))
    except (ImportError, AttributeError, OSError, ValueError):
        return


def end(process: subprocess.Popen) -> None:
    """End a process with its children, if it still runs."""
    if process.poll() is not None:
        return
    if hasattr(os, "killpg"):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.wait()
