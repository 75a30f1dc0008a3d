"""Names that look alike: what the search finds of all that the full comparison finds, and what both cost.

Usage: python -m benchmarks.similar_names PLACEMENTS. Prints JSON, twice: as the names stand in their gemeenten
(`apart`), and as if all stood in one (`together`), where the search looks at neighbours only. Each time names
(distinct, normalised), largest (names of one gemeente), pairs (alike by the full comparison) and found (of those); near
and near_found, the same for pairs at least 90 alike; cpu and full_cpu, in seconds.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from time import process_time
from typing import Any

import polars as pl
from rapidfuzz import fuzz, process

from verdringing.names import firm, plain
from verdringing.naming.alike import LEAST, look

NEAR = 90.0
Pair = tuple[str, str, str]


def names(path: str) -> pl.DataFrame:
    """Distinct names of employers and inleners: gemeente, naam (normalised)."""
    rows = pl.scan_csv(path, separator=";", infer_schema=False)
    sides = [rows.select("gemeente", naam=side).drop_nulls("naam").unique() for side in ("werkgever", "inlener")]
    spelled = pl.concat(sides).unique().with_columns(plain(pl.col("gemeente").fill_null("")), firm(pl.col("naam")))
    return spelled.drop_nulls("naam").unique().sort("gemeente", "naam").collect()


def compared(known: pl.DataFrame) -> Iterator[tuple[Pair, float]]:
    """Every two names of one gemeente that are alike, each name held against all others: the square of their number."""
    for (gemeente,), some in known.group_by("gemeente", maintain_order=True):
        words = some["naam"].to_list()
        ordered = [" ".join(sorted(name.split(" "))) for name in words]  # as token_sort_ratio would, once per name
        for place, name in enumerate(ordered):
            behind = ordered[place + 1 :]
            for _name, score, step in process.extract(name, behind, scorer=fuzz.ratio, score_cutoff=LEAST, limit=None):
                yield (str(gemeente), words[place], words[place + 1 + step]), score


def measured(known: pl.DataFrame) -> dict[str, Any]:
    """The figures of one set of names."""
    began = process_time()
    found = set(look(known).pairs.select("gemeente", "naam", "andere_naam").rows())
    searched = process_time()
    full = dict(compared(known))
    near = {pair for pair, score in full.items() if score >= NEAR}
    return {
        "names": known.height,
        "largest": known.group_by("gemeente").len()["len"].max(),
        "pairs": len(full),
        "found": len(found & full.keys()),
        "near": len(near),
        "near_found": len(found & near),
        "cpu": searched - began,
        "full_cpu": process_time() - searched,
    }


if __name__ == "__main__":
    apart = names(sys.argv[1])
    together = apart.with_columns(gemeente=pl.lit("")).unique().sort("gemeente", "naam")
    print(json.dumps({"apart": measured(apart), "together": measured(together)}))
