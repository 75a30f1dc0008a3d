"""`python -m verdringing`: the same as the command `verdringing`."""

from verdringing.cli import run

run()
