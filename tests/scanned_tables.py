"""Pages with ruled tables as pictures, drawn for tests and spoilt as scanners spoil them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

FONT = Path("/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf")
DPI = 200
LEFT, LINE = 120, 44
SIZE = 30


@dataclass(frozen=True)
class Sheet:
    """A page on which text and tables are drawn. `y`: where the next of them begins."""

    image: Image.Image
    draw: ImageDraw.ImageDraw
    font: ImageFont.FreeTypeFont
    y: list[int]

    @classmethod
    def blank(cls, width: int = 1654, height: int = 1300) -> Sheet:
        image = Image.new("L", (width, height), 255)
        return cls(image, ImageDraw.Draw(image), ImageFont.truetype(str(FONT), SIZE), [100])

    def text(self, *lines: str) -> None:
        """Lines of text across the page."""
        for line in lines:
            self.draw.text((LEFT, self.y[0]), line, font=self.font, fill=0)
            self.y[0] += LINE + 10

    def table(self, widths: list[int], rows: list[list[str]], merged: tuple[int, ...] = (), thick: int = 3) -> None:
        """A ruled table; rows whose numbers are in `merged` are one cell from side to side."""
        edges = np.cumsum([LEFT, *widths]).tolist()
        for number, row in enumerate(rows):
            height = LINE * max(cell.count("\n") + 1 for cell in row) + 20
            top, bottom = self.y[0], self.y[0] + height
            walls = [edges[0], edges[-1]] if number in merged else edges
            for y in (top, bottom):
                self.draw.line((edges[0], y, edges[-1], y), fill=0, width=thick)
            for x in walls:
                self.draw.line((x, top, x, bottom), fill=0, width=thick)
            for x, cell in zip(edges, row, strict=False):
                self.draw.multiline_text((x + 14, top + 8), cell, font=self.font, fill=0, spacing=LINE - SIZE - 2)
            self.y[0] = bottom
        self.y[0] += 30

    def pixels(self) -> np.ndarray:
        return np.asarray(self.image).copy()


def scanned(pixels: np.ndarray, degrees: float = 0.0, seed: int = 1) -> np.ndarray:
    """The page as a scanner gives it: askew, grey, a little blurred, with noise."""
    height, width = pixels.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    askew = cv2.warpAffine(pixels, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=255)
    soft = 245 - 0.85 * (255.0 - cv2.GaussianBlur(askew, (0, 0), 0.7))
    noise = np.random.default_rng(seed).normal(0, 6, soft.shape)
    return np.clip(soft + noise, 0, 255).astype(np.uint8)


def broken(pixels: np.ndarray, every: int = 90, gap: int = 2) -> np.ndarray:
    """The page with thin white streaks across and down it, as a worn drum leaves them."""
    out = pixels.copy()
    for i in range(gap):
        out[i::every] = 255
        out[:, i::every] = 255
    return out
