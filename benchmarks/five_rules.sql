-- Five rules in DuckDB. sql_rules.py runs the parts by their name and fills in what begins with $.

-- part: functions
-- Names, jobs, days and numbers, read as the record reads them; asked of distinct texts only.
CREATE MACRO tidy(t) AS trim(regexp_replace(
    regexp_replace(replace(strip_accents(lower(t)), '&', ' en '), '[.''’‘`´]', '', 'g'), '[^a-z0-9]+', ' ', 'g'));
CREATE MACRO bare(n) AS trim(regexp_replace(regexp_replace(n, '\b(?:besloten vennootschap|naamloze vennootschap'
    || '|vennootschap onder firma|commanditaire vennootschap|bv|nv|vof|cv|stichting|stg|vereniging|cooperatie|ua|ba'
    || '|maatschap|eenmanszaak|io)\b', ' ', 'g'), ' +', ' ', 'g'));
CREATE MACRO firm(t) AS CASE WHEN bare(tidy(t)) <> '' THEN bare(tidy(t)) ELSE nullif(tidy(t), '') END;
CREATE MACRO job(t) AS nullif(tidy(regexp_replace(
    regexp_replace(lower(t), '\(?\b(?:m\s*/\s*v|v\s*/\s*m)(?:\s*/\s*x)?\b\)?', ' ', 'g'),
    '\b\d+(?:[.,]\d+)?\s*(?:uur|uren|u)\b', ' ', 'g')), '');
CREATE MACRO day(t) AS CAST(coalesce(try_strptime(t, '%d-%m-%Y'), try_strptime(t, '%Y-%m-%d')) AS DATE);
CREATE MACRO plain_number(t) AS CASE
    WHEN regexp_full_match(t, '\d+(?:[.,]\d+)?') AND NOT regexp_full_match(t, '\d{1,3}\.\d{3}')
    THEN replace(t, ',', '.') END;
CREATE MACRO hours(t) AS CAST(plain_number(t) AS DOUBLE);
CREATE MACRO cents(t) AS CAST(round(CAST(plain_number(regexp_replace(t, '^€ *', '')) AS DECIMAL(14, 4)) * 100) AS INTEGER);
CREATE MACRO padded(t, n) AS CASE WHEN regexp_full_match(t, '\d{5,12}') AND length(t) <= n THEN lpad(t, n, '0') END;
CREATE MACRO filled(t) AS CASE WHEN lower(t) NOT IN ('-', 'onbekend', 'n.v.t.') THEN t END;

-- part: read
-- Only the columns that the rules need.
CREATE TABLE raw AS
SELECT row_number() OVER () AS rij, plaatsing_id, kandidaat_id, werkgever, instrument, startdatum, einddatum, functie,
    uren_per_week, uurtarief, gemeente, kvk_nummer, vestigingsnummer, inlener, inlener_kvk, gewerkte_uren, geboortejaar
FROM read_csv($placements, delim=';', header=true, all_varchar=true, quote='', escape='', strict_mode=false, nullstr='');

-- part: listed
CREATE TABLE lijst AS
SELECT firm(werkgever) AS naam, padded(kvk_nummer, 8) AS kvk, day(van) AS van, coalesce(day(tot), DATE '9999-12-31') AS tot
FROM read_csv($blacklist, delim=';', all_varchar=true, nullstr='');

-- part: texts
CREATE TABLE dagen AS SELECT t, day(t) AS dag
FROM (SELECT startdatum AS t FROM raw UNION SELECT einddatum FROM raw) WHERE t IS NOT NULL;
CREATE TABLE namen AS SELECT t, firm(t) AS naam
FROM (SELECT werkgever AS t FROM raw UNION SELECT inlener FROM raw) WHERE t IS NOT NULL;
CREATE TABLE werk AS SELECT t, coalesce(groep, titel) AS functie
FROM (SELECT t, job(filled(t)) AS titel FROM (SELECT DISTINCT functie AS t FROM raw) WHERE t IS NOT NULL)
LEFT JOIN functies USING (titel);
CREATE TABLE soorten AS SELECT t, instrument
FROM (SELECT DISTINCT instrument AS t FROM raw) JOIN spellingen ON tidy(t) = spelling;
CREATE TABLE plaatsen AS SELECT t, tidy(t) AS gemeente FROM (SELECT DISTINCT gemeente AS t FROM raw);

