"""Where a run of the program begins; nothing is imported here before Python stops looking for cycles."""

import gc
import os
import sys


def run() -> None:
    """Run as a program: one short run makes no cycles worth looking for, and looking costs a fifth of it."""
    gc.disable()
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # what happens to be installed has no say in a rule
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a window of long ago, or a file, may not know every character
            stream.reconfigure(errors="replace")
    from verdringing.cli import main

    try:
        main()
    finally:
        gc.freeze()  # or Python looks for them once more on its way out
