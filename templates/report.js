/* Search, filter and sort the cases; case.js writes out those that stand compressed in the page. Every word comes from the page,
   and user text becomes a text node, never markup. */
(() => {
  "use strict";
  const PAGE = 100;
  const byId = (id) => document.getElementById(id);
  const form = byId("filter");
  if (!form) return;
  const words = JSON.parse(byId("woorden").textContent);
  const list = byId("lijst");
  const fold = (text) => (text || "").normalize("NFD").replace(/[\p{M}.,'’]/gu, "").toLowerCase();
  const { fill } = pictures;
  const { copy, put, plural, numbers, unpacked, dossier } = caseFiles(words);
  const written = new Map([...list.children].map((node) => [node.dataset.zaak, node]));
  let index = null;
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

  const agenciesOf = (one) => one.via.filter((at) => at !== null).map((at) => [index.bureaus[at], index.bureau_sleutels[at]]);

  function indexed() {
    const through = index.bureaus.map(fold);
    cases = index.zaken[0].match(/.{10}/g).map((sign, place) => {
      const rules = index.soort[place].split(" ").map(Number);
      const one = {
        place, rules, zaak: `${sign.slice(0, 5)}-${sign.slice(5)}`, via: index.via[place],
        werkgever: index.werkgever[place], functie: index.functie[place], gemeente: index.gemeente[place],
        kvk: index.kvk[place].split(" ").filter(Boolean), signalen: index.signalen[place], fase: index.fase[place],
        regel: rules.map((rule) => index.regels[rule]), norm: rules.map((rule) => index.normen[rule]),
        titels: rules.map((rule) => index.titels[rule]),
      };
      const agencies = one.via.map((at) => through[at]).join("\n");
      one.naar = fold(one.werkgever);
      one.werkt = fold(one.functie);
      one.namen = `${one.naar}\n${agencies}`;
      one.zoek = fold([one.zaak, one.werkgever, one.functie, one.gemeente, index.kvk[place], ...index.werkplekken[place],
        ...index.functies[place], index.nummers && index.nummers[place]].join(" ")) + `\n${agencies}`;
      return one;
    });
  }

  /* A case with its keys and every spelling of its names; of the other spellings null is the name in capitals. */
  function inFull(one) {
    const spelled = (name, others) => [name, ...others.map((other) => (other === null ? name.toUpperCase() : other))].filter(Boolean);
    const plek = index.plek[one.place] || index.kvk[one.place] || one.werkgever.toLowerCase();
    const keys = one.via.map((at) => (at === null ? plek : index.bureau_sleutels[at]));
    return {
      ...one, plek, bureaus: agenciesOf(one), sleutels: keys.length ? keys : [plek],
      werk: index.werk[one.place] || (one.functie || "").toLowerCase(),
      gebied: index.gemeente_sleutels[index.gemeenten.indexOf(one.gemeente)],
      werkplekken: spelled(one.werkgever, index.werkplekken[one.place]), functies: spelled(one.functie, index.functies[one.place]),
    };
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
      (!employer || one.namen.includes(employer)) &&
      terms.every((term) => one.zoek.includes(term));
  }

  const ORDERS = {
    werkgever: (a, b) => compare(a.naar, b.naar),
    functie: (a, b) => compare(a.werkt, b.werkt),
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
    else empty(node).replaceWith(...dossier(inFull(one), inside, titleOf(one)));
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
      if (one.namen.includes(part)) [one.werkgever, ...agenciesOf(one).map(([name]) => name)].filter((name) => fold(name).includes(part)).forEach((name) => names.add(name));
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

  read(byId("zaken-index")).then((found) => {
    index = found;
    indexed();
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