-- part: placements
CREATE TABLE gelezen AS
SELECT rij, plaatsing_id, kandidaat_id, soorten.instrument, werk.functie, plaatsen.gemeente,
    s.dag AS van, CASE WHEN e.dag < DATE '2099-12-31' THEN e.dag END AS tot,
    coalesce((e.dag IS NULL AND einddatum IS NOT NULL) OR e.dag < s.dag, false) AS onleesbaar,
    CASE WHEN hours(uren_per_week) <= 168 THEN hours(uren_per_week) END AS uren,
    hours(gewerkte_uren) AS gewerkt, cents(uurtarief) AS tarief,
    CASE WHEN geboortejaar SIMILAR TO '(19|20)[0-9][0-9]' THEN CAST(geboortejaar AS INTEGER) END AS geboren,
    w.naam AS werkgever, i.naam AS inlener, padded(kvk_nummer, 8) AS kvk, padded(inlener_kvk, 8) AS inlener_kvk,
    coalesce(padded(vestigingsnummer, 12), '') AS vestiging
FROM raw
JOIN soorten ON raw.instrument = soorten.t
JOIN dagen s ON startdatum = s.t AND s.dag IS NOT NULL
LEFT JOIN dagen e ON einddatum = e.t
LEFT JOIN werk ON raw.functie = werk.t
LEFT JOIN plaatsen ON raw.gemeente = plaatsen.t
LEFT JOIN namen w ON raw.werkgever = w.t
LEFT JOIN namen i ON raw.inlener = i.t;

CREATE TABLE goed AS FROM gelezen WHERE NOT onleesbaar
QUALIFY row_number() OVER (PARTITION BY plaatsing_id ORDER BY rij) = 1;

-- the KvK number that a name has elsewhere in the gemeente, where that is exactly one
CREATE TABLE nummers AS SELECT gemeente, naam, min(kvk) AS kvk
FROM (SELECT gemeente, werkgever AS naam, kvk FROM goed UNION ALL SELECT gemeente, inlener, inlener_kvk FROM goed)
WHERE naam IS NOT NULL AND kvk IS NOT NULL GROUP BY ALL HAVING min(kvk) = max(kvk);

CREATE TABLE p AS
WITH partijen AS (
    SELECT goed.* EXCLUDE (kvk, inlener_kvk), coalesce(goed.kvk, w.kvk) AS kvk,
        coalesce(goed.inlener_kvk, i.kvk) AS inlener_kvk, coalesce(tot, greatest(van, DATE '2026-09-30')) AS einde,
        coalesce(tot, DATE '9999-12-31') AS gezien
    FROM goed
    LEFT JOIN nummers w ON goed.gemeente = w.gemeente AND goed.werkgever = w.naam
    LEFT JOIN nummers i ON goed.gemeente = i.gemeente AND goed.inlener = i.naam)
SELECT *, row_number() OVER (ORDER BY van, plaatsing_id) AS nr, hash(gemeente, kandidaat_id) AS kandidaat,
    hash(gemeente, coalesce(inlener_kvk, inlener, kvk, werkgever), functie) AS plek,
    hash(gemeente, coalesce(inlener_kvk, inlener, kvk, werkgever), functie, vestiging) AS plek_vestiging
FROM partijen;

-- part: successors
-- A place is four million days wide: one number holds place and day, and no gap reaches into another place.
CREATE TABLE bereikt AS
WITH plekken AS (
    SELECT plek_vestiging, row_number() OVER () * (1 << 22) AS breed FROM p WHERE functie IS NOT NULL
    GROUP BY plek_vestiging HAVING count(*) > 1)
SELECT nr, kandidaat, breed + date_diff('day', DATE '1970-01-01', van) AS van,
    breed + date_diff('day', DATE '1970-01-01', gezien) AS gezien
FROM p JOIN plekken USING (plek_vestiging) WHERE functie IS NOT NULL;
CREATE TABLE rondes AS SELECT nr, 1 AS plaats FROM bereikt;

-- part: next level
-- Who starts at most 183 days after the end of another candidate who reached this level.
CREATE OR REPLACE TABLE bereikt AS
WITH einden AS (
        SELECT nr, gezien, kandidaat, lag(kandidaat) OVER w AS vorige, lag(gezien) OVER w AS vorige_dag
        FROM bereikt WINDOW w AS (ORDER BY gezien, nr)),
    anderen AS (
        SELECT gezien, kandidaat, lead(gezien) OVER w AS volgende,
            last_value(CASE WHEN kandidaat <> vorige THEN vorige_dag END IGNORE NULLS) OVER w AS ander
        FROM einden WINDOW w AS (ORDER BY gezien, nr ROWS UNBOUNDED PRECEDING))
SELECT b.* FROM bereikt b
ASOF JOIN (FROM anderen WHERE gezien IS DISTINCT FROM volgende) a ON b.van > a.gezien
WHERE b.van - CASE WHEN a.kandidaat = b.kandidaat THEN a.ander ELSE a.gezien END - 1 <= 183;

-- part: keep level
INSERT INTO rondes SELECT nr, $level FROM bereikt;

