// The side panel: what is chosen, its neighbours, and for each edge the events in which its ends met.
import { link, other } from "./data.js";
import { filled, made } from "./dom.js";
import { edgesOf, evidence } from "./filter.js";

const NEIGHBOURS = 20, EVENTS = 50;

export function panel(box, model, words, on) {
  const anchor = (id, label) => {
    const to = link(model, id);
    return to ? made("a", { href: to, rel: to.startsWith("/") ? null : "external" }, label) : label;
  };
  const choice = (node) =>
    made("button", { type: "button", class: "plainly", onclick: () => on.choose(node) }, model.labels[node]);
  const kinds = (node) => model.kinds[node].map((kind) => words.kinds[kind] ?? kind).join(", ");
  const places = (node) => model.territories[node].map((place) => words.names[place] ?? place).join(", ");

  // "3 in common", and behind it which.
  const proof = (state, edge) => {
    const met = evidence(model, state, edge);
    if (model.twoMode) return words.taking_part;
    const text = met.length === 1 ? words.event : filled(words.events, { n: words.number(met.length) });
    const list = made("ul", { class: "list" });
    const found = made("details", {}, made("summary", {}, text), list);
    found.addEventListener("toggle", () => {
      if (!found.open || list.firstChild) return;
      list.append(
        ...met.slice(0, EVENTS).map((event) => {
          const { ids, labels, since, until } = model.events;
          const years = [since[event], until[event]].filter((year) => year !== null);
          const told = years.length ? ` (${[...new Set(years)].join("–")})` : "";
          return made("li", {}, anchor(ids[event], labels[event]), told);
        }),
      );
      if (met.length > EVENTS) list.append(made("li", {}, filled(words.more, { n: met.length - EVENTS })));
    });
    return found;
  };

  const neighbours = (shown, node) => {
    const edges = [...edgesOf(model, shown.left, node)];
    const label = (edge) => model.labels[other(model, edge, node)];
    edges.sort((a, b) => shown.left.weight[b] - shown.left.weight[a] || label(a).localeCompare(label(b), words.language));
    const list = made("ul", { class: "plain ex-neighbours" });
    const row = (edge) => made("li", {}, choice(other(model, edge, node)), " ", proof(shown.state, edge));
    let first = 0;
    const more = made("button", { type: "button", onclick: () => show(200) });
    const show = (many) => {
      list.append(...edges.slice(first, first + many).map(row));
      first += many;
      more.hidden = first >= edges.length;
      more.textContent = filled(words.more, { n: words.number(edges.length - first) });
    };
    show(NEIGHBOURS);
    return [made("h4", {}, filled(words.neighbours, { n: words.number(edges.length) })), list, more];
  };

  const ego = (shown, node) => {
    const on_ = shown.state.around === model.ids[node];
    const steps = made("select", { "aria-label": words.steps, disabled: !on_ });
    for (const many of ["1", "2", "3"]) {
      steps.append(made("option", { value: many, selected: many === (shown.state.steps ?? "1") }, many));
    }
    const check = made("input", { type: "checkbox", id: "ex-ego" });
    check.checked = on_;
    const tell = () => on.ego(check.checked ? node : null, steps.value);
    check.addEventListener("change", tell);
    steps.addEventListener("change", tell);
    return made("p", {}, made("label", {}, check, ` ${words.ego}`), " ", steps);
  };

  const values = (node) => {
    const list = made("dl", { class: "pairs" });
    for (const [name, column] of Object.entries(model.measures)) {
      const value = column[node];
      const text = value === null ? words.undefined : typeof value === "number" ? words.number(value) : value;
      list.append(made("div", {}, made("dt", {}, words.measures[name] ?? name), made("dd", {}, text)));
    }
    return made("details", {}, made("summary", {}, words.values), list);
  };

  const ofNode = (shown, node) => {
    const to = link(model, model.ids[node]), label = model.labels[node];
    const facts = [kinds(node), places(node)].filter(Boolean).join(" · ");
    return [
      made("h3", {}, label),
      facts ? made("p", { class: "muted small" }, facts) : null,
      to ? made("p", {}, made("a", { href: to }, filled(words.page, { name: label }))) : null,
      shown.left.nodes[node] ? null : made("p", { class: "remark" }, filled(words.gone, { name: label })),
      ego(shown, node),
      ...neighbours(shown, node),
      values(node),
    ];
  };

  const ofPath = (shown, from, to) => {
    const ends = { one: model.labels[from], other: model.labels[to] };
    if (!shown.path) return [made("p", { class: "remark", id: "ex-path-told" }, filled(words.no_path, ends))];
    const list = made("ol", { class: "list", id: "ex-path-told" });
    let at = from;
    for (const edge of shown.path.order) {
      const next = other(model, edge, at);
      list.append(made("li", {}, choice(at), " – ", choice(next), " ", proof(shown.state, edge)));
      at = next;
    }
    return [made("h3", {}, filled(words.path, { ...ends, n: shown.path.order.length })), list];
  };

  const ofEdge = (shown, edge) => {
    const [one, another] = [model.edges.source[edge], model.edges.target[edge]];
    const found = proof(shown.state, edge);
    if (found.tagName === "DETAILS") found.open = true;
    const title = filled(words.edge, { one: model.labels[one], other: model.labels[another] });
    return [made("h3", {}, title), made("p", {}, choice(one), " – ", choice(another)), made("div", {}, found)];
  };

  return (shown) => {
    const content = [];
    if (shown.target !== null) content.push(...ofPath(shown, shown.picked, shown.target));
    if (shown.edge !== null) content.push(...ofEdge(shown, shown.edge));
    if (shown.picked !== null) content.push(...ofNode(shown, shown.picked));
    if (content.length) {
      content.push(made("p", {}, made("button", { type: "button", id: "ex-let-go", onclick: on.letGo }, words.close)));
    } else content.push(made("p", { class: "muted" }, words.nothing));
    box.replaceChildren(...content.filter(Boolean));
  };
}

