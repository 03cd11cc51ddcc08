"""A document's text in, facts out. Imports `schemas` only; knows no file paths but those of its own rule files."""
