"""The options that `kehoach run` takes and those that several commands share, each with its help."""

from __future__ import annotations

from typing import Annotated

import typer

from pipeline.limits import LIMITS

Plans = Annotated[
    str,
    typer.Argument(metavar="INPUT", help="Folder with the plans (s3://… too), or one file; hidden files are left out."),
]
Out = Annotated[str, typer.Option("--out", "-o", metavar="DIR", help="Folder for the tables, which may be s3://… too.")]
Jobs = Annotated[
    int | None,
    typer.Option(
        "--jobs", "-j", min=0, metavar="N", help="Worker processes; default one a core, 0 reads in this process."
    ),
]
Engine = Annotated[
    str, typer.Option(help="`ray` reads on the cluster at RAY_ADDRESS, else on one started here (extra `ray`).")
]
Timeout = Annotated[
    float | None,
    typer.Option(
        min=1,
        metavar="SECONDS",
        help=f"Give a file up when no page of it was done for so long; default {LIMITS.silent_seconds:.0f}.",
    ),
]
Memory = Annotated[
    int | None,
    typer.Option(min=64, metavar="MB", help=f"Memory that one file may take; default {LIMITS.memory_mib}."),
]
Force = Annotated[bool, typer.Option("--force", help="Read all files again, unchanged ones, too.")]
Replace = Annotated[
    bool, typer.Option("--replace", help="Let documents leave the tables that a part of their input does not hold.")
]
ByProvince = Annotated[
    bool, typer.Option("--by-province", help="Large tables in a folder a province; always so in an object store.")
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Only say what would be read, and why.")]
Tables = Annotated[str, typer.Option("--tables", metavar="DIR", help="Folder with the tables of a run (s3://… too).")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON for a script instead of text.")]
Provinces = Annotated[
    list[str] | None,
    typer.Option("--province", metavar="NAME", help="Only this province, by name or code; may be repeated."),
]
