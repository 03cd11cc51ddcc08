"""The workbook (bảng tính) that an analyst sends on: `export` is the one entry."""

from pipeline.workbook.export import export

__all__ = ["export"]
