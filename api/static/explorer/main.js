// The network explorer: fetches the network, draws it, and lets one filter, search, follow and take it along.
import { theme } from "./colours.js";
import { load, other } from "./data.js";
import { $, filled } from "./dom.js";
import { edgesOf, part, path } from "./filter.js";
import { flatView } from "./flat.js";
import { looks, partners, sizes } from "./looks.js";
import { keep, read } from "./state.js";

const NEAR = 5, STEP = 0.12; // pixels from a line that still hit it; a step of the arrows

// The explorer stands early in the page; the tables after it need not be there yet.
if (document.readyState === "loading" && !$("ex-after")) {
  await new Promise((done) => { document.addEventListener("DOMContentLoaded", done, { once: true }); });
}
const section = $("explorer");
const words = JSON.parse(section.dataset.words);
words.language = section.dataset.language;
const digits = new Intl.NumberFormat(words.language, { maximumSignificantDigits: 4 });
const whole = new Intl.NumberFormat(words.language);
words.number = (value) => (Number.isInteger(value) ? whole : digits).format(value);
const calm = matchMedia("(prefers-reduced-motion: reduce)");
const box = $("ex-box");

const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));

const start = async () => {
  $("explorer-wait").hidden = false;
  const model = await load(section.dataset.address);
  let state = read(location.hash), view = null, over = null, edge = null, waiting = 0, parts = null, settled = false;
  const shown = { theme: theme() };

  // What follows from the filters alone.
  const filter = () => {
    shown.left = part(model, state);
    shown.counted = partners(model, shown.left);
    shown.looks = looks(model, shown.left, state.colour ?? "kind", words);
    shown.sizes = sizes(model, shown.left, state.size ?? "partners", shown.counted);
  };
  // What is chosen, and what is lit for it: its neighbours, or the nodes of a path.
  const choose = () => {
    shown.state = state;
    const chosen = state.node ? model.place.get(state.node) : undefined;
    const aim = state.path ? model.place.get(state.path) : undefined;
    shown.picked = chosen ?? null;
    shown.target = chosen !== undefined && aim !== undefined ? aim : null;
    shown.edge = edge;
    shown.path = null;
    if (shown.target !== null) {
      const order = path(model, shown.left, shown.picked, shown.target);
      if (order) {
        const nodes = order.flatMap((e) => [model.edges.source[e], model.edges.target[e]]);
        shown.path = { order, edges: new Set(order), nodes: new Set([shown.picked, ...nodes]) };
      }
    }
    light();
  };
  const light = () => {
    shown.focus = over ?? shown.picked;
    shown.lit = null;
    if (over === null && shown.path) shown.lit = shown.path.nodes;
    else if (over === null && edge !== null) shown.lit = new Set([model.edges.source[edge], model.edges.target[edge]]);
    else if (shown.focus !== null && shown.left.nodes[shown.focus]) {
      shown.lit = new Set([shown.focus]);
      for (const e of edgesOf(model, shown.left, shown.focus)) shown.lit.add(other(model, e, shown.focus));
    }
  };
  const told = () => {
    const { nodeCount, edgeCount } = shown.left;
    const counts = { nodes: words.number(nodeCount), all: words.number(model.count), edges: words.number(edgeCount) };
    const text = filled(nodeCount ? words.shown : words.empty, counts);
    $("ex-said").textContent = view.kind === "webgl" || !settled ? text : `${text} ${words.flat}`;
  };
  // Show all anew after filters or looks changed; `kept` where only the choice did.
  const show = (kept = false) => {
    if (!kept) filter();
    choose();
    view.show(shown, kept);
    if (!parts) return; // what stands around the picture is not here yet
    parts.panel(shown);
    parts.table(shown, kept);
    if (!kept) {
      parts.legend(shown);
      parts.form.show(state);
      parts.files(state, shown.left.nodeCount > 0);
      told();
    }
    keep(state);
  };
  const changed = (next, kept = false) => {
    state = { ...state, ...next };
    for (const name of Object.keys(state)) if (!state[name]) delete state[name];
    show(kept);
  };
  const pick = (node, move = false) => {
    edge = null;
    changed({ node: node === null ? "" : model.ids[node], ...(node === null ? { path: "" } : {}) }, true);
    if (node !== null && move && shown.left.nodes[node]) view.focus([node]);
  };

  const on = {
    calm: () => calm.matches,
    over: (node) => { over = node; light(); view.show(shown, true); },
    pick: (node) => pick(node),
    // A press beside the nodes: on a line it tells of it, else it lets go.
    stage(x, y) {
      const hit = lineAt(x, y);
      if (hit === null && shown.picked === null && edge === null) return;
      edge = hit;
      changed({ node: "", path: "" }, true);
    },
    moved() {
      clearTimeout(waiting);
      waiting = setTimeout(() => {
        const at = view.camera().map((value) => Number(value.toFixed(3)));
        state.view = String(at) === "0.5,0.5,1" ? "" : at.join(",");
        keep(state);
      }, 200);
    },
  };
  const lineAt = (x, y) => {
    let best = null, nearest = NEAR;
    const at = new Map();
    const point = (n) => at.get(n) ?? at.set(n, view.project(n)).get(n);
    for (let e = 0; e < model.edges.count; e++) {
      if (!shown.left.edges[e]) continue;
      const a = point(model.edges.source[e]), b = point(model.edges.target[e]);
      const [dx, dy] = [b.x - a.x, b.y - a.y];
      const along = Math.max(0, Math.min(1, ((x - a.x) * dx + (y - a.y) * dy) / (dx * dx + dy * dy || 1)));
      const away = Math.hypot(a.x + along * dx - x, a.y + along * dy - y);
      if (away < nearest) [best, nearest] = [e, away];
    }
    return best;
  };

  // Draw by sigma from now on, at the place where the canvas was left; where there is no WebGL the canvas stays.
  const swift = async () => {
    const first = view;
    try {
      const { glView } = await import("./gl.js");
      const next = await glView(box, model, shown, on);
      view = next;
      view.place(first.camera());
      first.end();
    } catch {
      first.alone();
    }
    settled = true;
  };

  filter();
  choose();
  $("explorer-wait").hidden = true;
  $("explorer-parts").hidden = false;
  // First on a canvas, which needs nothing made ready; then by sigma, which is quicker to move.
  view = flatView(box, model, shown, on);
  const seen = () => {
    const at = (state.view ?? "").split(",").map(Number);
    if (at.length === 3 && at.every(Number.isFinite) && at[2] > 0) view.place(at);
  };
  seen();
  await frame();
  await frame();
  performance.mark("explorer-drawn"); // the picture is there; what stands around it follows

  const { combobox, controls, downloads, legend, panel, player, table } = await import("./around.js");
  parts = {
    form: controls(model, words, changed),
    legend: legend($("ex-legend"), $("ex-sizes"), model, words),
    files: downloads([...document.querySelectorAll("#ex-files [data-form]")], { png: $("ex-png"), svg: $("ex-svg") }, box, model, () => view, () => shown),
    table: table($("ex-table"), { before: $("ex-before"), after: $("ex-after") }, model, words, {
      choose: (node) => pick(node, true), sort: (sort) => changed({ sort }, true),
    }),
    panel: panel($("ex-panel"), model, words, {
      choose: (node) => { pick(node, true); $("ex-panel").focus({ preventScroll: true }); },
      letGo: () => { pick(null); box.focus({ preventScroll: true }); },
      ego: (node, steps) => {
        changed(node === null ? { around: "", steps: "" } : { around: model.ids[node], steps });
        const some = model.ids.map((_, n) => n).filter((n) => shown.left.nodes[n]);
        if (node !== null && some.length) view.focus(some);
        $("ex-ego")?.focus({ preventScroll: true });
      },
    }),
  };
  combobox($("ex-search"), $("ex-search-list"), model, words, () => shown.left, (node) => pick(node, true));
  combobox($("ex-path"), $("ex-path-list"), model, words, () => shown.left, (node) => {
    edge = null;
    changed({ path: model.ids[node] }, true);
    if (shown.path) view.focus([...shown.path.nodes]);
  });
  if (model.years) {
    const period = () => (state.from || state.to ? [Number(state.from ?? model.years[0]), Number(state.to ?? model.years[1])] : null);
    player({ play: $("ex-play"), next: $("ex-next") }, words, model, calm, period, (from, to) => changed({ from: String(from), to: String(to) }));
  }

  if (innerWidth < 640) section.querySelector(".ex-filters").open = false; // the picture first, where there is little room

  const acts = { in: () => view.zoom(1.5), out: () => view.zoom(1 / 1.5), all: () => view.whole() };
  for (const button of section.querySelectorAll("[data-act]")) button.addEventListener("click", acts[button.dataset.act]);
  const keys = {
    ArrowLeft: () => view.pan(-STEP, 0), ArrowRight: () => view.pan(STEP, 0),
    ArrowUp: () => view.pan(0, -STEP), ArrowDown: () => view.pan(0, STEP),
    "+": acts.in, "-": acts.out, 0: acts.all, Escape: () => pick(null),
  };
  box.addEventListener("keydown", (event) => {
    if (!(event.key in keys) || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    keys[event.key]();
  });
  // The page scrolls; the picture zooms with Ctrl, or once it has been entered.
  box.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && document.activeElement !== box) event.stopPropagation();
  }, { capture: true });
  $("ex-reset").addEventListener("click", () => { edge = null; state = { sort: state.sort }; changed({}); view.whole(); });
  $("ex-link").addEventListener("click", async () => {
    keep(state);
    try {
      await navigator.clipboard.writeText(location.href);
      $("ex-said").textContent = words.copied;
    } catch {
      $("ex-said").textContent = words.address;
    }
  });
  addEventListener("hashchange", () => { state = read(location.hash); edge = null; show(); seen(); });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { shown.theme = theme(); show(); });
  show();
  await frame();
  await swift();
  told();
  box.dataset.drawn = view.kind;
  performance.mark("explorer-swift"); // as quick to move as it gets
  section.dataset.ready = "true";
};

start().catch((error) => {
  $("explorer-wait").hidden = false;
  $("explorer-wait").textContent = filled(words.failed, { why: error.message });
  $("explorer-parts").hidden = true;
  section.dataset.ready = "false";
  console.info(error);
});
