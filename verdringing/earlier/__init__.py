"""An earlier report: made again to prove it, and held beside this one."""
