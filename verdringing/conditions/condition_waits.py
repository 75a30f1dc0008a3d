"""Which empty columns the answer of a condition waits for: not those that it only asks to be empty or not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import reduce
from operator import or_

import polars as pl

from verdringing.conditions.condition import Condition


def waits(conditions: Iterable[Condition]) -> dict[str, pl.Expr]:
    """Column → whether it is empty and one of the conditions has no answer for that reason.

    A part of a condition that has an answer waits for nothing, whatever is empty in it: `premie IS NULL`,
    `coalesce(premie, 0)`, `vrijwillig AND premie < 5` where vrijwillig is nee.
    """
    found: dict[str, list[pl.Expr]] = {}
    for one in conditions:
        for name, when in _places(one.expr, pl.Schema(one.types), (), ""):
            found.setdefault(name, []).append(when)
    return {name: reduce(or_, several) for name, several in found.items()}


def _places(expr: pl.Expr, schema: pl.Schema, above: Sequence[pl.Expr], sign: str) -> Iterator[tuple[str, pl.Expr]]:
    """Every place of a column in an expression: its name, and whether it is empty, and all parts around it for that.

    `a AND b AND c` is one part: what is empty in it makes all of it empty, or none. `sign` is that of the part above.
    """
    if expr.meta.is_column():
        yield expr.meta.output_name(), pl.all_horizontal(*above, expr.is_null())
        return
    parts = expr.meta.pop(schema=schema)[::-1]
    own = _sign(expr, parts)
    same = own and own == sign
    around = (*above, expr.is_null()) if not same and _can_stand(expr, parts, own) else above
    for part, chosen in zip(parts, _chosen(expr, parts), strict=True):
        if part.meta.root_names():
            yield from _places(part, schema, (*around, *chosen), own)


def _chosen(expr: pl.Expr, parts: Sequence[pl.Expr]) -> list[list[pl.Expr]]:
    """For each part whether it is the branch of a CASE that was chosen, or could be; nothing for all other parts."""
    then, otherwise, when = parts if len(parts) == 3 else (expr, expr, expr)
    if str(expr) != f".when({when}).then({then}).otherwise({otherwise})":
        return [[] for _part in parts]
    return [[when.fill_null(value=True)], [~when.fill_null(value=False)], []]


def _can_stand(expr: pl.Expr, parts: Sequence[pl.Expr], sign: str) -> bool:
    """Whether a part of a condition can have an answer while something in it is empty."""
    if sign:
        return sign in ("&", "|", "==v", "!=v")
    return len(parts) > 1 or str(expr).endswith("null()")


def _sign(expr: pl.Expr, parts: Sequence[pl.Expr]) -> str:
    """What stands between the two parts of an expression, as polars writes it: & or +; empty for anything else."""
    before, after = (f"[({parts[0]}) ", f" ({parts[1]})]") if len(parts) == 2 else ("", "")
    text = str(expr)
    between = before and text.startswith(before) and text.endswith(after)
    return text[len(before) : -len(after)] if between else ""
