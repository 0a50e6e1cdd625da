// The language switch of every page, and the list on the overview. Plain script: the pages open from a folder.
"use strict";
(() => {
  const root = document.documentElement;
  root.classList.add("script");
  const stored = {
    get() { try { return localStorage.getItem("tracker-language"); } catch { return null; } },
    set(code) { try { localStorage.setItem("tracker-language", code); } catch { /* A browser may keep nothing for files. */ } },
  };
  const asked = new URLSearchParams(location.search).get("language") || stored.get();
  // Before the page is painted, so that it does not flash in another language.
  if (asked && /^[a-z]{2}$/.test(asked)) root.lang = asked;

  const all = (selector, within = document) => Array.from(within.querySelectorAll(selector));

  function speak(code) {
    const button = document.querySelector(`[data-language="${code}"]`);
    if (!button) return speak(document.body.dataset.first);
    root.lang = code;
    root.dir = button.dir;
    for (const other of all("[data-language]")) other.setAttribute("aria-pressed", String(other === button));
    // The heading holds every language, and its shown part is what the page is called.
    document.title = document.querySelector("h1").innerText;
    document.dispatchEvent(new Event("speak"));
  }

  function choose(code) {
    stored.set(code);
    speak(code);
  }

  // Where a browser keeps nothing for files, the links carry the language on.
  function carry(event) {
    const link = event.target.closest && event.target.closest("a[href]");
    if (!link || link.origin !== location.origin || link.protocol !== location.protocol) return;
    const first = root.lang === document.body.dataset.first && !location.search;
    const within = link.pathname === location.pathname && link.search === location.search;
    if (stored.get() || first || within) return;
    const url = new URL(link.href);
    url.searchParams.set("language", root.lang);
    link.href = url.href;
  }

  // On paper nothing can be unfolded.
  let opened = [];
  function unfold() {
    opened = all("details:not([open])");
    for (const one of opened) one.open = true;
  }
  function fold() {
    for (const one of opened) one.open = false;
    opened = [];
  }

  document.addEventListener("DOMContentLoaded", () => {
    speak(root.lang);
    for (const button of all("[data-language]")) button.addEventListener("click", () => choose(button.dataset.language));
    document.addEventListener("click", carry, true);
    document.addEventListener("auxclick", carry, true);
    addEventListener("beforeprint", unfold);
    addEventListener("afterprint", fold);
    if (document.getElementById("finder")) load("data.js", () => finder(window.tracker));
  });

  function load(file, then) {
    const script = document.createElement("script");
    script.src = file;
    script.onload = then;
    document.head.append(script);
  }

  const STEP = 25;

  function finder(data) {
    const form = document.getElementById("finder");
    const results = document.getElementById("results");
    const found = document.getElementById("found");
    const more = document.getElementById("more");
    const fields = form.elements;
    const filters = { status: "statuses", addressee: "addressees", mandate: "mandates", country: "countries", report: "cycles" };
    const used = usedStatuses(data);
    const addresseesOf = addresseesOfEntries(data);
    let matches = [];
    let shown = 0;
    let waiting = 0;

    const here = (words) => (typeof words === "object" && !Array.isArray(words) ? words[root.lang] : words);
    const word = (key, values = {}) =>
      data.words[root.lang][key].replace(/\{(\w+)\}/g, (_, name) => Number(values[name]).toLocaleString("en"));

    function options() {
      for (const [name, list] of Object.entries(filters)) {
        const select = fields[name];
        const chosen = select.value;
        const made = data.ids[list].map((id, at) => [id, here(data.names[list][at]), at]);
        const kept = name === "status" ? made.filter(([, , at]) => used[fields.kind.value].has(at)) : made;
        if (name === "country" || name === "addressee") kept.sort((a, b) => a[1].localeCompare(b[1], root.lang));
        select.replaceChildren(new Option(word("all"), ""), ...kept.map(([id, label]) => new Option(label, id)));
        select.value = kept.some(([id]) => id === chosen) ? chosen : "";
      }
    }

    function chosen() {
      const at = (name) => (fields[name].value ? data.ids[filters[name]].indexOf(fields[name].value) : -1);
      return {
        kind: fields.kind.value,
        terms: folded(fields.q.value).split(" ").filter(Boolean),
        status: at("status"), addressee: at("addressee"), mandate: at("mandate"), country: at("country"), report: at("report"),
        from: Number(fields.from.value) || 0, to: Number(fields.to.value) || 9999,
        dated: Boolean(fields.from.value || fields.to.value),
      };
    }

    // One and the same piece of evidence must be of the country, the report and the years.
    function evidence(wanted) {
      if (wanted.country < 0 && wanted.report < 0 && !wanted.dated) return null;
      return data.entries.map((entry) =>
        (wanted.country < 0 || entry[4].includes(wanted.country)) &&
        (wanted.report < 0 || entry[5] === wanted.report) &&
        (!wanted.dated || (entry[6] > 0 && entry[6] <= wanted.to && entry[7] >= wanted.from)));
    }

    function search(wanted) {
      const fits = evidence(wanted);
      const texts = wanted.terms.length && window.trackerTexts ? window.trackerTexts[wanted.kind] : null;
      const rows = data[wanted.kind];
      const units = wanted.kind === "units";
      const kept = [];
      for (let at = 0; at < rows.length; at += 1) {
        const row = rows[at];
        if (wanted.status >= 0 && row[2] !== wanted.status) continue;
        if (wanted.mandate >= 0 && !(units ? row[3] === wanted.mandate : row[3].includes(wanted.mandate))) continue;
        if (wanted.addressee >= 0 && !(units ? row[4] : addresseesOf[at]).includes(wanted.addressee)) continue;
        if (fits && !(units ? row[5].some((entry) => fits[entry]) : fits[at])) continue;
        if (texts && !wanted.terms.every((term) => texts[at].includes(term))) continue;
        kept.push(row);
      }
      return kept;
    }

    function show(restart = true) {
      const wanted = chosen();
      if (wanted.terms.length && !window.trackerTexts) return texts();
      matches = search(wanted);
      const until = restart ? STEP : shown;
      shown = 0;
      results.replaceChildren();
      extend(until);
      say(wanted.kind);
      remember();
    }

    function extend(until) {
      const make = fields.kind.value === "units" ? unitRow : entryRow;
      results.append(...matches.slice(shown, until).map(make));
      shown = Math.min(until, matches.length);
      more.hidden = shown >= matches.length;
    }

    function say(kind) {
      const total = data[kind].length;
      const counted = word(kind === "units" ? "found_units" : "found_entries", { count: matches.length, total });
      found.textContent = shown < matches.length ? `${counted} ${word("shown", { count: shown })}` : counted;
    }

    // The texts are large and wanted only by those who search.
    let asked = false;
    function texts() {
      if (!asked) load("texts.js", () => show());
      asked = true;
    }

    function unitRow(row) {
      const [ref, href, status, mandate, , , , opening, gist, words] = row;
      return item(href, ref, [badge(status, here(words)), data.symbols[mandate]], opening, gist);
    }

    function entryRow(row) {
      const [, href, status, , , cycle, , , type, title, date] = row;
      const facts = [badge(status, here(data.names.statuses[status])), here(data.names.types[type]), here(date), element("bdi", "", data.ids.cycles[cycle])];
      return item(href, null, facts, "", title);
    }

    function item(href, ref, facts, opening, said) {
      const made = element("li");
      const line = element("p");
      const link = element("a");
      link.href = href;
      if (ref) {
        link.append(element("bdi", "", ref));
        line.append(link, " ", here(opening) ? `${here(opening)} — ` : "", ...text(here(said)));
      } else {
        link.append(...text(here(said)));
        line.append(link);
      }
      const about = element("p", "facts");
      about.append(...facts.filter(Boolean).map((fact) => (typeof fact === "string" ? element("span", "", fact) : fact)));
      made.append(line, about);
      return made;
    }

    // A text of another language comes with its code.
    function text(said) {
      if (!Array.isArray(said)) return [said];
      const other = element("span", "", said[0]);
      other.lang = said[1];
      return [element("span", "tag", `[${said[1]}]`), " ", other];
    }

    function badge(status, words) {
      const made = element("span", "badge");
      made.append(document.importNode(document.getElementById("swatch").content, true), words);
      made.querySelector("rect").setAttribute("fill", data.fills[status]);
      return made;
    }

    function remember() {
      const kept = new URLSearchParams();
      for (const name of ["kind", "q", ...Object.keys(filters), "from", "to"]) {
        const value = fields[name].value;
        if (value && !(name === "kind" && value === "units")) kept.set(name, value);
      }
      if (!String(kept) && !location.hash.startsWith("#find?")) return;
      try { history.replaceState(null, "", String(kept) ? `#find?${kept}` : "#find"); } catch { /* Some browsers refuse this for files. */ }
    }

    // Only when the list is there is the page long enough to bring its head to the top.
    function reach() {
      document.getElementById("find").scrollIntoView();
    }

    // An old address may ask for what there is no more: a choice then stays at "all" and does not go blank.
    function put(field, value) {
      field.value = value;
      if (field.selectedIndex === -1) field.value = "";
    }

    function recall() {
      if (!location.hash.startsWith("#find?")) return false;
      const kept = new URLSearchParams(location.hash.slice("#find?".length));
      form.reset();
      fields.kind.value = kept.get("kind") === "entries" ? "entries" : "units";
      options();
      for (const name of ["q", ...Object.keys(filters), "from", "to"]) put(fields[name], kept.get(name) || "");
      show();
      reach();
      return true;
    }

    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("reset", () => setTimeout(() => { options(); show(); }));
    const typed = (field) => field.tagName === "INPUT" && field.type !== "radio";
    form.addEventListener("change", (event) => {
      // A field that is left for a link in the list must not draw the list anew under the pointer.
      if (typed(event.target)) return;
      if (event.target.name === "kind") options();
      show();
    });
    form.addEventListener("input", (event) => {
      if (!typed(event.target)) return;
      clearTimeout(waiting);
      waiting = setTimeout(show, 120);
    });
    fields.q.addEventListener("focus", texts);
    more.addEventListener("click", () => {
      const next = shown;
      extend(shown + STEP);
      say(fields.kind.value);
      results.children[next].querySelector("a").focus();
    });
    document.addEventListener("speak", () => { options(); show(false); });
    addEventListener("hashchange", recall);
    form.hidden = false;
    options();
    // What the address asks for comes first: to show the whole list would forget it.
    if (!recall()) {
      show();
      if (location.hash === "#find") reach();
    }
    // For benchmarks/site.py: what one keystroke or one choice costs, drawing included.
    window.trackerShow = show;
  }

  function usedStatuses(data) {
    return { units: new Set(data.units.map((row) => row[2])), entries: new Set(data.entries.map((row) => row[2])) };
  }

  function addresseesOfEntries(data) {
    const found = data.entries.map(() => []);
    for (const unit of data.units) {
      for (const entry of unit[5]) found[entry].push(...unit[4].filter((one) => !found[entry].includes(one)));
    }
    return found;
  }

  // As in Python: small letters, no accents, single spaces.
  function folded(text) {
    return text.normalize("NFKD").replace(/[\u0300-\u036f\u064b-\u0655\u0670]/g, "").toLowerCase().split(/\s+/).join(" ").trim();
  }

  function element(name, kind = "", text = "") {
    const made = document.createElement(name);
    if (kind) made.className = kind;
    if (text) made.textContent = text;
    return made;
  }
})();
