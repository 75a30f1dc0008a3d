"""Audit tool for displacement risk (verdringing) in placements of people on welfare."""

__version__ = "0.1.0"
