// A combobox over the nodes that are shown: arrows, Enter, Escape, as the ARIA pattern has it.
import { made } from "./dom.js";

const MOST = 12;
const folded = (text) => text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "");

// `shown()` gives what is shown, `chosen(node)` is called with what was chosen.
export function combobox(input, list, model, words, shown, chosen) {
  const names = model.labels.map(folded);
  let hits = [], at = -1;

  const find = () => {
    const parts = folded(input.value).split(/\s+/).filter(Boolean), left = shown();
    const found = [];
    if (parts.length) {
      for (let n = 0; n < model.count; n++) {
        if (left.nodes[n] && parts.every((part) => names[n].includes(part))) found.push(n);
      }
    }
    const first = parts[0] ?? "";
    const begins = (n) => !names[n].startsWith(first);
    hits = found.sort((a, b) => begins(a) - begins(b) || names[a].length - names[b].length).slice(0, MOST);
    return parts.length > 0;
  };
  const close = () => {
    list.hidden = true;
    at = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const open = () => {
    if (!find()) return close();
    at = -1;
    list.replaceChildren(
      ...hits.map((n, place) => {
        const place_ = words.names[model.territories[n][0]] ?? model.territories[n][0];
        return made("li", { role: "option", id: `${list.id}-${place}`, "aria-selected": "false", "data-node": n },
          model.labels[n], place_ ? made("span", { class: "muted small" }, ` ${place_}`) : null);
      }),
    );
    if (!hits.length) list.append(made("li", { role: "option", "aria-disabled": "true" }, words.no_hits));
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    input.removeAttribute("aria-activedescendant");
  };
  const mark = (next) => {
    if (!hits.length) return;
    list.children[at]?.setAttribute("aria-selected", "false");
    at = (next + hits.length) % hits.length;
    list.children[at].setAttribute("aria-selected", "true");
    list.children[at].scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", list.children[at].id);
  };
  const take = (node) => {
    input.value = model.labels[node];
    close();
    chosen(node);
  };

  input.addEventListener("input", open);
  input.addEventListener("keydown", (event) => {
    const moves = { ArrowDown: () => mark(at + 1), ArrowUp: () => mark(at < 0 ? -1 : at - 1) };
    if (event.key in moves) {
      event.preventDefault();
      if (list.hidden) open();
      if (!list.hidden) moves[event.key]();
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (list.hidden) open();
      if (hits.length && !list.hidden) take(hits[Math.max(at, 0)]);
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      close();
    }
  });
  input.addEventListener("blur", close);
  list.addEventListener("pointerdown", (event) => {
    event.preventDefault(); // the input keeps the focus
    const option = event.target.closest("[data-node]");
    if (option) take(Number(option.dataset.node));
  });
}
