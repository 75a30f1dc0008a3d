"""Dated amounts: which amount a norm asks on a day, for whom, and where that amount comes from."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    PrivateAttr,
    ValidationInfo,
    field_validator,
    model_validator,
)

from verdringing.complaints import Wrong, refuse
from verdringing.norm_keys import KEY_COLUMNS, Key, keys
from verdringing.norm_row import Row, between
from verdringing.rule_file import not_empty
from verdringing.words import _
from verdringing.youth import Youth

BEGINNING = date.min
LAST_YEAR = 2100
"""Until then ages are counted under an amount without an end."""


class Norm(BaseModel):
    """A dated table of amounts. Rows do not overlap; a day without a row has no norm, and none is ever guessed.

    With `sleutel` (KEY_COLUMNS, or text columns of the policy's own: `columns` of the validation context) every row
    says in `voor` for which values it holds, and all this counts per key. Job titles go by their group (`job_groups`
    of the context: title → functie_sleutel).
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    titel: dict[Literal["nl", "en"], str]
    eenheid: Literal["euro per uur", "euro per jaar"]
    sleutel: tuple[str, ...] = ()
    rijen: Annotated[tuple[Row, ...], AfterValidator(not_empty)]
    jeugd: tuple[Youth, ...] = ()
    _keys: tuple[Key, ...] = PrivateAttr(())

    @field_validator("titel", mode="before")
    @classmethod
    def _in_both_languages(cls, given: Any) -> Any:
        """A plain text counts for both languages, and one language for the other."""
        texts = given if isinstance(given, dict) else {"nl": given}
        return dict.fromkeys(("nl", "en"), next(iter(texts.values()), None)) | texts

    @field_validator("sleutel")
    @classmethod
    def _columns_of_a_key(cls, given: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        own = (info.context or {}).get("columns", {})
        known = [*KEY_COLUMNS, *(name for name, column in own.items() if column.kind == "text")]
        if unknown := [name for name in given if name not in known]:
            raise ValueError(
                _("een norm kan niet per '{naam}'; kies uit: {namen}", naam=unknown[0], namen=", ".join(known))
            )
        if len(set(given)) < len(given):
            raise ValueError(_("een kolom staat er twee keer"))
        return given

    @model_validator(mode="after")
    def _in_order(self, info: ValidationInfo) -> Norm:
        if self._keys:  # a norm that a rule looks up is validated again, where nobody may know the job groups
            return self
        if [row.van for row in self.jeugd] != sorted(row.van for row in self.jeugd):
            raise ValueError(_("de percentages voor jongeren staan niet op volgorde van datum"))
        kinds = {tuple(row.bedrag) for row in self.rijen if isinstance(row.bedrag, dict)}
        if len(kinds) > 1:
            raise ValueError(_("de rijen hebben niet dezelfde soorten bedragen"))
        refuse(self._not_for_whom())
        groups = (info.context or {}).get("job_groups", {})
        self._keys = tuple(keys(self.sleutel, [row.voor for row in self.rijen], groups))
        refuse(self._misplaced())
        return self

    def _not_for_whom(self) -> Iterator[Wrong]:
        """Rows whose `voor` does not name exactly the columns of the key."""
        for place, row in enumerate(self.rijen):
            if set(row.voor) == set(self.sleutel):
                continue
            what = _("deze norm heeft geen sleutel")
            if self.sleutel:
                what = _("noem precies de kolommen van de sleutel: {namen}", namen=", ".join(self.sleutel))
            yield ("rijen", place, "voor"), what

    def _misplaced(self) -> Iterator[Wrong]:
        """Rows that name nothing, and rows that overlap with or leave a gap after the row before with the same key."""
        before: dict[Key, Row] = {}
        for place, (key, row) in enumerate(zip(self._keys, self.rijen, strict=True)):
            if not all(key):
                yield ("rijen", place, "voor"), _("een waarde van de sleutel is leeg")
            elif (what := between(before[key], row) if key in before else None) is not None:
                yield ("rijen", place, "van"), what
            before[key] = row

    @cached_property
    def by_key(self) -> Mapping[Key, Norm]:
        """A table without a key for each key, in the order of the file; for a table without a key itself, under ()."""
        if not self.sleutel:
            return {(): self}
        rows: dict[Key, list[Row]] = {}
        for key, row in zip(self._keys, self.rijen, strict=True):
            rows.setdefault(key, []).append(row)
        return {key: self.model_copy(update={"sleutel": (), "rijen": tuple(own)}) for key, own in rows.items()}

    def variants(self) -> tuple[str, ...]:
        """Names of the amounts that rows with several amounts give."""
        return next((tuple(row.bedrag) for row in self.rijen if isinstance(row.bedrag, dict)), ())

    def on(self, day: date) -> Row | None:
        """Row in force on a day, or None; of a table without a key (`by_key` gives those)."""
        place = bisect_right(self.rijen, day, key=lambda row: row.van) - 1
        row = self.rijen[place] if place >= 0 else None
        return None if row is None or (row.tot is not None and day > row.tot) else row

    def youth_on(self, day: date) -> Youth | None:
        """Youth percentages in force on a day, or None."""
        place = bisect_right(self.jeugd, day, key=lambda row: row.van) - 1
        return self.jeugd[place] if place >= 0 else None

    def changes(self) -> set[date]:
        """Days on which the amount, the youth percentages or their absence begins."""
        ends = {row.tot + timedelta(days=1) for row in self.rijen if row.tot is not None and row.tot < date.max}
        return {row.van for row in self.rijen} | {row.van for row in self.jeugd} | ends

    def first_year(self) -> int:
        """Calendar year of the first row."""
        return self.rijen[0].van.year

    def last_year(self) -> int:
        """Calendar year of the last day that has a row; LAST_YEAR when that is for ever."""
        return min((self.rijen[-1].tot or date.max).year, LAST_YEAR)


def named(value: object, info: ValidationInfo) -> object:
    """Look a norm up by its name in the norms that the rule book holds; one with a key does not fit here."""
    found = named_by_key(value, info)
    if isinstance(found, Norm) and found.sleutel:
        raise ValueError(_("deze norm heeft een sleutel, en dat kan hier niet"))
    return found


def named_by_key(value: object, info: ValidationInfo) -> object:
    """Look a norm up by its name in the norms that the rule book holds, with or without a key."""
    known = (info.context or {}).get("norms", {})
    if isinstance(value, str) and value in known:
        return known[value]
    if isinstance(value, str):
        raise ValueError(_("onbekende norm '{naam}'; bekend: {namen}", naam=value, namen=", ".join(known)))
    return value
