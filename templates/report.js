/* Search, filter and sort the cases; draw the cases that stand compressed in the page. Every word comes from the page,
   and user text becomes a text node, never markup. */
(() => {
  "use strict";
  const PAGE = 100;
  const byId = (id) => document.getElementById(id);
  const form = byId("filter");
  if (!form) return;
  const words = JSON.parse(byId("woorden").textContent);
  const list = byId("lijst");
  const numbers = new Intl.NumberFormat(document.documentElement.lang);
  const fold = (text) => (text || "").normalize("NFD").replace(/[\p{M}.,'’]/gu, "").toLowerCase();
  const { fill, day, spoken, picture } = pictures;
  const plural = ([one, many], n) => fill(n === 1 ? one : many, { n: numbers.format(n) });
  const written = new Map([...list.children].map((node) => [node.dataset.zaak, node]));
  let cases = [];
  let matched = [];
  let limit = PAGE;

  /* A block is plain JSON, or JSON that was compressed because it is long. */
  async function read(block) {
    if (block.type === "application/json") return JSON.parse(block.textContent);
    const packed = atob(block.textContent.trim());
    const bytes = new Uint8Array(packed.length);
    for (let i = 0; i < packed.length; i += 1) bytes[i] = packed.charCodeAt(i);
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    return new Response(stream).json();
  }

  let reading = null;
  function details() {
    const block = byId("zaken-inhoud");
    if (!block) return null;
    reading = reading || read(block).then(unpacked);
    return reading;
  }

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
    let finding = 0;
    inside.first.forEach((start) => {
      while (finding < inside.of.length && inside.of[finding] < start) finding += 1;
      inside.found.push(finding);
    });
    return inside;
  }

  function indexed(index) {
    cases = index.zaak.map((zaak, place) => {
      const rules = index.soort[place].split(" ").map(Number);
      const one = {
        place, zaak, rules,
        werkgever: index.werkgever[place], functie: index.functie[place], gemeente: index.gemeente[place],
        kvk: index.kvk[place].split(" ").filter(Boolean), signalen: index.signalen[place], fase: index.fase[place],
        plek: index.plek[place] || index.kvk[place],
        sleutel: index.werk[place] || (index.functie[place] || "").toLowerCase(),
        regel: rules.map((rule) => index.regels[rule]), norm: rules.map((rule) => index.normen[rule]),
        titels: rules.map((rule) => index.titels[rule]),
      };
      one.naar = fold(one.werkgever);
      one.werk = fold(one.functie);
      one.zoek = fold([zaak, one.werkgever, one.functie, one.gemeente, index.kvk[place], index.zoek[place]].join(" "));
      return one;
    });
  }

  /* What was asked: the fields of the form that are filled in. */
  function asked() {
    return Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, value.trim()]).filter((pair) => pair[1]));
  }

  const PHASES = { voorgenomen: 1, lopend: 2, beeindigd: 4 };
  function fits(ask) {
    const terms = fold(ask.zoek).split(/\s+/).filter(Boolean);
    const employer = fold(ask.werkgever);
    return (one) =>
      (!ask.regel || one.regel.includes(ask.regel)) &&
      (!ask.norm || one.norm.includes(ask.norm)) &&
      (!ask.fase || one.fase & PHASES[ask.fase]) &&
      (!ask.gemeente || one.gemeente === ask.gemeente) &&
      (!employer || one.naar.includes(employer)) &&
      terms.every((term) => one.zoek.includes(term));
  }

  const ORDERS = {
    werkgever: (a, b) => compare(a.naar, b.naar),
    functie: (a, b) => compare(a.werk, b.werk),
    gemeente: (a, b) => compare(a.gemeente, b.gemeente),
    signalen: (a, b) => b.signalen - a.signalen,
    loopt: (a, b) => (b.fase & 3 ? 1 : 0) - (a.fase & 3 ? 1 : 0),
  };
  function compare(a, b) {
    if (a === b) return 0;
    if (!a || !b) return a ? -1 : 1;
    return a < b ? -1 : 1;
  }

  function apply() {
    const ask = asked();
    matched = cases.filter(fits(ask));
    const order = ORDERS[ask.volgorde];
    if (order) matched.sort((a, b) => order(a, b) || a.place - b.place);
    limit = Object.keys(ask).length ? PAGE : Math.max(PAGE, written.size);
    draw();
    const state = new URLSearchParams(ask).toString();
    if (state !== now()) history.replaceState(null, "", state ? "#" + state : location.pathname + location.search);
  }

  const now = () => (location.hash.includes("=") ? location.hash.slice(1) : "");

  function draw() {
    const nodes = matched.slice(0, limit).map(nodeOf);
    if (nodes.length !== list.children.length || nodes.some((node, place) => node !== list.children[place])) list.replaceChildren(...nodes);
    const shown = Math.min(limit, matched.length);
    const parts = [fill(words.getoond, { x: numbers.format(shown), y: numbers.format(words.zaken) })];
    if (shown < matched.length) parts.push(fill(words.passen, { m: numbers.format(matched.length) }));
    if (cases.length < words.zaken) parts.push(fill(words.begrensd, { n: numbers.format(cases.length) }));
    if (words.grote) parts.push(words.grote);
    byId("stand").textContent = parts.join(" ");
    byId("geen").hidden = matched.length > 0;
    const more = byId("meer");
    more.hidden = shown === matched.length;
    more.textContent = fill(words.meer, { n: numbers.format(Math.min(PAGE, matched.length - shown)) });
  }

  function nodeOf(one) {
    if (!written.has(one.zaak)) written.set(one.zaak, folded(one));
    return written.get(one.zaak);
  }

  const pictureOf = (one, rows) => picture(copy("vorm-tijdlijn"), rows, titleOf(one), words);
  const copy = (id) => byId(id).content.firstElementChild.cloneNode(true);
  const put = (node, slot, text) => { node.querySelector(`[data-vul="${slot}"]`).textContent = text; };

  function titleOf(one) {
    const name = one.functie && one.werkgever ? "beide" : one.functie ? "functie" : one.werkgever ? "werkgever" : "geen";
    return fill(words.titel[name], one);
  }

  /* A case that stands compressed in the page, folded up. */
  function folded(one) {
    const node = copy("vorm-zaak");
    node.dataset.zaak = one.zaak;
    put(node, "titel", titleOf(one));
    put(node, "signalen", plural(words.signalen, one.signalen));
    put(node, "fase", one.fase & 3 ? words.loopt : words.beeindigd);
    put(node, "zaak", fill(words.zaak, one));
    const rules = node.querySelector(".case-rules");
    one.titels.forEach((title) => rules.append(Object.assign(document.createElement("span"), { textContent: title }), " "));
    node.querySelector("h3").id = "kop-" + one.zaak;
    const inside = node.querySelector("article");
    inside.id = "zaak-" + one.zaak;
    inside.setAttribute("aria-labelledby", "kop-" + one.zaak);
    return node;
  }

  const caseOf = (zaak) => cases.find((one) => one.zaak === zaak);
  const empty = (node) => node.querySelector(".unwritten");

  async function unfold(node) {
    const before = empty(node);
    if (!before || !byId("zaken-inhoud")) return;
    const inside = await details();
    const one = caseOf(node.dataset.zaak);
    if (!empty(node)) return;
    if (inside.first[one.place] === inside.first[one.place + 1]) empty(node).textContent = fill(words.teGroot, one);
    else empty(node).replaceWith(...dossier(one, inside));
  }

  function dossier(one, inside) {
    const from = inside.first[one.place];
    const to = inside.first[one.place + 1];
    const rows = [];
    for (let row = from; row < to; row += 1) rows.push(placement(inside, row));
    const found = [];
    for (let place = inside.found[one.place]; place < inside.found[one.place + 1]; place += 1) {
      const rule = inside.soort[place];
      const at = inside.eerste[rule] + inside.zin[place];
      const [row, said] = [rows[inside.of[place] - from], inside.zinnen[at]];
      const arose = inside.ontstaan[place] === null ? null : inside.ontstaan[place] + row.start;
      const value = measure(inside.gemeten[at], row.end, said);
      const limit = measure(inside.grens[at], arose - 1, said);
      found.push({ rule, row, said, arose, value, limit, decision: inside.decided.get(place) });
      row.signals += 1;
      if (words.grensregels.includes(rule)) row.limits.push({ arose, limit });
      if (words.lijstregels.includes(rule)) row.listed.push({ arose, limit });
    }
    const facts = copy("vorm-feiten");
    facts.prepend(...one.kvk.map((number) => Object.assign(document.createElement("li"), { textContent: fill(words.kvk, { nummer: number }) })));
    put(facts, "plaatsingen", plural(words.plaatsingen, rows.length));
    put(facts, "kandidaten", plural(words.kandidaten, new Set(rows.map((row) => row.candidate)).size));
    put(facts, "signalen", `${plural(words.signalen, one.signalen)} ${plural(words.vanRegels, new Set(one.regel).size)}`);
    put(facts, "fase", one.fase & 3 ? words.loopt : words.alleBeeindigd);
    facts.querySelector("a").href = "#zaak-" + one.zaak;
    const norms = ["wet", "beleid", "signaal"];
    const weight = (rule) => norms.indexOf(one.norm[one.rules.indexOf(rule)]);
    const rules = [...one.rules].sort((a, b) => weight(a) - weight(b) || a - b).map((rule) => ruled(rule, found.filter((finding) => finding.rule === rule)));
    return [facts, pictureOf(one, rows), ...rules, evidence(one, rows), copy("vorm-reactie")];
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

  function placement(inside, row) {
    const start = inside.begin[row];
    return {
      id: inside.id[row], candidate: inside.kandidaat[row], instrument: words.instrumenten[inside.instrument[row]],
      start, end: inside.duur[row] === null ? null : start + inside.duur[row],
      row: inside.rij[row], file: inside.bestanden[inside.bestand[row]], signals: 0, limits: [], listed: [],
      odd: inside.odd.get(row) || [],
    };
  }

  function inWords(number) {
    const [at, month, year] = day(number).split("-").map(Number);
    return `${at} ${words.maanden[month - 1]} ${year}`;
  }

  const phase = (row) => words.fasen[row.start > words.dag ? 0 : row.end === null || row.end >= words.dag ? 1 : 2];
  const origin = (row) => fill(words.herkomst, { bestand: row.file, rij: row.row });

  function ruled(rule, found) {
    const node = copy("vorm-regel-" + rule);
    const spot = node.querySelector(".found");
    found.forEach((finding) => {
      const item = copy("vorm-bevinding");
      const later = finding.arose > words.dag;
      put(item, "zin", (later ? fill(words.alsNog, { dag: inWords(finding.arose) }) + " " : "") + finding.said);
      put(item, "bron", [origin(finding.row), fill(words.plaatsing, { nummer: finding.row.id }),
        ...(finding.value ? [fill(words.gemeten, { waarde: finding.value })] : []),
        ...(finding.limit ? [fill(words.grensVan, { grens: finding.limit })] : []),
        ...(finding.arose === null ? [] : [fill(later ? words.begint : words.ontstaan, { dag: day(finding.arose) })])].join(" · "));
      const odd = finding.row.odd.map((said) => Object.assign(document.createElement("p"), { className: "small", textContent: said }));
      item.querySelector(".decision").before(...odd);
      if (finding.decision) put(item, "besluit", finding.decision);
      else item.querySelector(".decision").remove();
      spot.append(item);
    });
    return node;
  }

  function evidence(one, rows) {
    const node = copy("vorm-bronrijen");
    put(node, "aantal", plural(words.bronrijen, rows.length));
    node.querySelector(".scroll").setAttribute("aria-label", fill(words.bronrijenVan, one));
    put(node, "sleutels", fill(words.sleutels, { plek: one.plek || "–", werk: one.sleutel || "–" }));
    const body = node.querySelector("tbody");
    rows.forEach((row) => {
      const line = body.insertRow();
      const head = document.createElement("th");
      head.scope = "row";
      head.textContent = row.id;
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

  /* The address: #regel=…&fase=… is a filtered view, #zaak-… one case, opened. */
  function follow() {
    const zaak = location.hash.startsWith("#zaak-") && location.hash.slice(6);
    if (caseOf(zaak)) show(zaak);
    else if (location.hash.includes("=") || !location.hash) restore(new URLSearchParams(now()));
  }

  function restore(state) {
    [...form.elements].filter((field) => field.name).forEach((field) => {
      const value = state.get(field.name) || "";
      const known = field.tagName !== "SELECT" || [...field.options].some((option) => option.value === value);
      field.value = known ? value : "";
    });
    apply();
  }

  function show(zaak) {
    if (!matched.slice(0, limit).some((one) => one.zaak === zaak)) {
      const hash = location.hash;
      restore(new URLSearchParams());
      if (caseOf(zaak).place >= limit) restore(new URLSearchParams({ zoek: zaak }));
      history.replaceState(null, "", hash);
    }
    const node = written.get(zaak);
    node.open = true;
    unfold(node).then(() => {
      node.scrollIntoView();
      node.querySelector("summary").focus({ preventScroll: true });
    });
  }

  function suggest() {
    const part = fold(form.elements.werkgever.value);
    const names = new Set();
    for (const one of cases) {
      if (one.werkgever && one.naar.includes(part)) names.add(one.werkgever);
      if (names.size >= 20) break;
    }
    byId("werkgevers").replaceChildren(...[...names].map((name) => Object.assign(document.createElement("option"), { value: name })));
  }

  /* Numbers of candidates and placements stand with the findings: a search with digits waits for those once. */
  let numbered = false;
  async function searchable() {
    if (numbered || !/\d/.test(form.elements.zoek.value) || !byId("zaken-inhoud")) return;
    const inside = await details();
    if (numbered) return;
    numbered = true;
    cases.forEach((one) => {
      const from = inside.first[one.place];
      const to = inside.first[one.place + 1];
      one.zoek += fold([" ", ...inside.kandidaat.slice(from, to), ...inside.id.slice(from, to)].join(" "));
    });
    apply();
  }

  function listen() {
    form.addEventListener("input", () => { apply(); suggest(); searchable(); });
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("reset", (event) => { event.preventDefault(); restore(new URLSearchParams()); });
    byId("alles-open").addEventListener("click", () => [...list.children].forEach((node) => { node.open = true; }));
    byId("alles-dicht").addEventListener("click", () => [...list.children].forEach((node) => { node.open = false; }));
    byId("meer").addEventListener("click", () => {
      const first = matched[limit];
      limit += PAGE;
      draw();
      nodeOf(first).querySelector("summary").focus();
    });
    list.addEventListener("toggle", (event) => { if (event.target.open && event.target.dataset.zaak) unfold(event.target); }, true);
    document.addEventListener("click", (event) => {
      const link = event.target.closest("a[href^='#zaak-']");
      if (link && link.hash === location.hash) show(link.hash.slice(6));
    });
    addEventListener("hashchange", follow);
    addEventListener("beforeprint", () => {
      if (!reading) return;
      [...list.children].forEach(unfold);
    });
  }

  read(byId("zaken-index")).then((index) => {
    indexed(index);
    listen();
    matched = cases;
    limit = Math.max(PAGE, written.size);
    draw();
    suggest();
    follow();
    form.hidden = false;
    document.documentElement.dataset.klaar = "ja";
    if (byId("zaken-inhoud")) setTimeout(details, 2000);
  });
})();
