from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verdringing import words
from verdringing.audited import Order
from verdringing.page.dossier import Dossier
from verdringing.page.ruled import Ruled, Said
from verdringing.page.timeline import BAR, CHARACTER, LEFT, RIGHT, STEP, TOP, timeline
from verdringing.period import Period

DAY = date(2026, 9, 30)
ORDER = Order(files=(), out=Path(), day=DAY, now=datetime(2026, 10, 1))  # noqa: DTZ001
QUARTER = replace(ORDER, period=Period(date(2026, 7, 1), DAY, "2026K3"))


def placed(nr, start, end=None, candidate=None, instrument="flextensie"):
    phase = "voorgenomen" if start > DAY else "lopend" if end is None or end >= DAY else "beeindigd"
    return {
        "nr": nr,
        "kandidaat_id": candidate or f"K-{nr}",
        "instrument": instrument,
        "startdatum": start,
        "einddatum": end,
        "einde": end or max(start, DAY),
        "fase": phase,
    }


def case(*rows, ruled=(), signals=None):
    ordered = sorted(rows, key=lambda row: (row["startdatum"], row["nr"]))
    return Dossier({"zaak": "X"}, ruled, ordered, len(rows), len(rows), signals or {})


def said(row, *, check="duur", arose=None, limit=None, before=()):
    rule = SimpleNamespace(file=SimpleNamespace(toets=check))
    places = {one["nr"]: place for place, one in enumerate([*before, row], 1)} if before else {}
    return Ruled(rule, [Said(row, "", None, limit, arose, before)], places=places)


FIRST = placed(1, date(2026, 1, 5), date(2026, 3, 31))
SECOND = placed(2, date(2026, 4, 6), date(2026, 6, 30))
THIRD = placed(3, date(2026, 7, 6), date(2026, 9, 15))


def test_a_lane_per_candidate_in_order_of_first_start():
    again = placed(4, date(2026, 8, 1), date(2026, 8, 31), candidate="K-1")
    seen = timeline(case(THIRD, SECOND, FIRST, again), ORDER)
    assert [lane.name for lane in seen.lanes] == ["K-1", "K-2", "K-3"]
    tops = {bar.row["nr"]: bar.y for bar in seen.bars}
    assert tops[4] == tops[1] < tops[2] < tops[3]
    assert seen.lanes[0].height == STEP


def test_a_candidate_placed_twice_at_once_has_two_bars_that_do_not_overlap():
    same = placed(2, date(2026, 2, 1), date(2026, 4, 30), candidate="K-1")
    seen = timeline(case(FIRST, same), ORDER)
    assert len(seen.lanes) == 1
    assert seen.lanes[0].height == 2 * STEP
    assert abs(seen.bars[0].y - seen.bars[1].y) >= BAR


def test_an_open_placement_leaves_no_room_on_its_track():
    later = placed(2, date(2026, 11, 1), date(2026, 12, 1), candidate="K-1")
    seen = timeline(case(placed(1, date(2026, 5, 1)), later), ORDER)
    assert seen.bars[0].y != seen.bars[1].y


def test_the_last_day_belongs_to_the_bar():
    seen = timeline(case(FIRST, placed(2, date(2026, 4, 1), date(2026, 6, 30))), ORDER)
    assert seen.bars[0].end == pytest.approx(seen.bars[1].x, abs=0.2)


def test_an_open_end_goes_on_past_the_known_part_and_stays_inside():
    seen = timeline(case(placed(1, date(2026, 5, 1)), FIRST), ORDER)
    closed, running = seen.bars
    assert closed.open_to is None
    assert running.end < running.open_to <= RIGHT
    assert seen.open


def test_a_planned_placement_is_known_as_such():
    seen = timeline(case(FIRST, placed(2, date(2026, 10, 12), date(2026, 12, 31))), ORDER)
    assert [bar.planned for bar in seen.bars] == [False, True]
    assert seen.planned


def test_numbers_come_from_the_row_of_successors():
    ruled = [said(THIRD, check="opvolging", before=[FIRST, SECOND])]
    seen = timeline(case(FIRST, SECOND, THIRD, ruled=ruled, signals={3: 1}), ORDER)
    assert [bar.number for bar in seen.bars] == [1, 2, 3]
    assert [bar.signals for bar in seen.bars] == [0, 0, 1]


def test_without_a_row_of_successors_there_are_no_numbers():
    seen = timeline(case(FIRST, SECOND, ruled=[said(SECOND, check="lijst", arose=date(2026, 4, 6))]), ORDER)
    assert not seen.numbered


def test_the_part_past_a_limit_begins_on_the_day_the_finding_arose():
    ruled = [said(FIRST, arose=date(2026, 3, 5), limit="04-03-2026")]
    (bar,) = timeline(case(FIRST, ruled=ruled), ORDER).bars
    assert bar.x < bar.past < bar.end
    assert bar.past + bar.past_width == pytest.approx(bar.end)


def test_the_label_of_a_limit_names_the_last_allowed_day():
    ruled = [said(FIRST, arose=date(2026, 3, 5), limit="04-03-2026")]
    seen = timeline(case(FIRST, ruled=ruled), ORDER)
    (mark,) = seen.limits
    assert "04-03-2026" in mark.label
    assert mark.x == seen.bars[0].past
    assert seen.lanes[0].height > STEP


