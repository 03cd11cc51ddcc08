"""Pictures of pages (PNG, JPEG, TIFF with one or more pages): read by OCR, each picture a page."""

from __future__ import annotations

import io
import struct
import warnings
from collections.abc import Iterator, Sequence
from itertools import chain

import numpy as np
from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

from pipeline.ingest.broken_rows import joined_pages
from pipeline.ingest.errors import CorruptFile, NoTextLayer, TooLarge
from pipeline.ingest.ocr import Picture, read_pictures
from pipeline.ingest.ocr.paged import PagedText, fallback_notes, mean_confidence, words_of_pages
from pipeline.limits import LIMITS, alive

MEDIA_TYPES = {"png": "image/png", "jpeg": "image/jpeg", "tiff": "image/tiff", "gif": "image/gif", "bmp": "image/bmp"}
FORMATS = ("PNG", "JPEG", "TIFF", "GIF", "BMP")
BROKEN = (OSError, ValueError, SyntaxError, EOFError, LookupError, TypeError, struct.error, ZeroDivisionError)
"""What Pillow raises on pictures whose headers are damaged; a TIFF without its sizes is a TypeError."""
MAX_DPI = 300
PAGE_INCHES = 11.7
"""Length of an A4 page: what tells the resolution of a picture that does not state it."""
LIKELY_DPI = (70, 1200)


def read_images(data: bytes, jobs: int | None = None) -> PagedText:
    """Read all pictures of a file; raises where it is broken, too large or shows no text."""
    return read_files((data,), jobs)


def read_files(files: Sequence[bytes], jobs: int | None = None) -> PagedText:
    """The same for several files, which together are one document. Raises NoTextLayer."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # pixels are bounded in `pictures`
        pages = []
        for page in read_pictures(chain.from_iterable(map(pictures, files)), jobs):
            pages.append(page)
            alive()
    if not any(page.text.strip() for page in pages):
        raise NoTextLayer("no text can be read in the picture; scan the document again, straight and in focus")
    texts = [page.text for page in pages]
    joined = joined_pages(texts)
    return PagedText(
        tuple(joined),
        "ocr",
        tuple(page.confidence for page in pages),
        mean_confidence(pages),
        fallback_notes(),
        words_of_pages(pages, texts, joined),
    )


def pictures(data: bytes) -> Iterator[Picture]:
    """The file's pictures, upright as the camera noted, one at a time. Raises TooLarge or CorruptFile."""
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as image:
            count = getattr(image, "n_frames", 1)
            if count > LIMITS.pages:
                raise TooLarge(f"the file holds {count} pictures, more than {LIMITS.pages}; split it")
            for frame in ImageSequence.Iterator(image):
                yield picture_of(frame)
    except Image.DecompressionBombError as error:
        raise TooLarge(f"the picture is too large ({error}); save it smaller, at 300 dots an inch") from error
    except UnidentifiedImageError as error:
        raise CorruptFile("the picture is cut short or broken; scan or download it again") from error
    except BROKEN as error:
        raise CorruptFile(f"the picture cannot be opened ({error}); scan or download it again") from error


def picture_of(frame: Image.Image) -> Picture:
    """One picture as pixels, transparent parts as paper, not finer than OCR can use. Raises TooLarge."""
    width, height = frame.size
    if width * height > LIMITS.pixels:
        raise TooLarge(f"the picture has {width} x {height} pixels; save it smaller, at 300 dots an inch")
    dpi = resolution(frame)
    image = ImageOps.exif_transpose(frame)
    if image.mode in ("1", "L"):
        image = image.convert("L")
    elif image.mode.startswith(("I", "F")):
        image = Image.fromarray(stretched(np.asarray(image, dtype=np.float64)))
    else:
        image = on_paper(image)
    if dpi > MAX_DPI:
        size = (max(1, round(image.width * MAX_DPI / dpi)), max(1, round(image.height * MAX_DPI / dpi)))
        image, dpi = image.resize(size, Image.Resampling.LANCZOS), MAX_DPI
    return Picture(np.asarray(image).copy(), dpi)


def on_paper(image: Image.Image) -> Image.Image:
    """Colours as RGB, transparent parts white."""
    if image.mode in ("RGB", "CMYK", "YCbCr") and "transparency" not in image.info:
        return image.convert("RGB")
    layered = image.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", layered.size, "white"), layered).convert("RGB")


def stretched(values: np.ndarray) -> np.ndarray:
    """Deep grey (16 or 32 bits a pixel) as 8 bits."""
    low, high = float(values.min()), float(values.max())
    return ((values - low) * (255.0 / max(high - low, 1e-9))).astype(np.uint8)


def resolution(frame: Image.Image) -> int:
    """Dots an inch: as stated, if an A4 page could have it; else as if the picture were an A4 page."""
    stated = frame.info.get("dpi")
    length = max(frame.size)
    if stated:
        try:
            dpi = round(float(stated[0]))
        except (TypeError, ValueError, OverflowError, ZeroDivisionError):
            dpi = 0
        if LIKELY_DPI[0] < dpi <= LIKELY_DPI[1] and length / dpi >= PAGE_INCHES / 3:
            return dpi
    return min(max(round(length / PAGE_INCHES), LIKELY_DPI[0]), LIKELY_DPI[1])
