"""Audit tool for displacement risk (verdringing) in placements of people on welfare."""

__version__ = "0.1.0"
VERDICTS_VERSION = 1
"""Raised whenever the same record can get another verdict (a line under Outcomes in CHANGELOG.md)."""
