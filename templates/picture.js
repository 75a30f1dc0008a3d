/* The placements of a case in time, drawn as the pictures that stand in the page (page/timeline.py): a lane per
   candidate, a bar per placement. Every word comes from the page, and user text becomes a text node, never markup. */
const pictures = (() => {
  "use strict";
  const DAY = 86400000;
  const [LEFT, RIGHT, TOP, BAR, STEP, LIMIT_LINE] = [150, 896, 54, 22, 36, 16];
  const [CHARACTER, NARROW, OPEN, SHORTEST, LONGEST_LABEL] = [8, 4, 26, 28, 18];
  const TICKS = [[0, 7, 52], [1, 0, 36], [3, 0, 36], [6, 0, 36], [12, 0, 44], [24, 0, 44], [60, 0, 44], [120, 0, 44]];

  const fill = (text, holes) => text.replace(/\{(\w+)\}/g, (_all, name) => holes[name]);
  const dateOf = (number) => new Date(number * DAY);
  const day = (number) => dateOf(number).toISOString().slice(0, 10).split("-").reverse().join("-");
  const numberOf = (text) => Date.UTC(...text.split("-").reverse().map((part, place) => part - (place === 1 ? 1 : 0))) / DAY;
  const spoken = (name) => name.replaceAll("_", " ");

  function svg(name, attributes, text) {
    const node = document.createElementNS("http://www.w3.org/2000/svg", name);
    Object.entries(attributes).forEach(([key, value]) => node.setAttribute(key, value));
    if (text !== undefined) node.textContent = text;
    return node;
  }
  const line = (name, x, top, end) => svg("line", { class: name, x1: x, x2: x, y1: top, y2: end });
  const level = (name, y, from, to) => svg("line", { class: name, x1: from, x2: to, y1: y, y2: y });
  const centred = (x, text) => Math.min(Math.max(x, LEFT + (text.length * CHARACTER) / 2), RIGHT - (text.length * CHARACTER) / 2);

  /* First and last day, with the reference date where it lies near enough to be drawn. */
  function rangeOf(rows, today) {
    let low = Math.min(...rows.map((row) => row.start));
    let high = Math.max(...rows.map((row) => row.last)) + 1;
    const half = Math.floor(Math.max(high - low, SHORTEST) / 2);
    if (low - half <= today && today <= high + half) [low, high] = [Math.min(low, today), Math.max(high, today + 1)];
    const span = Math.max(high - low, SHORTEST);
    const room = Math.max(Math.floor((span * 3) / 100), 1);
    const tail = rows.some((row) => row.end === null) ? Math.floor((span * 5) / 100) + 1 : room;
    return [low - room, low + span + tail];
  }

  /* A lane per candidate in order of first start; who is placed twice at once takes two tracks of it. */
  function lanesOf(rows) {
    const lanes = new Map();
    rows.forEach((row) => {
      const tracks = lanes.get(row.candidate) || [];
      lanes.set(row.candidate, tracks);
      const free = tracks.find((track) => track.at(-1).end !== null && track.at(-1).last < row.start);
      if (free) free.push(row);
      else tracks.push([row]);
    });
    let y = TOP;
    return [...lanes].map(([name, tracks]) => {
      const top = y;
      tracks.forEach((track) => {
        track.forEach((row) => { row.y = y + (STEP - BAR) / 2; });
        y += STEP + (track.some((row) => row.marks.size) ? LIMIT_LINE : 0);
      });
      return { name, top, bottom: y };
    });
  }

  /* The axis in the finest step whose labels fit. */
  function axis(image, [low, high], scale, top, y, words) {
    const perDay = (RIGHT - LEFT) / (high - low);
    const [months, days] = TICKS.find((step) => (step[0] * 30.4 + step[1]) * perDay >= step[2]) || TICKS.at(-1);
    const label = (date) => (months >= 12 ? date.getUTCFullYear() : (months ? "" : date.getUTCDate() + " ") + words.kort[date.getUTCMonth()]);
    const years = [];
    ticks(low, high, months, days).forEach((number) => {
      const [x, year] = [scale(number), dateOf(number).getUTCFullYear()];
      image.append(line(months >= 12 ? "year-tick" : "tick", x, top, y + 5));
      image.append(svg("text", { class: months >= 12 ? "year" : "tick-label", x, y: y + 19 }, label(dateOf(number))));
      if (years.length && years.at(-1).year === year) return;
      if (years.length && x - years.at(-1).x < 44) years.pop();
      years.push({ x, year });
    });
    if (months < 12) image.append(...years.map((one) => svg("text", { class: "year", x: one.x, y: y + 36 }, one.year)));
  }

  function ticks(low, high, months, days) {
    const [first, last] = [low, high].map((number) => dateOf(number).getUTCFullYear() * 12 + dateOf(number).getUTCMonth());
    const found = [];
    /* the fifth day of 1970 was a Monday */
    if (days) for (let at = Math.ceil((low - 4) / 7) * 7 + 4; at <= high; at += 7) found.push(at);
    else for (let month = Math.ceil(first / months) * months; month <= last; month += months) found.push(Date.UTC(Math.floor(month / 12), month % 12, 1) / DAY);
    return found.filter((at) => at >= low);
  }

  function bar(row, scale, today, words) {
    const planned = row.start > today;
    const group = svg("g", { class: `bar ${row.instrument}${planned ? " planned" : ""}` });
    const x = scale(row.start);
    const width = Math.max(scale(row.last + 1) - x, NARROW);
    const [end, box] = [x + width, { x, y: row.y, width, height: BAR }];
    const until = row.end === null ? words.open : day(row.end);
    const number = row.number ? [fill(words.opRij, { n: row.number })] : [];
    group.append(svg("title", {}, [`${row.candidate}, ${spoken(row.instrument)}, ${day(row.start)} – ${until}`, ...number].join(" · ")));
    if (row.end === null) group.append(svg("path", { class: "open", d: `M${end} ${row.y}H${Math.min(end + OPEN, RIGHT)}M${end} ${row.y + BAR}H${Math.min(end + OPEN, RIGHT)}` }));
    group.append(svg("rect", { class: "body", ...box }), svg("rect", { class: "texture", ...box, fill: `url(#t-${row.instrument})` }));
    if (row.past !== undefined) {
      const past = Math.max(x, scale(row.past));
      group.append(svg("rect", { class: "past", ...box, x: past, width: Math.max(end - past, NARROW), fill: "url(#t-past)" }));
    }
    if (row.signals) group.append(level("under", row.y + BAR + 3, x, end));
    if (row.number) {
      const [at, middle] = [x + Math.min(13, width / 2), row.y + BAR / 2];
      group.append(svg("circle", { class: "badge", cx: at, cy: middle, r: 9 }), svg("text", { class: "number", x: at, y: middle + 4.2 }, row.number));
    }
    return group;
  }

  /* The days to mark, with their labels: where a limit was passed, and from when the employer was on a list. */
  function marked(row, words, low, high) {
    const during = (given) => given.filter((one) => one.arose !== null && one.arose <= row.last);
    const mark = (given, text, later) => during(given).forEach(({ limit }) => {
      const at = numberOf(limit) + later;
      if (at >= low && at <= high && !row.marks.has(at)) row.marks.set(at, fill(text, { dag: limit }));
    });
    row.marks = new Map();
    mark(row.limits, words.grens, 1);
    mark(row.listed, words.lijstSinds, 0);
    row.past = during(row.limits).map((one) => one.arose).sort((a, b) => a - b)[0];
  }

  /* Where labels would touch, the later mark is left out. */
  function limits(row, scale, taken) {
    const marks = [];
    const spots = taken.get(row.y) || [];
    taken.set(row.y, spots);
    [...row.marks].sort(([a], [b]) => a - b).forEach(([arose, text]) => {
      const [x, y] = [scale(arose), row.y + BAR];
      const width = text.length * CHARACTER + 8;
      const left = x - width >= LEFT;
      const [from, to] = left ? [x - width, x] : [x, x + width];
      if (spots.some(([begin, end]) => from < end && begin < to)) return;
      spots.push([from, to]);
      marks.push(line("limit", x, y - BAR - 4, y + 8));
      marks.push(svg("text", { class: "limit-label", x: x + (left ? -4 : 4), y: y + 17, "text-anchor": left ? "end" : "start" }, text));
    });
    return marks;
  }

  /* The figure, drawn into a copy of its form: what the marks mean stands in the form, for as far as they are there. */
  function picture(figure, rows, title, words) {
    const today = words.dag;
    rows.forEach((row) => {
      row.last = row.end === null ? Math.max(row.start, today) : row.end;
    });
    const [low, high] = rangeOf(rows, today);
    rows.forEach((row) => marked(row, words, low, high));
    const scale = (number) => LEFT + ((Math.min(Math.max(number, low), high) - low) * (RIGHT - LEFT)) / (high - low);
    const lanes = lanesOf(rows);
    const bottom = lanes.at(-1).bottom;
    const strip = rows.length > 1 ? 16 : 0;
    const image = svg("svg", { class: "drawing", viewBox: `0 0 920 ${bottom + strip + 44}`, role: "img", "aria-label": fill(words.tijdlijn, { zaak: title }) });
    if (words.periode && words.periode[1] > low && words.periode[0] < high) {
      const [first, final] = words.periode.map(scale);
      image.append(svg("rect", { class: "band", x: first, y: TOP - 6, width: final - first, height: bottom - TOP + 6 }));
      image.append(svg("text", { class: "band-label", x: centred((first + final) / 2, words.getoetst), y: 16 }, words.getoetst));
    }
    axis(image, [low, high], scale, TOP - 6, bottom + strip, words);
    lanes.forEach((lane) => {
      const short = lane.name.length > LONGEST_LABEL ? lane.name.slice(0, LONGEST_LABEL - 1) + "…" : lane.name;
      image.append(svg("text", { x: 0, y: lane.top + 22.5 }, short), level("lane-line", lane.bottom, 0, RIGHT));
    });
    if (strip) {
      image.append(svg("text", { class: "strip-label", x: 0, y: bottom + 14 }, words.bezet));
      rows.forEach((row) => image.append(svg("rect", { class: "occupied", x: scale(row.start), y: bottom + 5, width: Math.max(scale(row.last + 1) - scale(row.start), 1), height: 8 })));
    }
    if (today >= low && today < high) {
      const label = fill(words.peildatum, { dag: day(today) });
      image.append(line("day", scale(today + 1), 38, bottom), svg("text", { class: "day-label", x: centred(scale(today + 1), label), y: 34 }, label));
    }
    const taken = new Map();
    image.append(...rows.map((row) => bar(row, scale, today, words)), ...rows.flatMap((row) => limits(row, scale, taken)));
    figure.querySelector(".scroll").append(image);
    explain(figure.querySelector(".legend"), rows, today);
    return figure;
  }

  function explain(legend, rows, today) {
    const there = {
      nummer: rows.some((row) => row.number),
      signaal: rows.some((row) => row.signals), bezet: rows.length > 1, grens: rows.some((row) => row.past !== undefined),
      begint: rows.some((row) => row.start > today), open: rows.some((row) => row.end === null),
    };
    legend.querySelectorAll("[data-als]").forEach((item) => { if (!there[item.dataset.als]) item.remove(); });
    const instruments = [...new Set(rows.map((row) => row.instrument))].map((name) => {
      const item = document.createElement("li");
      const mark = svg("svg", { class: "bar " + name, width: 28, height: 14, "aria-hidden": "true" });
      const box = { x: 1, y: 1, width: 26, height: 12 };
      mark.append(svg("rect", { class: "body", ...box }), svg("rect", { ...box, fill: `url(#t-${name})` }));
      item.append(mark, spoken(name));
      return item;
    });
    legend.prepend(...instruments);
  }

  return { fill, day, spoken, picture };
})();
