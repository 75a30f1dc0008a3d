"""`python -m verdringing`: the same as the command `verdringing`."""

from verdringing.start import run

run()
