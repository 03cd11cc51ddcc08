"""A document's facts as bytes and back: what workers hand over and the store keeps.

Each table is one Arrow record batch without its schema (the declared one is known), all of them compressed together.
The same facts give the same bytes.
"""

from __future__ import annotations

import struct

import pyarrow as pa

from pipeline.contract import DOCUMENT_TABLES, schema_of

CODEC = pa.Codec("zstd", compression_level=1)
PACKED = ("documents", *DOCUMENT_TABLES)
"""The tables of one document, in the order in which they are packed."""
HEAD = struct.Struct(f"<Q{len(PACKED)}Q")
"""Length of everything unpacked, then of each table."""


def pack(tables: dict[str, pa.Table]) -> bytes:
    """One document's tables as bytes."""
    parts = [batch_of(tables[name]).serialize() for name in PACKED]
    body = b"".join(part.to_pybytes() for part in parts)
    return HEAD.pack(len(body), *(part.size for part in parts)) + CODEC.compress(body, asbytes=True)


def batch_of(table: pa.Table) -> pa.RecordBatch:
    """The table as one batch, also when it is empty."""
    batches = table.combine_chunks().to_batches()
    return batches[0] if batches else pa.RecordBatch.from_pylist([], schema=table.schema)


def unpack(packed: bytes) -> dict[str, pa.RecordBatch]:
    """One document's tables from their bytes."""
    size, *lengths = HEAD.unpack_from(packed)
    body = CODEC.decompress(memoryview(packed)[HEAD.size :], decompressed_size=size)
    batches, at = {}, 0
    for name, length in zip(PACKED, lengths, strict=True):
        batches[name] = pa.ipc.read_record_batch(body.slice(at, length), schema_of(name))
        at += length
    return batches
