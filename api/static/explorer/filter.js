// What is left of the network: the same rules as queries/network_filters.py, so that files hold what is shown.
import { iri, other } from "./data.js";

const holds = (list, wanted) => list.some((each) => each.toLowerCase() === wanted);

export const asksOfEvents = (state) => Boolean(state.from || state.to || state.area || state.fund);

// Return which nodes and edges are left, what the edges weigh, and how many there are.
export function part(model, state) {
  const nodes = new Uint8Array(model.count).fill(1);
  const edges = new Uint8Array(model.edges.count).fill(1);
  let weight = model.edges.weight;
  if (asksOfEvents(state)) {
    const kept = keptEvents(model, state);
    withoutEvents(model, nodes, kept);
    weight = weighed(model, kept);
  }
  if (state.kind || state.territory) withoutActors(model, state, nodes);
  const least = Number(state.min_weight) || 0;
  for (let e = 0; e < edges.length; e++) {
    const ends = nodes[model.edges.source[e]] && nodes[model.edges.target[e]];
    if (!ends || !weight[e] || weight[e] < least) edges[e] = 0;
  }
  const left = { nodes, edges, weight };
  if (state.around) near(model, state, left);
  left.nodeCount = nodes.reduce((sum, each) => sum + each, 0);
  left.edgeCount = edges.reduce((sum, each) => sum + each, 0);
  return left;
}

function keptEvents(model, state) {
  const { since, until, areas, funds, count } = model.events;
  const from = Number(state.from) || -Infinity, to = Number(state.to) || Infinity;
  const period = Boolean(state.from || state.to);
  const area = state.area?.toLowerCase(), fund = state.fund?.toLowerCase();
  const kept = new Uint8Array(count);
  for (let e = 0; e < count; e++) {
    if (period) {
      if (since[e] === null && until[e] === null) continue;
      if (since[e] !== null && since[e] > to) continue;
      if (until[e] !== null && until[e] < from) continue;
    }
    if (area && !holds(areas[e], area)) continue;
    if (fund && !holds(funds[e], fund)) continue;
    kept[e] = 1;
  }
  return kept;
}

// An actor that loses all its events leaves; one that never had any stays.
function withoutEvents(model, nodes, kept) {
  const had = new Uint8Array(model.count), has = new Uint8Array(model.count);
  const { node, event } = model.ties;
  for (let at = 0; at < node.length; at++) {
    had[node[at]] = 1;
    if (kept[event[at]]) has[node[at]] = 1;
  }
  for (let n = 0; n < nodes.length; n++) if (!model.isEvent(n) && had[n] && !has[n]) nodes[n] = 0;
  model.events.node.forEach((n, e) => { if (n >= 0 && !kept[e]) nodes[n] = 0; });
}

function weighed(model, kept) {
  const met = model.met(), weight = new Float64Array(met.length);
  for (let e = 0; e < met.length; e++) for (const event of met[e]) weight[e] += kept[event];
  return weight;
}

// Actors of other kinds and territories leave, and then the events that have nobody left.
function withoutActors(model, state, nodes) {
  const kind = state.kind?.toLowerCase(), territory = state.territory?.toLowerCase();
  const size = new Int32Array(model.count), left = new Int32Array(model.count);
  const { node, event } = model.ties;
  const eventNode = (at) => model.events.node[event[at]];
  if (model.twoMode) for (let at = 0; at < node.length; at++) if (nodes[node[at]]) size[eventNode(at)]++;
  for (let n = 0; n < nodes.length; n++) {
    if (model.isEvent(n)) continue;
    if (kind && !holds(model.kinds[n], kind)) nodes[n] = 0;
    if (territory && !holds(model.territories[n], territory)) nodes[n] = 0;
  }
  if (!model.twoMode) return;
  for (let at = 0; at < node.length; at++) if (nodes[node[at]]) left[eventNode(at)]++;
  for (let n = 0; n < nodes.length; n++) if (model.isEvent(n) && size[n] && !left[n]) nodes[n] = 0;
}

function near(model, state, left) {
  const middle = model.place.get(state.around), steps = Number(state.steps) || 1;
  const found = new Uint8Array(model.count);
  if (middle !== undefined && left.nodes[middle]) {
    let edge = [middle];
    found[middle] = 1;
    for (let step = 0; step < steps; step++) {
      const next = [];
      for (const n of edge) {
        for (const e of edgesOf(model, left, n)) {
          const to = other(model, e, n);
          if (!found[to]) { found[to] = 1; next.push(to); }
        }
      }
      edge = next;
    }
  }
  left.nodes.set(found);
  for (let e = 0; e < left.edges.length; e++) {
    if (!found[model.edges.source[e]] || !found[model.edges.target[e]]) left.edges[e] = 0;
  }
}

// The edges of a node that are left.
export function* edgesOf(model, left, node) {
  const { starts, edges } = model.around;
  for (let at = starts[node]; at < starts[node + 1]; at++) if (left.edges[edges[at]]) yield edges[at];
}

// The shortest path in what is left, as edges; of several, one that weighs the most. None: null.
export function path(model, left, from, to) {
  if (!left.nodes[from] || !left.nodes[to]) return null;
  const steps = new Int32Array(model.count).fill(-1), best = new Float64Array(model.count);
  const by = new Int32Array(model.count).fill(-1);
  let edge = [from];
  steps[from] = 0;
  while (edge.length && steps[to] < 0) {
    const next = [];
    for (const n of edge) {
      for (const e of edgesOf(model, left, n)) {
        const reached = other(model, e, n), worth = best[n] + left.weight[e];
        if (steps[reached] < 0) { steps[reached] = steps[n] + 1; next.push(reached); }
        else if (steps[reached] !== steps[n] + 1 || worth <= best[reached]) continue;
        best[reached] = worth;
        by[reached] = e;
      }
    }
    edge = next;
  }
  if (steps[to] < 0) return null;
  const found = [];
  for (let n = to; n !== from; n = other(model, by[n], n)) found.unshift(by[n]);
  return found;
}

// The events of an edge that the filters leave.
export function evidence(model, state, edge) {
  const met = model.met()[edge];
  if (!asksOfEvents(state)) return met;
  const kept = keptEvents(model, state);
  return met.filter((event) => kept[event]);
}

// The filters as parameters of the server's addresses.
export function parameters(model, state) {
  const asked = new URLSearchParams();
  for (const name of ["from", "to", "territory", "area", "fund", "kind", "min_weight"]) {
    if (state[name]) asked.set(name, state[name]);
  }
  if (state.around) {
    asked.set("around", iri(model, state.around));
    asked.set("steps", state.steps || "1");
  }
  return asked;
}
