// What is shown, as a table that can be sorted, a page at a time.
import { filled, made } from "./dom.js";

const ROWS = 50;

export function table(box, buttons, model, words, on) {
  const [caption, head, body] = ["caption", "thead", "tbody"].map((tag) => box.querySelector(tag));
  let first = 0, rows = [], shown = null, known = "";
  const kinds = model.kinds.map((each) => each.map((kind) => words.kinds[kind] ?? kind).join(", "));
  const places = model.territories.map((each) => each.map((place) => words.names[place] ?? place).join(", "));

  const columns = () => {
    const { state, counted } = shown;
    const found = [
      { key: "name", title: words.name, of: (n) => model.labels[n] },
      { key: "kind", title: words.kind, of: (n) => kinds[n] },
      { key: "territory", title: words.territory, of: (n) => places[n] },
      { key: "partners", title: words.partners, of: (n) => counted.many[n], number: true },
      { key: "weight", title: words.weight, of: (n) => counted.weight[n], number: true },
    ];
    for (const key of new Set([state.size, state.colour])) {
      if (model.measures[key]) {
        const number = typeof model.measures[key].find((value) => value !== null) === "number";
        found.push({ key, title: words.measures[key] ?? key, of: (n) => model.measures[key][n], number });
      }
    }
    return found;
  };

  // The sort: the key of a column, with a minus before it where it goes the other way.
  const sorting = (found) => {
    const told = shown.state.sort ?? "", back = told.startsWith("-");
    const column = found.find((each) => each.key === told.replace(/^-/, "")) ?? found[0];
    const up = column.number ? back : !back;
    return { column, up };
  };

  const sort = (found) => {
    const { column, up } = sorting(found), sign = up ? 1 : -1;
    const collator = new Intl.Collator(words.language);
    const empty = (value) => value === null || value === undefined || value === "";
    rows = [];
    for (let n = 0; n < model.count; n++) if (shown.left.nodes[n]) rows.push(n);
    const compare = column.number ? (a, b) => a - b : (a, b) => collator.compare(String(a), String(b));
    const values = new Map(rows.map((n) => [n, column.of(n)]));
    rows.sort((a, b) => {
      const [x, y] = [values.get(a), values.get(b)];
      if (empty(x) || empty(y)) return empty(x) - empty(y) || a - b;
      return sign * compare(x, y) || a - b;
    });
  };

  const heading = (found) => {
    const { column, up } = sorting(found);
    const cell = (each) => {
      const turned = each === column;
      const act = () => {
        const plain = shown.state.sort === each.key || (turned && !shown.state.sort);
        on.sort(plain ? `-${each.key}` : each.key);
      };
      return made("th", { scope: "col", class: each.number ? "number" : null, "aria-sort": turned ? (up ? "ascending" : "descending") : null },
        made("button", { type: "button", class: "plainly", "data-sort": each.key, onclick: act }, each.title));
    };
    const held = document.activeElement?.dataset?.sort;
    head.replaceChildren(made("tr", {}, found.map(cell)));
    if (held) head.querySelector(`[data-sort="${CSS.escape(held)}"]`)?.focus();
  };

  const fill = () => {
    const found = columns();
    const text = (value, each) => {
      if (value === null || value === undefined) return "–";
      return each.number ? words.number(value) : String(value);
    };
    const row = (n) =>
      made("tr", { class: n === shown.picked ? "picked" : null },
        made("th", { scope: "row" }, made("button", { type: "button", class: "plainly", "data-node": n }, model.labels[n])),
        found.slice(1).map((each) => made("td", { class: each.number ? "number" : null }, text(each.of(n), each))));
    body.replaceChildren(...rows.slice(first, first + ROWS).map(row));
    const last = Math.min(first + ROWS, rows.length);
    const told = { first: words.number(Math.min(first + 1, last)), last: words.number(last), all: words.number(rows.length) };
    caption.textContent = filled(words.rows, told);
    buttons.before.disabled = first === 0;
    buttons.after.disabled = last >= rows.length;
  };

  body.addEventListener("click", (event) => {
    const button = event.target.closest("[data-node]");
    if (button) on.choose(Number(button.dataset.node));
  });
  buttons.before.addEventListener("click", () => { first = Math.max(0, first - ROWS); fill(); });
  buttons.after.addEventListener("click", () => { first += ROWS; fill(); });

  return (next, kept) => {
    shown = next;
    const found = columns(), asked = `${shown.state.sort} ${found.map((each) => each.key)}`;
    if (!kept || asked !== known) {
      first = 0;
      known = asked;
      sort(found);
      heading(found);
    }
    fill();
  };
}