def test_a_mark_stands_on_its_own_day_also_before_the_placement():
    ruled = [
        said(SECOND, arose=date(2026, 4, 6), limit="28-02-2026"),
        said(THIRD, check="lijst", arose=date(2026, 7, 6), limit="01-05-2026"),
    ]
    seen = timeline(case(FIRST, SECOND, THIRD, ruled=ruled), ORDER)
    limit, listed = seen.limits
    first, second, third = seen.bars
    assert first.x < limit.x < first.end
    assert second.x < listed.x < second.end
    assert (limit.y, listed.y) == (second.y + BAR, third.y + BAR)
    assert second.past == second.x
    assert third.past is None


@pytest.mark.parametrize("since", ["15-03-2021", "zonder begindatum"])
def test_a_day_outside_the_picture_has_no_mark(since):
    seen = timeline(case(FIRST, ruled=[said(FIRST, check="lijst", arose=date(2026, 1, 5), limit=since)]), ORDER)
    assert not seen.limits
    assert seen.lanes[0].height == STEP


def test_only_duration_rules_have_a_part_past_a_limit():
    seen = timeline(case(FIRST, ruled=[said(FIRST, check="bezetting", arose=date(2026, 3, 5))]), ORDER)
    assert not seen.past
    assert not seen.limits


def test_a_limit_after_the_end_is_not_drawn():
    seen = timeline(case(FIRST, ruled=[said(FIRST, arose=date(2026, 7, 5), limit="04-07-2026")]), ORDER)
    assert not seen.past


def test_of_two_limits_on_nearly_one_day_the_first_has_the_label():
    rules = [said(FIRST, arose=date(2026, 3, day), limit=f"0{day - 1}-03-2026") for day in (6, 5)]
    (mark,) = timeline(case(FIRST, ruled=rules), ORDER).limits
    assert "04-03-2026" in mark.label


def test_the_period_is_cut_off_at_the_picture():
    seen = timeline(case(THIRD, SECOND), QUARTER)
    assert seen.period.x > LEFT
    assert seen.period.x + seen.period.width <= RIGHT
    whole = replace(ORDER, period=Period(date(2000, 1, 1), date(2030, 1, 1), ""))
    assert timeline(case(THIRD), whole).period.x == LEFT


def test_no_period_no_band_and_a_far_reference_date_is_left_out():
    old = placed(1, date(2016, 1, 1), date(2016, 3, 1))
    seen = timeline(case(old), ORDER)
    assert seen.period is None
    assert seen.day is None
    assert timeline(case(old), QUARTER).period is None


def test_the_reference_date_is_drawn_with_its_label_inside():
    mark = timeline(case(THIRD, SECOND), QUARTER).day
    assert LEFT <= mark.x <= RIGHT
    assert mark.label_x + len(mark.label) * CHARACTER / 2 <= RIGHT + 0.1
    assert "30-09-2026" in mark.label


@pytest.mark.parametrize(
    "days, first",
    [(20, "14 sep"), (150, "mei"), (700, "jan"), (3650, "2017"), (20000, "1980")],
)
def test_the_axis_fits_its_length(days, first):
    start = DAY - timedelta(days=days)
    ticks = timeline(case(placed(1, start, DAY)), ORDER).ticks
    assert first in [tick.label for tick in ticks]
    assert 2 <= len(ticks) <= 25


def test_march_has_its_own_short_name():
    ticks = timeline(case(FIRST, SECOND, THIRD), ORDER).ticks
    assert [tick.label for tick in ticks][:3] == ["jan", "feb", "mrt"]
    assert [tick.year for tick in ticks][:2] == ["2026", ""]


def test_months_are_english_in_an_english_report(monkeypatch):
    monkeypatch.setattr(words, "_language", "en")
    monkeypatch.setattr("verdringing.page.timeline._", lambda text, **values: text.format(**values))
    assert timeline(case(FIRST, SECOND, THIRD), ORDER).ticks[2].label == "Mar"


def test_a_long_name_is_shortened_but_kept_whole():
    (lane,) = timeline(case(placed(1, date(2026, 1, 1), candidate="pseudoniem-0123456789abcdef")), ORDER).lanes
    assert lane.label.endswith("…")
    assert len(lane.label) * CHARACTER <= LEFT
    assert lane.name == "pseudoniem-0123456789abcdef"


def test_instruments_are_named_once_in_order_of_use():
    rows = (placed(1, date(2026, 1, 1)), placed(2, date(2026, 2, 1), instrument="stage"), placed(3, date(2026, 3, 1)))
    assert timeline(case(*rows), ORDER).instruments == ["flextensie", "stage"]


starts = st.dates(date(1980, 1, 1), date(2060, 1, 1))
rows = st.lists(st.tuples(starts, st.none() | st.integers(0, 4000), st.sampled_from("ABC")), min_size=1, max_size=12)


@given(rows)
def test_whatever_the_dates_everything_stays_inside_and_labels_keep_apart(given_rows):
    placements = [
        placed(nr, start, None if days is None else start + timedelta(days=days), candidate)
        for nr, (start, days, candidate) in enumerate(given_rows)
    ]
    seen = timeline(case(*placements), QUARTER)
    for bar in seen.bars:
        assert LEFT <= bar.x <= bar.end <= RIGHT + 4
        assert bar.y >= TOP
        assert bar.y + BAR <= seen.bottom
    for left, right in pairwise(seen.ticks):
        assert right.x - left.x >= CHARACTER * max(len(left.label), 3)
    years = [tick.x for tick in seen.ticks if tick.year]
    assert all(right - left >= 4 * CHARACTER for left, right in pairwise(years))
    tracks = {}
    for bar in seen.bars:
        tracks.setdefault(bar.y, []).append(bar)
    for track in tracks.values():
        assert all(before.row["einde"] < after.row["startdatum"] for before, after in pairwise(track))
