"""What is measured, one function per size or subject; each gives the names of GOALS with what was seen."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.commands import IMPORT, Bench, say
from benchmarks.goals import Seen
from benchmarks.measure import Failure, Pairs, Run, half_the_memory, middle, pairs, python, rival, run

Measured = Iterator[tuple[str, Seen]]


def seconds(runs: Pairs) -> str:
    """Median CPU of both sides, in words."""
    return f"{middle(runs.a):.2f} s beside {middle(runs.b):.2f} s"


def beside(runs: Pairs, most: float) -> Seen:
    """How many times the CPU of B does A take, and is that little enough?"""
    words = f"{runs.ratio():.2f} × ({seconds(runs)}); wall {runs.ratio('wall'):.2f} ×, {middle(runs.a, 'wall'):.2f} s"
    return Seen(words, runs.ratio() <= most)


def memory(runs: list[Run] | Pairs, most: float) -> Seen:
    """Highest peak in GB."""
    peak = max(one.peak for one in (runs.a if isinstance(runs, Pairs) else runs)) / 1_000
    return Seen(f"{peak:.2f} GB", peak <= most)


def start(bench: Bench) -> Measured:
    """What a small file and a mistake cost, beside importing polars and nothing else."""
    say("1,000 rows, --help, wrong use")
    times = 4 * bench.runs - 1
    run(bench.audit(bench.placements(1_000)))  # the first run compiles modules and templates
    yield "1k", beside(pairs(bench.audit(bench.placements(1_000)), IMPORT, times), 1.6)
    yield "help", beside(pairs(python("-m", "verdringing", "--help"), IMPORT, times), 0.25)
    yield "wrong", beside(pairs(python("-m", "verdringing", "audit", "--fout"), IMPORT, times, code=2), 0.25)


def hundred_thousand(bench: Bench) -> Measured:
    """All rules on 100,000 rows, and the five beside others."""
    path = bench.placements(100_000)
    say("100,000 rows, all rules")
    yield "100k", beside(pairs(bench.audit(path), bench.floor(path), bench.runs + 2), 5)
    prove(bench, path)
    found = {name: pairs(bench.rival(name, path), bench.five(path), bench.runs) for name in ("sql", "pandas")}
    words = [
        f"{name} {one.ratio():.2f} × ({seconds(one)})"
        for name, one in zip(("DuckDB", "pandas"), found.values(), strict=True)
    ]
    yield "five 100k", Seen("; ".join(words))


def million(bench: Bench) -> Measured:
    """All rules on a million rows, and the five beside others."""
    path = bench.placements(1_000_000)
    say("1,000,000 rows, all rules")
    whole = pairs(bench.audit(path), bench.floor(path), bench.runs)
    yield "1m", beside(whole, 8)
    yield "1m memory", memory(whole, 1.5)
    prove(bench, path)
    yield "five floor", beside(pairs(bench.five(path), bench.floor(path), bench.runs), 5)
    for name, least in (("sql", 1.5), ("pandas", 4)):
        say(f"1,000,000 rows, five rules, {name}")
        found = pairs(bench.rival(name, path), bench.five(path), bench.runs)
        words = f"{found.ratio():.2f} × ({seconds(found)}); wall {found.ratio('wall'):.2f} ×"
        yield {"sql": "five duckdb", "pandas": "five pandas"}[name], Seen(words, found.ratio() >= least)
    short = pairs(bench.rival("sql", path, "3"), bench.five(path), 1)
    yield "five short", Seen(f"{short.ratio():.2f} × ({seconds(short)})")


def prove(bench: Bench, path: Path) -> None:
    """Failure when another tool finds other signals than the audit: then no time means anything."""
    say("the same signals from every tool?")
    run(bench.five(path))
    for name in ("sql", "pandas"):
        run(bench.rival(name, path))
        said = run(python("-m", "benchmarks.same", bench.folder / "rapport", bench.folder / f"{name}.csv")).said
        say(f"equal to {name}: {said.strip()}")


def ten_million(bench: Bench) -> Measured:
    """All rules on ten million rows, once, and in no more than half the memory of the machine."""
    path, less = bench.placements(10_000_000), bench.placements(1_000_000)
    say("10,000,000 rows, all rules")
    floor = run(bench.floor(path))
    try:
        whole = run(bench.audit(path), most=half_the_memory())
    except Failure as error:
        for name in ("10m", "10m memory", "10m growth"):
            yield name, Seen(f"did not finish: {_reason(error)}; the floor takes {floor.cpu:.1f} s CPU", holds=False)
        return
    yield "10m", beside(Pairs([whole], [floor]), 10)
    yield "10m memory", memory([whole], 4)
    growth = whole.cpu / run(bench.audit(less)).cpu
    yield "10m growth", Seen(f"{growth:.1f} ×", growth <= 11)


def hundred_million(bench: Bench) -> Measured:
    """Five rules with few signals on a hundred million rows of Parquet, stopped where it needs too much memory.

    With all rules the findings alone would take 150 GB of disk.
    """
    path = bench.placements(100_000_000, "parquet")
    say("100,000,000 rows, rules with few signals")
    try:
        whole = run(bench.rare(path), most=8_000)
        said = memory([whole], 8)
        yield "100m", Seen(f"{said.words}; {whole.cpu / 60:.0f} minutes CPU, {whole.wall / 60:.0f} minutes", said.holds)
    except Failure as error:
        yield "100m", Seen(f"did not finish: {_reason(error)}", holds=False)


def _reason(error: Failure) -> str:
    return str(error).splitlines()[-1]


def one_row(bench: Bench, rows: int) -> Measured:
    """One rule on one row, on the same typed frame: the judging alone, without imports and reading."""
    say("one rule on one row")
    frame = bench.folder / "getypeerd.arrow"
    run(python("-m", "benchmarks.one_row_rule", bench.placements(rows), frame))
    names = ("tool", "pandera", "pointblank")
    found: dict[str, list[dict[str, Any]]] = {name: [] for name in names}
    for _ in range(bench.runs):
        for name in names:
            said = run(rival("benchmarks.one_row_rule", name, frame)).said
            found[name].append(json.loads(said.splitlines()[-1]))
    if len({str(one["counts"]) for some in found.values() for one in some}) > 1:
        raise Failure(
            f"the tools do not count the same: { ({name: some[0]['counts'] for name, some in found.items()}) }"
        )
    runs = {name: [Run(one["cpu"], one["wall"], 0) for one in some] for name, some in found.items()}
    ratios = {name: Pairs(runs[name], runs["tool"]).ratio() for name in names[1:]}
    words = ", ".join(f"{name} {ratio:.1f} ×" for name, ratio in ratios.items())
    own = f"the tool {middle(runs['tool']) * 1_000:.1f} ms for {rows:,} rows"
    yield "one row", Seen(f"{words} ({own})", min(ratios.values()) >= 1)


def names(bench: Bench) -> Measured:
    """What the search for names that look alike finds, beside comparing every name with every other."""
    say("names that look alike")
    said = json.loads(run(python("-m", "benchmarks.similar_names", bench.placements(100_000))).said.splitlines()[-1])
    yield "names", Seen(_found(said["apart"]))
    yield "names together", Seen(_found(said["together"]))


def _found(said: dict[str, Any]) -> str:
    """Shares found, and the CPU of both ways, in words."""
    shares = [said["found"] / max(said["pairs"], 1), said["near_found"] / max(said["near"], 1)]
    return (
        f"{shares[0]:.1%} of {said['pairs']:,} pairs, {shares[1]:.1%} of the {said['near']:,} at least 90 alike;"
        f" {said['cpu']:.2f} s beside {said['full_cpu']:.2f} s ({said['names']:,} names, at most {said['largest']:,} in"
        " one gemeente)"
    )


def page(bench: Bench) -> Measured:
    """The page of the file with about 100,000 findings."""
    say("the page of 100,000 findings")
    path = bench.placements(100_000)
    command = python("-m", "benchmarks.report_page", path, bench.listed(path), bench.folder / "rapport")
    found = [json.loads(run(command).said.splitlines()[-1]) for _ in range(bench.runs)]
    each = sorted(one["cpu"] / one["findings"] * 1e6 for one in found)[len(found) // 2]
    size = found[0]["bytes"] / 1e6
    yield "page", Seen(f"{each:.1f} µs ({found[0]['findings']:,} findings)", each <= 30)
    yield "page size", Seen(f"{size:.2f} MB", size <= 4)


def excel(bench: Bench) -> Measured:
    """What the work list adds: the same run with and without it."""
    if not bench.no_excel:
        return
    say("werklijst.xlsx")
    without = bench.audit(bench.placements(100_000))
    found = pairs([word for word in without if word not in bench.no_excel], without, bench.runs)
    added = middle(found.a, "wall") - middle(found.b, "wall")
    peak = max(one.peak for one in found.a)
    yield "excel", Seen(f"{added:.1f} s", added <= 6)
    yield "excel memory", Seen(f"{peak:.0f} MB, {peak - middle(found.b, 'peak'):.0f} MB more than without", peak <= 400)
