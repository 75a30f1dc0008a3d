"""Where the shipped rules and templates stand: inside the package when installed, at the top level in a checkout."""

from pathlib import Path
from typing import Literal


def folder(name: Literal["rules", "templates"]) -> Path:
    """Return the absolute path of a shipped folder; FileNotFoundError when the installation is incomplete."""
    package = Path(__file__).resolve().parent
    for parent in (package, package.parent):
        if (parent / name).is_dir():
            return parent / name
    raise FileNotFoundError(f"{package / name}: this folder belongs to verdringing and is missing. Install it again.")
