// The query editor of /sparql: Yasgui with the queries of our catalogue, our prefixes and terms, and a
// table of our own. Without this file the page is a plain form. Nothing is asked but our own address.
"use strict";

(() => {
  const ROWS = 100; // rows drawn at once
  const LABELS = 40; // labels asked for at once
  const HINTS = 50;
  const section = document.getElementById("editor");
  const plain = document.getElementById("plain");
  if (!section || !plain || typeof window.Yasgui !== "function") return;
  const { Yasgui } = window;
  const { Yasqe, Yasr } = Yasgui;
  const words = JSON.parse(section.dataset.words);
  const language = document.documentElement.lang;
  const endpoint = new URL("/sparql", location.href).href;
  const catalogue = asked("/api/queries");
  const vocabulary = asked("/api/vocabulary");
  const names = new Map(); // IRI -> what /api/labels says of it

  async function asked(path) {
    const answer = await fetch(path, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
    return answer.json();
  }

  function say(key, values = {}) {
    return Object.entries(values).reduce((text, [name, value]) => text.replace(`{${name}}`, value), words[key]);
  }

  function element(name, attributes = {}, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (value !== undefined && value !== null) made.setAttribute(key, value);
    }
    made.append(...children);
    return made;
  }

  /* What is completed: our prefixes, and the classes and properties that stand in the data */

  function shortened(iri, prefixes) {
    for (const [prefix, namespace] of Object.entries(prefixes)) {
      const rest = iri.startsWith(namespace) ? iri.slice(namespace.length) : "";
      if (/^[A-Za-z_][\w-]*$/.test(rest)) return `${prefix}:${rest}`;
    }
    return null;
  }

  function fits(term, typed, prefixes) {
    const short = shortened(term.iri, prefixes) || "";
    const begins = term.iri.startsWith(typed) || short.startsWith(typed);
    const wanted = typed.toLowerCase();
    return begins || [short, term.label.sv, term.label.en].some((text) => text.toLowerCase().includes(wanted));
  }

  function completes(kind, of) {
    const shown = new Map(); // what is put into the query -> what the list shows
    Yasqe.forkAutocompleter(kind, {
      name: `samspel-${kind}`,
      bulk: false,
      autoShow: true,
      get: async (_, token) => {
        const found = await vocabulary;
        const typed = token.autocompletionString || token.string;
        return found[of].filter((term) => fits(term, typed, found.prefixes)).slice(0, HINTS).map((term) => term.iri);
      },
      postProcessSuggestion: (_, __, iri) => shown.get(iri) || `<${iri}>`,
      postprocessHints: (_, hints) =>
        hints.map((hint) => ({ ...hint, displayText: shown.get(`list ${hint.text}`) || hint.text })),
    });
    vocabulary.then((found) => {
      for (const term of found[of]) {
        const text = shortened(term.iri, found.prefixes) || `<${term.iri}>`;
        shown.set(term.iri, text);
        shown.set(`list ${text}`, `${text}  ${term.label[language] || term.label.en} (${term.n})`);
      }
    });
  }

  Yasqe.defaults.autocompleters = ["variables"];
  Yasqe.forkAutocompleter("prefixes", {
    name: "prefixes",
    persistenceId: null,
    get: async () => Object.entries((await vocabulary).prefixes).map(([name, space]) => `${name}: <${space}>`),
  });
  completes("class", "classes");
  completes("property", "properties");

  /* How answers are shown */

  function cell(value) {
    if (!value) return element("td", { class: "none" });
    if (value.type === "uri") {
      return element("td", {}, element("a", { href: value.value, title: value.value, "data-iri": value.value }, value.value));
    }
    const number = /(integer|decimal|double|float)$/.test(value.datatype || "") ? "number" : undefined;
    const tongue = value["xml:lang"] === language ? undefined : value["xml:lang"];
    return element("td", { class: number, lang: tongue }, value.value);
  }

  async function named(body) {
    const links = [...body.querySelectorAll("a[data-iri]")];
    const iris = new Set(links.map((link) => link.dataset.iri).filter((iri) => !names.has(iri) && iri.length <= 500));
    const waiting = [...iris].filter((iri) => /^https?:/.test(iri));
    for (let at = 0; at < waiting.length; at += LABELS) {
      const query = new URLSearchParams([["lang", language], ...waiting.slice(at, at + LABELS).map((iri) => ["iri", iri])]);
      try {
        for (const each of await asked(`/api/labels?${query}`)) names.set(each.iri, each);
      } catch {
        return; // the IRIs themselves stay
      }
    }
    const { prefixes } = await vocabulary;
    for (const link of links) {
      const found = names.get(link.dataset.iri);
      const short = shortened(link.dataset.iri, prefixes);
      if (found && found.page) {
        link.href = found.page;
        link.textContent = found.label;
        if (found.language && found.language !== language) link.lang = found.language;
      } else if (short) link.textContent = short;
      delete link.dataset.iri;
    }
  }

  class Rows {
    constructor(yasr) {
      this.yasr = yasr;
      this.priority = 11;
      this.label = words.table;
    }

    canHandleResults() {
      const found = this.yasr.results;
      return Boolean(found) && (typeof found.getBoolean() === "boolean" || found.getVariables().length > 0);
    }

    draw() {
      const found = this.yasr.results;
      const place = this.yasr.resultsEl;
      if (typeof found.getBoolean() === "boolean") {
        place.append(element("p", { class: "lead" }, found.getBoolean() ? words.yes : words.no));
        return;
      }
      const rows = found.getBindings() || [];
      const seconds = ((found.getResponseTime() || 0) / 1000).toLocaleString(language, { maximumFractionDigits: 2 });
      const told = say("cells", { n: rows.length.toLocaleString(language), s: seconds });
      const body = element("tbody");
      const head = element("tr", {}, ...found.getVariables().map((name) => element("th", { scope: "col" }, name)));
      const table = element("table", {}, element("caption", {}, told), element("thead", {}, head), body);
      place.append(element("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": told }, table));
      if (!rows.length) place.append(element("p", {}, words.none));
      this.more(rows, body, place);
    }

    more(rows, body, place) {
      const from = body.children.length;
      const part = rows.slice(from, from + ROWS);
      const variables = this.yasr.results.getVariables();
      body.append(...part.map((row) => element("tr", {}, ...variables.map((name) => cell(row[name])))));
      named(body).catch(() => {});
      const left = rows.length - body.children.length;
      if (left <= 0) return;
      const button = element("button", { type: "button" }, say("more", { n: Math.min(left, ROWS) }));
      button.addEventListener("click", () => {
        button.remove();
        this.more(rows, body, place);
        body.children[from + ROWS].querySelector("a")?.focus();
      });
      place.append(button);
    }

    getIcon() {
      return element("span", { "aria-hidden": "true" });
    }

    download(name) {
      return {
        contentType: "text/csv",
        filename: `${name || "samspel"}.csv`,
        getData: () => this.yasr.results.asCsv() || "",
        title: words.originals["Download result"] || "Download result",
      };
    }
  }

  class Raw extends Yasr.plugins.response {
    constructor(yasr) {
      super(yasr);
      this.label = words.raw;
    }
  }

  for (const name of ["table", "boolean"]) delete Yasr.defaults.plugins[name];
  Yasr.registerPlugin("rows", Rows);
  Yasr.registerPlugin("response", Raw);
  Object.assign(Yasr.defaults, { defaultPlugin: "rows", maxPersistentResponseSize: 0, pluginOrder: ["rows", "response"] });

  /* The words that come with the editor, in the reader's language */

  function translate(root) {
    for (const each of [root, ...root.querySelectorAll("[title], [aria-label], .context-menu *")]) {
      for (const name of ["title", "aria-label"]) {
        const own = words.originals[each.getAttribute(name)];
        if (own) each.setAttribute(name, own);
      }
      if (/select_/.test(each.className)) each.setAttribute("aria-label", each.title);
      const own = each.children.length ? undefined : words.originals[each.textContent];
      if (own) each.textContent = own;
    }
  }

  /* The editor and what is around it */

  function shared(config) {
    const plainly = { args: [], defaultGraphs: [], endpoint, headers: {}, namedGraphs: [] };
    return { ...config, requestConfig: { ...config.requestConfig, ...plainly } };
  }

  const place = document.getElementById("tabs");
  const yasgui = new Yasgui(place, {
    autofocus: false,
    autoAddOnInit: false,
    contextMenuContainer: place,
    corsProxy: undefined,
    endpointCatalogueOptions: { getData: () => [] },
    persistenceId: "samspel",
    populateFromUrl: location.hash ? shared : false, // ?query= is read below, from the plain form
    requestConfig: {
      acceptHeaderGraph: "text/turtle",
      acceptHeaderSelect: "application/sparql-results+json",
      endpoint,
      method: "POST",
    },
    tabName: words.tab,
    yasqe: {
      autocompleters: ["variables", "prefixes", "samspel-class", "samspel-property"],
      editorHeight: "22rem",
      extraKeys: { "Shift-Tab": false, Tab: false }, // the keyboard must be able to leave
      persistenceId: null,
      showQueryButton: false,
      value: plain.elements.query.value,
    },
    yasr: { defaultPlugin: "rows", maxPersistentResponseSize: 0 },
  });
  const told = document.getElementById("told");
  const run = element("button", { type: "button", id: "run" }, words.ask);
  let asking = false;

  function busy(now) {
    asking = now;
    run.textContent = now ? words.stop : words.ask;
    told.textContent = now ? words.asking : "";
  }

  // A list of tabs holds tabs alone, and beside Yasgui's stands the button that adds one: ours owns the tabs.
  const owner = element("div", { role: "tablist", "aria-label": words.tabs });
  function owned() {
    const list = place.querySelector(".tabsList");
    list.removeAttribute("role");
    list.before(owner);
    owner.setAttribute("aria-owns", [...list.querySelectorAll("[role=tab]")].map((each) => each.id).join(" "));
  }

  function placed() {
    owned();
    const tab = yasgui.getTab();
    const editor = tab && tab.getYasqe();
    if (!editor) return;
    editor.getInputField().setAttribute("aria-label", words.editor);
    const hint = element("span", { class: "muted small" }, words.hint);
    const bar = document.querySelector(".editor .run") || element("p", { class: "run" }, run, hint);
    editor.rootEl.after(bar);
    translate(place);
  }

  function open(name, query) {
    yasgui.addTab(true, { name, yasqe: { value: query } }, { avoidDuplicateTabs: true });
    placed();
  }

  async function opened(names) {
    const known = new Map((await catalogue).map((each) => [each.name, each]));
    for (const each of names.map((name) => known.get(name)).filter(Boolean)) open(each.title[language], each.sparql);
  }

  run.addEventListener("click", () => {
    const tab = yasgui.getTab();
    if (!tab) return;
    if (asking) tab.getYasqe().abortQuery();
    else tab.query().catch(() => {});
  });
  yasgui.on("query", () => {
    document.getElementById("answer").replaceChildren();
    busy(true);
  });
  yasgui.on("queryAbort", () => busy(false));
  yasgui.on("queryResponse", (_, tab) => {
    busy(false);
    setTimeout(() => {
      const found = tab.getYasr()?.results;
      told.textContent = found && !found.hasError() ? `${words.answer}: ${(found.getBindings() || []).length}` : words.failed;
      translate(place);
    });
  });
  yasgui.on("tabSelect", () => setTimeout(placed));
  yasgui.on("tabClose", () => setTimeout(placed));
  yasgui.on("tabAdd", () => setTimeout(placed));
  place.addEventListener("contextmenu", () => setTimeout(() => translate(place)));
  document.getElementById("open").addEventListener("click", () => {
    opened([document.getElementById("pick").value]).catch(() => (told.textContent = words.failed));
  });

  section.hidden = false;
  plain.hidden = true;
  if ("asked" in section.dataset) open(words.yours, plain.elements.query.value);
  else if (!yasgui.getTab()) {
    const names = section.dataset.tabs.split(" ");
    opened(names)
      .then(() => yasgui._tabs && yasgui.selectTabId(yasgui.persistentConfig.getTabs()[0]))
      .catch(() => open(words.tab, plain.elements.query.value));
  }
  placed();
})();
