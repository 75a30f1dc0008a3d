"""Placements as pandas and numpy columns: texts become integers once, and are asked what they mean once each."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.csv

COLUMNS = (
    "plaatsing_id", "kandidaat_id", "werkgever", "instrument", "startdatum", "einddatum", "functie", "uren_per_week",
    "uurtarief", "gemeente", "kvk_nummer", "vestigingsnummer", "inlener", "inlener_kvk", "gewerkte_uren",
    "geboortejaar",
)  # fmt: skip
DAY = np.datetime64("2026-09-30", "D").astype("int64")
FAR = 2_932_896
SPAN = 1 << 22  # more days than any date has: one number holds group and day
LEGAL = (
    "besloten vennootschap|naamloze vennootschap|vennootschap onder firma|commanditaire vennootschap|bv|nv|vof|cv"
    "|stichting|stg|vereniging|cooperatie|ua|ba|maatschap|eenmanszaak|io"
)
NOTHING = ("-", "onbekend", "n.v.t.")
Array = np.ndarray


def read(path: str) -> pd.DataFrame:
    """The columns that the rules need, as text."""
    convert = pa.csv.ConvertOptions(
        include_columns=list(COLUMNS), column_types=dict.fromkeys(COLUMNS, pa.string()), strings_can_be_null=True
    )
    table = pa.csv.read_csv(path, parse_options=pa.csv.ParseOptions(delimiter=";"), convert_options=convert)
    frame = table.to_pandas(types_mapper={pa.string(): pd.StringDtype("pyarrow", na_value=np.nan)}.get)
    return frame.replace("", np.nan) if (frame["kandidaat_id"] == "").any() else frame


def once(text: pd.Series, change: Callable[[pd.Series], pd.Series | Array], missing: object) -> Array:
    """Change the distinct values of a column and map the results back; `missing` where there is no text."""
    codes, values = pd.factorize(text)
    changed = np.asarray(change(pd.Series(values, dtype="str")))
    return np.append(changed, np.array([missing], dtype=changed.dtype))[codes]


def plain(text: pd.Series) -> pd.Series:
    text = text.str.normalize("NFKD").str.replace(r"[\u0300-\u036f]+", "", regex=True).str.lower()
    text = text.str.replace("&", " en ", regex=False).str.replace(r"[.'’‘`´]", "", regex=True)
    return text.str.replace(r"[^a-z0-9]+", " ", regex=True).str.strip()


def firm(text: pd.Series) -> pd.Series:
    name = plain(text)
    bare = name.str.replace(rf"\b(?:{LEGAL})\b", " ", regex=True).str.replace(r" +", " ", regex=True).str.strip()
    return bare.where(bare != "", name)


def job(text: pd.Series, groups: Mapping[str, str]) -> pd.Series:
    title = text.str.lower().str.replace(r"\(?\b(?:m\s*/\s*v|v\s*/\s*m)(?:\s*/\s*x)?\b\)?", " ", regex=True)
    title = plain(title.str.replace(r"\b\d+(?:[.,]\d+)?\s*(?:uur|uren|u)\b", " ", regex=True))
    return title.map(lambda name: groups.get(name, name)).where((title != "") & ~text.str.lower().isin(NOTHING))


def days(text: pd.Series) -> Array:
    """Days since 1970; -1 for what is no date."""
    open_end = text == "31-12-9999"
    day = pd.to_datetime(text.mask(open_end), format="%d-%m-%Y", errors="coerce")
    day = day.fillna(pd.to_datetime(text.mask(open_end), format="%Y-%m-%d", errors="coerce"))
    known = day.to_numpy().astype("datetime64[D]").astype("int64")
    return np.where(open_end, FAR, np.where(day.isna(), -1, known))


def numbers(text: pd.Series) -> Array:
    """12,30 · 12.30 · € 12,30; not a number for anything else, 1.234 too."""
    bare = text.str.replace(r"^€ *", "", regex=True)
    readable = bare.str.match(r"^\d+(?:[.,]\d+)?$") & ~bare.str.match(r"^\d{1,3}\.\d{3}$")
    return pd.to_numeric(bare.where(readable).str.replace(",", ".", regex=False)).to_numpy("float64")


def padded(text: pd.Series, width: int) -> pd.Series:
    digits = text.str.match(r"^\d{5,12}$") & (text.str.len() <= width)
    return text.where(digits).str.zfill(width)


def coded(values: Array | pd.Series) -> Array:
    """Integers for values; -1 for a missing one."""
    return pd.factorize(pd.Series(values, dtype="str"))[0]


def pair(left: Array, right: Array) -> Array:
    """Integers for pairs of integers; -1 where either is missing."""
    both = pd.factorize(left.astype("int64") * (1 << 31) + right)[0]
    return np.where((left < 0) | (right < 0), -1, both)


def placements(path: str, given: Mapping[str, dict[str, str]]) -> pd.DataFrame:
    """Typed placements with keys as integers, in order of (start, plaatsing_id); unreadable rows are left out."""
    raw = read(path)
    kinds = list(dict.fromkeys(given["instrumenten"].values()))
    place = {spelling: kinds.index(kind) for spelling, kind in given["instrumenten"].items()}
    start, end = once(raw["startdatum"], days, -1), once(raw["einddatum"], days, FAR)
    kind = once(raw["instrument"], lambda text: plain(text).map(place).fillna(-1).astype("int64"), -1)
    good = (start >= 0) & (end >= start) & (kind >= 0) & ~raw["plaatsing_id"].duplicated().to_numpy()
    raw, start, end, kind = raw[good], start[good], end[good], kind[good]
    order = pd.DataFrame({"start": start, "id": raw["plaatsing_id"].to_numpy()}).sort_values(["start", "id"]).index
    raw, start, end = raw.iloc[order], start[order], end[order]
    cents = np.round(once(raw["uurtarief"], numbers, np.nan) * 100)
    hours = once(raw["uren_per_week"], numbers, np.nan)
    frame = pd.DataFrame({"start": start, "seen": end, "kind": kind[order], "cents": cents}, index=raw.index)
    frame["end"] = np.where(end == FAR, np.maximum(start, DAY), end)
    frame["hours"] = np.where(hours <= 168, hours, np.nan)
    frame["worked"] = once(raw["gewerkte_uren"], numbers, np.nan)
    born = once(
        raw["geboortejaar"], lambda text: text.where(text.str.match(r"^(?:19|20)\d\d$")).astype("float64"), np.nan
    )
    frame["born"] = born
    return _keyed(frame, raw, given["functies"])


def _keyed(frame: pd.DataFrame, raw: pd.DataFrame, groups: Mapping[str, str]) -> pd.DataFrame:
    """Add employer and inlener (name and KvK number) and the integers that stand for candidate, job and place."""
    town = coded(once(raw["gemeente"], plain, None))
    names = pd.concat([raw["werkgever"], raw["inlener"]], ignore_index=True)
    kvk = pd.concat([raw["kvk_nummer"], raw["inlener_kvk"]], ignore_index=True)
    names, kvk = once(names, firm, None), once(kvk, lambda text: padded(text, 8), None)
    name, number = coded(names), coded(kvk)
    party = pair(np.tile(town, 2), name)
    known = pd.DataFrame({"party": party, "number": number})[(party >= 0) & (number >= 0)].drop_duplicates()
    known = known[~known["party"].duplicated(keep=False)].set_index("party")["number"]
    found = known.reindex(party).fillna(-1).to_numpy("int64")
    number = np.where((number < 0) & (party >= 0), found, number)
    rows, most = len(raw), name.max() + 1
    key = np.where(number >= 0, number + most, name)
    place = pair(town, np.where(key[rows:] >= 0, key[rows:], key[:rows]))
    work = coded(once(raw["functie"], lambda text: job(text, groups), None))
    site = coded(once(raw["vestigingsnummer"], lambda text: padded(text, 12), None)) + 1
    values = pd.Series(kvk).groupby(number).first()
    for side, part in (("werkgever", slice(0, rows)), ("inlener", slice(rows, None))):
        frame[f"{side}_naam"] = names[part]
        frame[f"{side}_kvk"] = values.reindex(number[part]).to_numpy()
    frame["job"] = pair(place, work)
    frame["job_site"] = pair(pair(place, site), work)
    frame["who"] = pair(town, coded(raw["kandidaat_id"]))
    for column in ("plaatsing_id", "kandidaat_id", "gemeente", "functie"):
        frame[column] = raw[column]
    return frame.reset_index(drop=True)