-- rule: opvolging_zelfde_functie
SELECT nr, max(plaats) AS waarde FROM rondes GROUP BY nr HAVING max(plaats) > 2;

-- rule: doorlopende_bezetting
WITH gaten AS (
        SELECT *, coalesce(date_diff('day', max(gezien) OVER (PARTITION BY plek_vestiging ORDER BY nr
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), van) - 1 > 31, true) AS nieuw
        FROM p WHERE functie IS NOT NULL),
    reeksen AS (SELECT *, sum(nieuw::INTEGER) OVER (PARTITION BY plek_vestiging ORDER BY nr) AS reeks FROM gaten),
    eersten AS (
        SELECT *, min(van) OVER (PARTITION BY plek_vestiging, reeks) AS sinds,
            row_number() OVER (PARTITION BY plek_vestiging, reeks, kandidaat ORDER BY nr) = 1 AS eerste
        FROM reeksen),
    geteld AS (
        SELECT *, sum(eerste::INTEGER) OVER (PARTITION BY plek_vestiging, reeks ORDER BY nr) AS kandidaten FROM eersten)
SELECT nr, NULL AS waarde FROM geteld WHERE kandidaten >= 2 AND einde >= sinds + INTERVAL 12 MONTH;

-- rule: instrumenten_gestapeld
WITH gaten AS (
        SELECT nr, kandidaat, plek, coalesce(date_diff('day', max(gezien) OVER v, van) - 1 > 183, true) AS nieuw,
            instrument <> lag(instrument) OVER w AS anders
        FROM p WHERE functie IS NOT NULL
        WINDOW w AS (PARTITION BY kandidaat, plek ORDER BY nr),
            v AS (PARTITION BY kandidaat, plek ORDER BY nr ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)),
    rijen AS (SELECT *, sum(nieuw::INTEGER) OVER (PARTITION BY kandidaat, plek ORDER BY nr) AS reeks FROM gaten),
    geteld AS (
        SELECT nr, 1 + sum((anders AND NOT nieuw)::INTEGER) OVER (PARTITION BY kandidaat, plek, reeks ORDER BY nr) AS inzet
        FROM rijen)
SELECT nr, inzet AS waarde FROM geteld WHERE inzet > 1;

-- rule: duur_te_lang
-- A signal needs the longest limit that is possible: unknown hours above 28 can only be more, others can be less.
WITH flex AS (
        SELECT *, CASE WHEN functie IS NULL THEN hash(nr) ELSE hash(kandidaat, plek) END AS wie,
            round(10000 * coalesce(uren, CASE WHEN tot < DATE '2026-09-30'
                THEN gewerkt * 7 / (date_diff('day', van, einde) + 1) END)) AS tienduizendsten
        FROM p WHERE instrument = 'flextensie'),
    gaten AS (
        SELECT *, coalesce(date_diff('day', max(gezien) OVER (PARTITION BY wie ORDER BY nr
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), van) - 1 > 31, true) AS nieuw
        FROM flex),
    tijden AS (SELECT *, sum(nieuw::INTEGER) OVER (PARTITION BY wie ORDER BY nr) AS tijd FROM gaten),
    hoogste AS (
        SELECT nr, einde, min(van) OVER w AS begin, max(tienduizendsten) OVER w AS hoogste
        FROM tijden WINDOW w AS (PARTITION BY wie, tijd ORDER BY nr))
SELECT nr, NULL AS waarde FROM hoogste
WHERE einde >= begin + CASE WHEN hoogste > 280000 THEN INTERVAL 3 MONTH ELSE INTERVAL 6 MONTH END;

-- rule: tarief_onder_wml
SELECT DISTINCT nr, NULL AS waarde FROM p JOIN minimumloon m ON m.van <= einde AND m.tot >= p.van
WHERE instrument IN ('flextensie', 'detachering') AND tarief < (SELECT max(list_max(cent)) FROM minimumloon)
    AND tarief < cent[least(greatest(coalesce(year(greatest(p.van, m.van)) - geboren - 1, 23), 15), 23) - 14];

-- rule: zwarte_lijst
WITH kanten AS (
    SELECT nr, van, einde, werkgever AS naam, kvk FROM p UNION ALL SELECT nr, van, einde, inlener, inlener_kvk FROM p)
SELECT nr, NULL AS waarde FROM kanten k JOIN lijst l ON k.kvk = l.kvk
WHERE greatest(k.van, l.van) <= least(einde, l.tot)
UNION
SELECT nr, NULL FROM kanten k JOIN lijst l ON k.naam = l.naam AND (k.kvk IS NULL OR l.kvk IS NULL)
WHERE greatest(k.van, l.van) <= least(einde, l.tot);
