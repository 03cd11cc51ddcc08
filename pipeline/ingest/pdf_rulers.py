"""The straight lines that a PDF page draws: rulers of its tables, as they stand when the page is shown upright."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from pipeline.ingest.pdf_objects import objects
from pipeline.ingest.ruled_grid import Ruler

THIN = 3.0
"""Points up to which a drawn shape is a line, not an area."""
MIN_LENGTH = 4.0
MAX_SEGMENTS = 30_000
"""A page with more pieces of lines than this is a drawing, and its tables are left alone."""
MAX_DEPTH = 3
IDENTITY = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)

Matrix = tuple[float, float, float, float, float, float]
Point = tuple[float, float]


@dataclass(slots=True)
class Rulers:
    """Lines across the page and down it. Places are points from the left and from the top."""

    across: list[Ruler] = field(default_factory=list)
    down: list[Ruler] = field(default_factory=list)


def upright(point: Point, quarter_turns: int) -> Point:
    """Where a point of the page stands, from the left and from the top, when the page is turned clockwise so often."""
    x, y = point
    turns = quarter_turns % 4
    if turns == 0:  # nearly always
        return x, -y
    return ((y, x), (-x, y), (-y, -x))[turns - 1]


def read_rulers(page: pdfium.PdfPage, quarter_turns: int) -> Rulers:
    """The lines that a page draws, for a page that is shown turned clockwise so many times; none where it draws too
    much."""
    rulers, segments = Rulers(), 0
    for path in paths(page.raw):
        segments += sum(map(len, path.points))
        if segments > MAX_SEGMENTS:
            return Rulers()
        for a, b in path.lines():
            add_line(rulers, upright(a, quarter_turns), upright(b, quarter_turns))
    return rulers


def add_line(rulers: Rulers, a: Point, b: Point) -> None:
    """Put a line where it belongs, if it runs straight across or down."""
    (left, right), (top, bottom) = sorted((a[0], b[0])), sorted((a[1], b[1]))
    if bottom - top <= THIN and right - left >= MIN_LENGTH:
        rulers.across.append(Ruler((top + bottom) / 2, left, right))
    elif right - left <= THIN and bottom - top >= MIN_LENGTH:
        rulers.down.append(Ruler((left + right) / 2, top, bottom))


@dataclass(frozen=True, slots=True)
class Path:
    """A shape that is drawn: its corners by piece, in places of the page, and whether its outline is drawn."""

    points: tuple[tuple[Point, ...], ...]
    outlined: bool

    def lines(self) -> Iterator[tuple[Point, Point]]:
        """The lines it shows: thin pieces by their length, outlines side by side."""
        for piece in self.points:
            xs, ys = [x for x, _ in piece], [y for _, y in piece]
            width, height = max(xs) - min(xs), max(ys) - min(ys)
            if width <= THIN or height <= THIN:
                x, y = (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2
                yield ((x, min(ys)), (x, max(ys))) if height > width else ((min(xs), y), (max(xs), y))
            elif self.outlined:
                yield from pairwise(piece)


def paths(raw: pdfium_c.FPDF_PAGE) -> Iterator[Path]:
    """Visible shapes of the page, also those inside forms."""
    waiting = [(found, IDENTITY, 0) for found in objects(raw)]
    waiting.reverse()
    while waiting:
        found, matrix, depth = waiting.pop()
        kind = pdfium_c.FPDFPageObj_GetType(found)
        if kind == pdfium_c.FPDF_PAGEOBJ_PATH:
            if (path := path_of(found, matrix)) is not None:
                yield path
        elif kind == pdfium_c.FPDF_PAGEOBJ_FORM and depth < MAX_DEPTH:
            inner = times(matrix_of(found), matrix)
            count = pdfium_c.FPDFFormObj_CountObjects(found)
            waiting += [(pdfium_c.FPDFFormObj_GetObject(found, i), inner, depth + 1) for i in range(count)]


def path_of(found: pdfium_c.FPDF_PAGEOBJECT, outer: Matrix) -> Path | None:
    """One shape; None where it is not to be seen, is bent, or has more corners than a page of tables."""
    filled, outlined = ctypes.c_int(), ctypes.c_int()
    pdfium_c.FPDFPath_GetDrawMode(found, ctypes.byref(filled), ctypes.byref(outlined))
    count = pdfium_c.FPDFPath_CountSegments(found)
    if not (filled.value or outlined.value) or count > MAX_SEGMENTS:
        return None
    matrix = times(matrix_of(found), outer)
    pieces: list[list[Point]] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    for i in range(count):
        segment = pdfium_c.FPDFPath_GetPathSegment(found, i)
        kind = pdfium_c.FPDFPathSegment_GetType(segment)
        if kind == pdfium_c.FPDF_SEGMENT_BEZIERTO:
            return None
        pdfium_c.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        if kind == pdfium_c.FPDF_SEGMENT_MOVETO or not pieces:
            pieces.append([])
        pieces[-1].append(moved((x.value, y.value), matrix))
        if pdfium_c.FPDFPathSegment_GetClose(segment):
            pieces[-1].append(pieces[-1][0])
    return Path(tuple(tuple(piece) for piece in pieces if len(piece) > 1), bool(outlined.value))


def matrix_of(found: pdfium_c.FPDF_PAGEOBJECT) -> Matrix:
    """How an object's own places are to be moved."""
    matrix = pdfium_c.FS_MATRIX()
    if not pdfium_c.FPDFPageObj_GetMatrix(found, ctypes.byref(matrix)):
        return IDENTITY
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f


def times(inner: Matrix, outer: Matrix) -> Matrix:
    """Both moves, the inner one first."""
    a, b, c, d, e, f = inner
    g, h, i, j, k, m = outer
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def moved(point: Point, matrix: Matrix) -> Point:
    """A point moved by a matrix; far off the page where the file gives no number."""
    (x, y), (a, b, c, d, e, f) = point, matrix
    out = a * x + c * y + e, b * x + d * y + f
    return out if all(map(math.isfinite, out)) else (0.0, 0.0)
