"""From stored facts to tables: documents in the order of their paths, streamed, never all at once in memory.

Up to `ONE_FILE` documents each table is one file. Beyond, it is a folder of part files: the list of documents is cut
where a hash of the name says so, and a part whose documents did not change since the last generation is taken over
as it is. So ten new files among many cost the parts that hold them. Asked for, the parts lie in a folder a province,
`province_code=30`, as engines that read many files know it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import groupby
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline import generations
from pipeline.contract import schema_of, to_arrow
from pipeline.packing import PACKED, unpack
from pipeline.store import Store, as_json
from pipeline.writers import sync_file
from schemas.records import TABLES, Finding

ONE_FILE = 2_000
PART = 256
"""Documents of a part on average, where there are several."""
NO_PROVINCE = "__HIVE_DEFAULT_PARTITION__"
"""The name that readers of such folders know for "none"."""
ROW_GROUP_DOCUMENTS = 256
"""Documents whose rows are in memory at once; their rows are a row group of each table."""


@dataclass(frozen=True, slots=True)
class Member:
    """A document on its way into the tables. `digest`: of its packed facts; `finding`: what the others tell of it."""

    name: str
    doc_id: str
    digest: str
    duplicate_of: str | None = None
    finding: Finding | None = None
    province: str | None = None
    """Code, for tables that are laid out by province."""

    def sign(self) -> bytes:
        """All that decides the document's rows."""
        finding = () if self.finding is None else (as_json(asdict(self.finding)),)
        return "\0".join((self.name, self.doc_id, self.digest, self.duplicate_of or "", *finding)).encode()


def compact(
    store: Store, members: Sequence[Member], folder: Path, before: Path | None, by_province: bool = False
) -> dict[str, int]:
    """Write the tables of documents into `folder`, taking from `before` what did not change; rows per table."""
    parts = list(cut(members) if not by_province else cut_by_province(members))
    old = old_parts(before)
    rows = dict.fromkeys(PACKED, 0)
    for number, part in enumerate(parts):
        sign = sign_of(part)
        below = f"part-{number:06d}-{sign}.parquet" if len(parts) > 1 else ""
        if by_province and below:
            below = f"province_code={part[0].province or NO_PROVINCE}/{below}"
        paths = {name: folder / f"{name}.parquet" / below for name in PACKED}
        for path in paths.values():
            path.parent.mkdir(parents=True, exist_ok=True)
        if sign in old:
            for name in PACKED:
                generations.linked_or_copied(old[sign][name], paths[name])
                rows[name] += pq.read_metadata(paths[name]).num_rows
        else:
            for name, count in write_part(store, part, paths).items():
                rows[name] += count
    return rows


def cut(members: Sequence[Member], one_file: int | None = None) -> Iterator[Sequence[Member]]:
    """The parts of a corpus: decided by names alone, so that a new document changes one part."""
    if len(members) <= (ONE_FILE if one_file is None else one_file):
        yield members
        return
    begin = 0
    for at, member in enumerate(members):
        if at > begin and int.from_bytes(hashlib.sha256(member.name.encode()).digest()[:4]) % PART == 0:
            yield members[begin:at]
            begin = at
    yield members[begin:]


def cut_by_province(members: Sequence[Member]) -> Iterator[Sequence[Member]]:
    """The same with the documents of each province together, so that who wants one province reads its parts alone."""
    if len(members) <= ONE_FILE:
        yield members
        return
    ordered = sorted(members, key=lambda member: member.province or "")
    for _, those in groupby(ordered, key=lambda member: member.province):
        yield from cut(list(those), 0)


def sign_of(part: Sequence[Member]) -> str:
    """What tells one part's rows from another's."""
    digest = hashlib.sha256()
    for member in part:
        digest.update(member.sign() + b"\n")
    return digest.hexdigest()[:20]


def old_parts(before: Path | None) -> dict[str, dict[str, Path]]:
    """The part files of a generation: for each part's sign its file in every table."""
    found: dict[str, dict[str, Path]] = {}
    for name in PACKED:
        home = before / f"{name}.parquet" if before else None
        for path in home.rglob("part-*.parquet") if home and home.is_dir() else ():
            found.setdefault(path.stem.rsplit("-", 1)[1], {})[name] = path
    return {sign: paths for sign, paths in found.items() if len(paths) == len(PACKED)}


def write_part(store: Store, part: Sequence[Member], paths: dict[str, Path]) -> dict[str, int]:
    """Write one part's file of each table; rows per table."""
    rows = dict.fromkeys(PACKED, 0)
    writers = {n: pq.ParquetWriter(paths[n], schema_of(n), compression="zstd", store_schema=True) for n in PACKED}
    try:
        for at in range(0, len(part), ROW_GROUP_DOCUMENTS):
            for name, table in tables_of(store, part[at : at + ROW_GROUP_DOCUMENTS]).items():
                if table.num_rows:
                    writers[name].write_table(table, row_group_size=max(1, table.num_rows))
                    rows[name] += table.num_rows
    finally:
        for writer in writers.values():
            writer.close()
    for path in paths.values():
        sync_file(path)
    return rows


def tables_of(store: Store, members: Sequence[Member]) -> dict[str, pa.Table]:
    """The rows of some documents, table by table."""
    batches: dict[str, list[pa.RecordBatch]] = {name: [] for name in PACKED}
    for member in members:
        for name, batch in unpack(store.packed(member.doc_id)).items():
            batches[name].append(placed(batch, member) if name == "documents" else batch)
        if member.finding is not None:
            finding = to_arrow(TABLES["findings"], [member.finding])
            batches["findings"].extend(finding.to_batches())
    return {name: pa.Table.from_batches(found, schema_of(name)).combine_chunks() for name, found in batches.items()}


def placed(batch: pa.RecordBatch, member: Member) -> pa.RecordBatch:
    """The row of `documents` as it stands in this run: where the file lies now, and what it repeats."""
    for column, value in (("source_path", member.name), ("duplicate_of", member.duplicate_of)):
        at = batch.schema.get_field_index(column)
        batch = batch.set_column(at, batch.schema.field(at), pa.array([value], batch.schema.field(at).type))
    return batch
