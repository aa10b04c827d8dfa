// How nodes look: colour and shape by kind, group or classes of a measure; size by a measure. And the legend.
import { edgesOf } from "./filter.js";

export const SHAPES = ["circle", "square", "triangle", "diamond", "star", "down", "hexagon"];
const COLOURS = ["#4477AA", "#EE6677", "#228833", "#CCBB44", "#66CCEE", "#AA3377"]; // Paul Tol, bright
const GREY = "#999999";
const CLASSES = ["#FEE391", "#FEC44F", "#FB9A29", "#CC4C02", "#662506"]; // Paul Tol, YlOrBr
const GROUPS = 12; // what has a look of its own; the rest is grey

export const FIXED = ["kind", "territory"];

// Return `of`: the look of each node, and `legend`: the looks that are shown, with how many have them.
export function looks(model, left, by, words) {
  const values = model.measures[by];
  if (!values || words.groups.includes(by)) return byGroup(model, left, by, words);
  return byClass(model, left, values, words);
}

function key(model, node, by) {
  if (by === "territory") return model.territories[node][0] ?? "";
  const values = model.measures[by];
  if (values) return values[node] === null ? "" : String(values[node]);
  return `${model.isEvent(node) ? "e" : "a"} ${model.kinds[node][0] ?? ""}`;
}

function named(by, key, words) {
  if (by === "territory") return (words.names[key] ?? key) || words.none;
  if (by !== "kind") return key ? words.group.replace("{name}", key) : words.undefined;
  const kind = key.slice(2);
  return kind ? words.kinds[kind] ?? kind : words.no_kind;
}

// The looks are those of the whole network, so that a colour keeps its meaning while one filters.
function byGroup(model, left, by, words) {
  const keys = Array.from({ length: model.count }, (_, n) => key(model, n, by));
  const whole = new Map(), shown = new Map();
  keys.forEach((each, n) => {
    whole.set(each, (whole.get(each) ?? 0) + 1);
    if (left.nodes[n]) shown.set(each, (shown.get(each) ?? 0) + 1);
  });
  const nameless = (each) => (by === "kind" ? each.length === 2 : each === "");
  const order = [...whole.keys()].sort(
    (a, b) => nameless(a) - nameless(b) || whole.get(b) - whole.get(a) || (a < b ? -1 : 1),
  );
  const rest = { colour: GREY, shape: "circle", text: words.others, many: 0 };
  const known = new Map(), legend = [];
  order.forEach((each, at) => {
    const many = shown.get(each) ?? 0;
    if (nameless(each) || at >= GROUPS) {
      if (!nameless(each) || by !== "kind") { known.set(each, rest); rest.many += many; return; }
      known.set(each, { colour: GREY, shape: each[0] === "e" ? "square" : "circle", text: words.no_kind, many });
    } else {
      const colour = COLOURS[at % COLOURS.length], shape = SHAPES[at % SHAPES.length];
      known.set(each, { colour, shape, text: named(by, each, words), many });
    }
    legend.push(known.get(each));
  });
  if (rest.many) legend.push(rest);
  return { of: keys.map((each) => known.get(each)), legend: legend.filter((look) => look.many) };
}

// Five classes of about as many nodes, from pale to dark; the shape tells the kind still.
function byClass(model, left, values, words) {
  const shapes = byGroup(model, left, "kind", words).of;
  const sorted = values.filter((value) => value !== null).sort((a, b) => a - b);
  const bounds = [...new Set([0.2, 0.4, 0.6, 0.8].map((part) => sorted[Math.floor(part * sorted.length)]))];
  const classOf = (value) => bounds.filter((bound) => value > bound).length;
  const steps = bounds.length + 1, first = CLASSES.length - steps;
  const found = Array.from({ length: steps }, (_, at) => ({
    colour: CLASSES[Math.max(0, first + at)], shape: "circle", many: 0, least: Infinity, most: -Infinity,
  }));
  const none = { colour: GREY, shape: "circle", text: words.undefined, many: 0 };
  const of = values.map((value, n) => {
    const look = value === null ? none : found[classOf(value)];
    if (left.nodes[n]) {
      look.many++;
      if (value !== null) [look.least, look.most] = [Math.min(look.least, value), Math.max(look.most, value)];
    }
    return { colour: look.colour, shape: shapes[n].shape };
  });
  for (const look of found) {
    const [least, most] = [words.number(look.least), words.number(look.most)];
    look.text = least === most ? least : `${least}–${most}`;
  }
  return { of, legend: [...found, none].filter((look) => look.many) };
}

// Partners in what is shown, and what they share with them.
export function partners(model, left) {
  const many = new Float64Array(model.count), weight = new Float64Array(model.count);
  for (let n = 0; n < model.count; n++) {
    for (const e of edgesOf(model, left, n)) { many[n]++; weight[n] += left.weight[e]; }
  }
  return { many, weight };
}

// Radii in pixels: the area grows with the value.
export function sizes(model, left, by, counted) {
  const values = model.measures[by] ?? Array.from(counted.many);
  const most = values.reduce((top, value, n) => (left.nodes[n] ? Math.max(top, Math.abs(value ?? 0)) : top), 0) || 1;
  const [least, span] = left.nodeCount > 1500 ? [1.5, 6] : left.nodeCount > 150 ? [2.5, 9] : [3.5, 9];
  return values.map((value) => least + span * Math.sqrt(Math.min(1, Math.abs(value ?? 0) / most)));
}
