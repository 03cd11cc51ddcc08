"""Making pictures of pages easier to read: stamps in colour out, background even, lines level."""

from __future__ import annotations

import cv2
import numpy as np

STAMP_INCHES = 0.6
"""Coloured marks at least this wide and high are stamps and signatures; smaller ones may be stamped numbers."""
MIN_CHROMA, EDGE_CHROMA = 50, 20
"""How far apart red, green and blue are in coloured ink, and at its edges."""
DARK = 110
"""Where no channel is brighter, black ink stands under the stamp."""
INK = 160
BLANK_SHARE = 0.0004
SKEW_SIDE = 1000
MAX_SKEW = 8.0
MIN_SKEW = 0.2


def grey(pixels: np.ndarray, dpi: int) -> np.ndarray:
    """One channel. In colour pictures large marks in red or blue (con dấu, chữ ký) are wiped off; black stays."""
    if pixels.ndim == 2:
        return pixels
    if pixels.shape[2] == 1:
        return pixels[:, :, 0]
    pixels = np.ascontiguousarray(pixels[:, :, :3])
    plain = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    marks = large_marks(coloured(pixels), dpi)
    if marks is None:
        return plain
    high = pixels.max(axis=2)
    ink = marks & (high > DARK) & (high - pixels.min(axis=2) > EDGE_CHROMA)
    return np.where(ink, np.uint8(255), plain)


def coloured(pixels: np.ndarray) -> np.ndarray:
    """Where there is red or blue ink."""
    low, high = pixels.min(axis=2), pixels.max(axis=2)
    return ((high - low) > MIN_CHROMA).astype(np.uint8)


def large_marks(mask: np.ndarray, dpi: int) -> np.ndarray | None:
    """The parts of a mask that are as large as stamps; None where there are none, or the paper itself is coloured."""
    if not 0.0005 < mask.mean() < 0.3:
        return None
    reach = max(3, dpi // 15)
    small = cv2.resize(mask, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    joined = cv2.dilate((small > 0).astype(np.uint8), np.ones((reach // 4 + 1, reach // 4 + 1), np.uint8))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    least = STAMP_INCHES * dpi / 4
    large = (stats[:, cv2.CC_STAT_WIDTH] >= least) & (stats[:, cv2.CC_STAT_HEIGHT] >= least)
    large[0] = False
    if not large.any():
        return None
    size = (mask.shape[1], mask.shape[0])
    return cv2.resize(large[labels].astype(np.uint8), size, interpolation=cv2.INTER_NEAREST) > 0


def is_blank(picture: np.ndarray) -> bool:
    """Hardly any ink: an empty page."""
    return float((picture < INK).mean()) < BLANK_SHARE


def cleaned(picture: np.ndarray) -> np.ndarray:
    """Specks out, background divided away, lines level, edges smooth."""
    calm = cv2.medianBlur(picture, 3)
    paper = cv2.medianBlur(cv2.dilate(calm, np.ones((7, 7), np.uint8)), 21)
    even = cv2.divide(calm, paper, scale=255)
    level = turned_by(even, skew(even))
    return softened(level)


def softened(picture: np.ndarray) -> np.ndarray:
    """Edges a little blurred, as a scanner sees them."""
    return cv2.GaussianBlur(picture, (3, 3), 0)


def skew(picture: np.ndarray) -> float:
    """Degrees (counter-clockwise) that make the lines of text level: where ink falls into the sharpest rows."""
    scale = SKEW_SIDE / max(picture.shape)
    ink = 255 - cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    coarse = best_angle(ink, np.arange(-MAX_SKEW, MAX_SKEW + 0.01, 1.0))
    fine = best_angle(ink, np.arange(coarse - 0.8, coarse + 0.81, 0.2))
    return fine if abs(fine) >= MIN_SKEW else 0.0


def best_angle(ink: np.ndarray, angles: np.ndarray) -> float:
    """The angle at which the sums of rows differ most from each to the next."""

    def sharpness(angle: float) -> float:
        rows = turned_by(ink, float(angle), border=0).sum(axis=1, dtype=np.int64)
        return float((np.diff(rows).astype(np.float64) ** 2).sum())

    return float(max(angles, key=sharpness))


def turned_by(picture: np.ndarray, degrees: float, border: int = 255) -> np.ndarray:
    """The picture turned counter-clockwise about its middle; corners are filled with paper."""
    if not degrees:
        return picture
    height, width = picture.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    return cv2.warpAffine(picture, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=border)


def middle(picture: np.ndarray) -> np.ndarray:
    """The middle of a page, enough to tell which way up it is."""
    height, width = picture.shape
    side = round(min(height, width) * 0.6)
    top, left = (height - side) // 2, (width - side) // 2
    return picture[top : top + side, left : left + side]
