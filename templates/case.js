/* A case that stands compressed in the page, written out as the cases that stand in it (dossier.html.j2). Every word
   comes from the page, and user text becomes a text node, never markup. */
const caseFiles = (words) => {
  "use strict";
  const MOST = 12;
  const { fill, day, spoken, picture } = pictures;
  const numbers = new Intl.NumberFormat(document.documentElement.lang);
  const plural = ([one, many], n) => fill(n === 1 ? one : many, { n: numbers.format(n) });
  const copy = (id) => document.getElementById(id).content.firstElementChild.cloneNode(true);
  const slotOf = (node, slot) => node.querySelector(`[data-vul="${slot}"]`);
  const put = (node, slot, text) => { slotOf(node, slot).textContent = text; };
  const element = (name, textContent, className = "") => Object.assign(document.createElement(name), { textContent, className });
  const code = (text) => element("code", text || "–");

  /* A column of steps as the numbers that they lead to. */
  const walked = (steps) => { let at = 0; return steps.map((step) => { at += step; return at; }); };

  /* Where every case begins in the columns of placements and findings, and which placement a finding is about. */
  function unpacked(inside) {
    inside.first = [];
    inside.found = [];
    let row = 0;
    inside.aantal.forEach((number) => { inside.first.push(row); row += number; });
    inside.first.push(row);
    inside.begin = walked(inside.begin);
    inside.of = walked(inside.plaatsing);
    inside.decided = new Map(walked(inside.besloten).map((place, at) => [place, inside.besluiten[inside.besluit[at]]]));
    inside.odd = new Map(walked(inside.opgemerkt).map((place, at) => [place, inside.opmerkingen[inside.opmerking[at]].split("\x1f")]));
    inside.before = linked(inside);
    inside.merged = new Map();
    walked(inside.samengevoegd).forEach((place, at) => {
      inside.merged.set(place, [...(inside.merged.get(place) || []), inside.aliassen[inside.alias[at]]]);
    });
    let finding = 0;
    inside.first.forEach((start) => {
      while (finding < inside.of.length && inside.of[finding] < start) finding += 1;
      inside.found.push(finding);
    });
    return inside;
  }

  /* Per rule the placement that each placement follows on. */
  function linked(inside) {
    const places = walked(inside.volger);
    let at = 0;
    return inside.volgers.map((many) => {
      const from = at;
      at += many;
      return new Map(places.slice(from, at).map((place, step) => [place, place - inside.terug[from + step]]));
    });
  }

  function dossier(one, inside, title) {
    const from = inside.first[one.place];
    const to = inside.first[one.place + 1];
    const rows = [];
    for (let row = from; row < to; row += 1) rows.push(placement(inside, row));
    const found = [];
    for (let place = inside.found[one.place]; place < inside.found[one.place + 1]; place += 1) found.push(finding(inside, place, rows, from));
    found.forEach(({ rule, row, arose, limit }) => {
      row.signals += 1;
      if (words.grensregels.includes(rule)) row.limits.push({ arose, limit });
      if (words.lijstregels.includes(rule)) row.listed.push({ arose, limit });
    });
    const perRule = one.rules.map((rule) => [rule, found.filter((finding) => finding.rule === rule)]);
    perRule.filter(([rule]) => words.rijregels.includes(rule)).forEach(([, some]) => some.forEach(numbered));
    return [facts(one, rows), picture(copy("vorm-tijdlijn"), rows, title, words), ...perRule.map(([rule, some]) => ruled(rule, some)),
      evidence(one, rows, inside), copy("vorm-reactie")];
  }

  function placement(inside, row) {
    const start = inside.begin[row];
    return {
      id: inside.id[row], candidate: inside.kandidaat[row], instrument: words.instrumenten[inside.instrument[row]],
      start, end: inside.duur[row] === null ? null : start + inside.duur[row],
      row: inside.rij[row], file: inside.bestanden[inside.bestand[row]], signals: 0, limits: [], listed: [],
      odd: inside.odd.get(row) || [],
    };
  }

  function finding(inside, place, rows, from) {
    const rule = inside.soort[place];
    const at = inside.eerste[rule] + inside.zin[place];
    const [row, said] = [rows[inside.of[place] - from], inside.zinnen[at]];
    const arose = inside.ontstaan[place] === null ? null : inside.ontstaan[place] + row.start;
    const before = [];
    for (let back = inside.before[rule].get(inside.of[place]); back !== undefined; back = inside.before[rule].get(back)) before.push(rows[back - from]);
    return {
      rule, row, said, arose, before: before.reverse(), decision: inside.decided.get(place),
      value: measure(inside.gemeten[at], row.end, said), limit: measure(inside.grens[at], arose - 1, said),
    };
  }

  /* A measure: a text, a day that is known (null), or one of the figures and days in its sentence. */
  const FIGURES = /\d{1,2} \p{L}+ \d{4}|\d[\d.,]*\d|\d/gu;
  function measure(text, known, said) {
    if (text === null) return day(known);
    if (text[0] !== "\0") return text;
    const figure = said.match(FIGURES)[text.slice(1)];
    const [at, month, year] = figure.split(" ");
    return year ? day(Date.UTC(year, words.maanden.indexOf(month), at) / 86400000) : figure;
  }

  /* The places in a row of successors, in which a placement has but one. */
  function numbered({ row, before }) {
    if (before.length) [...before, row].forEach((one, place) => { one.number = one.number || place + 1; });
  }

  function facts(one, rows) {
    const node = copy("vorm-feiten");
    const through = one.bureaus.map(([name, key]) => {
      const item = element("li", fill(words.via, { werkgever: name }) + " (");
      item.append(code(key), ")");
      return item;
    });
    node.prepend(...one.kvk.map((number) => element("li", fill(words.kvk, { nummer: number }))), ...through);
    put(node, "plaatsingen", plural(words.plaatsingen, rows.length));
    put(node, "kandidaten", plural(words.kandidaten, new Set(rows.map((row) => row.candidate)).size));
    put(node, "signalen", `${plural(words.signalen, one.signalen)} ${plural(words.vanRegels, new Set(one.regel).size)}`);
    put(node, "fase", one.fase & 3 ? words.loopt : words.alleBeeindigd);
    node.querySelector("a").href = "#zaak-" + one.zaak;
    return node;
  }

  function inWords(number) {
    const [at, month, year] = day(number).split("-").map(Number);
    return `${at} ${words.maanden[month - 1]} ${year}`;
  }

  const outside = (row) => {
    if (!words.periode) return "";
    if (row.start >= words.periode[1]) return ", " + words.buitenPeriode;
    return row.end !== null && row.end < words.periode[0] ? ", " + words.voorgeschiedenis : "";
  };
  const phase = (row) => words.fasen[row.start > words.dag ? 0 : row.end === null || row.end >= words.dag ? 1 : 2] + outside(row);
  const origin = (row) => fill(words.herkomst, { bestand: row.file, rij: row.row });

  function ruled(rule, found) {
    const node = copy("vorm-regel-" + rule);
    if (found.length > 1) put(node, "aantal", "· " + plural(words.signalen, found.length));
    else slotOf(node, "aantal").remove();
    node.querySelector(".found").append(...found.map((finding, place) => told(finding, found[place - 1])));
    return node;
  }

  function told(finding, previous) {
    const item = copy("vorm-bevinding");
    const later = finding.arose > words.dag;
    put(item, "zin", (later ? fill(words.alsNog, { dag: inWords(finding.arose) }) + " " : "") + finding.said);
    put(item, "bron", [origin(finding.row), fill(words.plaatsing, { nummer: finding.row.id }),
      ...(finding.value ? [fill(words.gemeten, { waarde: finding.value })] : []),
      ...(finding.limit ? [fill(words.grensVan, { grens: finding.limit })] : []),
      ...(finding.arose === null ? [] : [fill(later ? words.begint : words.ontstaan, { dag: day(finding.arose) })])].join(" · "));
    item.querySelector(".decision").before(...finding.row.odd.map((said) => element("p", said, "small")));
    if (finding.decision) put(item, "besluit", finding.decision);
    else item.querySelector(".decision").remove();
    item.append(...earlier(finding.before, previous ? previous.before : []));
    return item;
  }

  /* The whole row of earlier placements stands at its first finding; the next one in the same row names the last. */
  function earlier(before, previous) {
    if (!before.length) return [];
    const head = (textContent) => Object.assign(copy("vorm-eerder-kop"), { textContent });
    if (previous[0] === before[0]) return [head(`${words.komtNa} ${inRow(before.at(-1))}`)];
    const near = before.slice(-MOST);
    const part = near.length < before.length ? " " + fill(words.deelGetoond, { x: numbers.format(near.length), y: numbers.format(before.length) }) : "";
    const list = copy("vorm-eerder");
    list.append(...near.map((row) => element("li", inRow(row))));
    return [head(words.eerderInRij + part), list];
  }

  function inRow(row) {
    const days = fill(words.eerder[row.end === null ? 1 : 0], { begin: day(row.start), einde: row.end === null ? "" : day(row.end) });
    return `${row.candidate}, ${spoken(row.instrument)}, ${days} (${origin(row)})`;
  }

  function evidence(one, rows, inside) {
    const node = copy("vorm-bronrijen");
    put(node, "aantal", plural(words.bronrijen, rows.length));
    node.querySelector(".scroll").setAttribute("aria-label", fill(words.bronrijenVan, one));
    named(node, one, inside.merged.get(one.place));
    const body = node.querySelector("tbody");
    rows.forEach((row) => {
      const line = body.insertRow();
      const head = element("th", row.id);
      head.scope = "row";
      line.append(head);
      [row.candidate, spoken(row.instrument), day(row.start), row.end === null ? words.open : day(row.end), phase(row), row.signals, row.file, row.row]
        .forEach((value, place) => {
          const cell = line.insertCell();
          cell.textContent = value;
          if (place === 5 || place === 7) cell.className = "n";
        });
    });
    return node;
  }

  /* The keys of a case, what was decided on its names, and every way in which those are written. */
  function named(node, one, merged) {
    put(node, "gemeente", one.gebied || "–");
    put(node, "werkplek", one.plek || "–");
    put(node, "functie", one.werk || "–");
    slotOf(node, "werkgevers").append(...one.sleutels.flatMap((key, place) => (place ? [", ", code(key)] : [code(key)])));
    if (merged) put(node, "aliassen", merged.join("; "));
    else slotOf(node, "aliassen").parentNode.remove();
    put(node, "werkplekken", one.werkplekken.join(" · ") || "–");
    put(node, "functies", one.functies.join(" · ") || "–");
  }

  return { copy, put, plural, numbers, unpacked, dossier };
};
