// The network as it came from the server, made ready to be asked: arrays by node, by edge and by event.

export async function load(address) {
  const answer = await fetch(address, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return model(await answer.json());
}

// Lists are parted by | as the server writes them; those without a text have none.
const lists = ({ texts, of }) => {
  const parted = texts.map((text) => text.split("|"));
  const none = [];
  return of.map((at) => (at < 0 ? none : parted[at]));
};

export function model(json) {
  const { nodes, events, ties, edges } = json;
  const count = nodes.id.length;
  const sides = nodes.side;
  const actors = [];
  for (let at = 0; at < count; at++) if (sides[at] === "a") actors.push(at);
  const place = new Map(nodes.id.map((id, at) => [id, at]));
  const tieNode = Int32Array.from(ties.actor, (at) => actors[at]);
  const years = [...events.since, ...events.until].filter((year) => year !== null);
  const made = {
    name: json.name,
    twoMode: json.mode === "two-mode",
    bases: json.bases,
    layout: json.layout,
    count,
    ids: nodes.id,
    place,
    labels: nodes.label,
    kinds: lists(nodes.kind),
    territories: lists(nodes.territory),
    isEvent: (at) => sides[at] === "e",
    x: Float64Array.from(nodes.x),
    y: Float64Array.from(nodes.y),
    events: {
      count: events.id.length,
      ids: events.id,
      labels: events.label,
      since: events.since,
      until: events.until,
      funds: lists(events.fund),
      areas: lists(events.area),
      node: events.id.map((id) => (json.mode === "two-mode" ? place.get(id) ?? -1 : -1)),
    },
    years: years.length ? [Math.min(...years), Math.max(...years)] : null,
    ties: { node: tieNode, event: Int32Array.from(ties.event) },
    edges: {
      count: edges.source.length,
      source: Int32Array.from(edges.source),
      target: Int32Array.from(edges.target),
      weight: Float64Array.from(edges.weight),
    },
    measures: json.measures,
  };
  made.extent = { x: spread(made.x), y: spread(made.y) };
  made.unit = (n) => unit(made, n);
  made.around = neighbours(made);
  made.met = lazily(() => meetings(made));
  return made;
}

// The least and the most of some numbers; of none, the same place twice.
export function spread(values) {
  let [least, most] = [Infinity, -Infinity];
  for (const value of values) [least, most] = [Math.min(least, value), Math.max(most, value)];
  return values.length ? [least, most] : [0, 0];
}

// Where a node stands in a square of side 1 that holds all, as sigma's camera counts.
function unit({ x, y, extent }, n) {
  const side = Math.max(extent.x[1] - extent.x[0], extent.y[1] - extent.y[0]) || 1;
  const along = (value, [least, most]) => 0.5 + (value - (least + most) / 2) / side;
  return [along(x[n], extent.x), along(y[n], extent.y)];
}

const lazily = (make) => {
  let held;
  return () => (held ??= make());
};

// For each node its edges: `edges[starts[n]]` to `edges[starts[n + 1] - 1]`.
function neighbours({ count, edges }) {
  const starts = new Int32Array(count + 1);
  for (let e = 0; e < edges.count; e++) {
    starts[edges.source[e] + 1]++;
    starts[edges.target[e] + 1]++;
  }
  for (let n = 0; n < count; n++) starts[n + 1] += starts[n];
  const next = starts.slice(), found = new Int32Array(2 * edges.count);
  for (let e = 0; e < edges.count; e++) {
    found[next[edges.source[e]]++] = e;
    found[next[edges.target[e]]++] = e;
  }
  return { starts, edges: found };
}

// For each edge the events in which its ends met, in order.
function meetings({ count, edges, ties, events, twoMode }) {
  const found = Array.from({ length: edges.count }, () => []);
  const byEvent = Array.from({ length: events.count }, () => []);
  for (let at = 0; at < ties.node.length; at++) byEvent[ties.event[at]].push(ties.node[at]);
  const known = new Map();
  for (let e = 0; e < edges.count; e++) {
    const [i, j] = [edges.source[e], edges.target[e]];
    known.set(Math.min(i, j) * count + Math.max(i, j), e);
  }
  byEvent.forEach((members, event) => {
    if (twoMode) {
      const own = events.node[event];
      for (const n of members) found[known.get(Math.min(n, own) * count + Math.max(n, own))].push(event);
      return;
    }
    for (let a = 0; a < members.length; a++) {
      for (let b = a + 1; b < members.length; b++) {
        const [i, j] = [members[a], members[b]];
        const edge = known.get(Math.min(i, j) * count + Math.max(i, j));
        if (edge !== undefined) found[edge].push(event);
      }
    }
  });
  return found;
}

// Where an id leads: to our page of it, else to itself where it can be followed safely, else nowhere.
export function link(model, id) {
  if (id.startsWith("~")) return `/page/${id.slice(1)}`;
  for (const base of model.bases) if (id.startsWith(`${base}id/`)) return `/page/${id.slice(base.length + 3)}`;
  return /^https?:\/\//i.test(id) ? id : null;
}

// The whole IRI of an id, as the server knows it.
export const iri = (model, id) => (id.startsWith("~") ? `${model.bases[0]}id/${id.slice(1)}` : id);

export const other = (model, edge, node) =>
  model.edges.source[edge] === node ? model.edges.target[edge] : model.edges.source[edge];
