// The legend: what colours and shapes mean, how many there are of each, and what sizes mean.
import { drawn, filled, made } from "./dom.js";
import { CORNERS, points } from "./shapes.js";

export function legend(list, sizes, model, words) {
  const sign = ({ shape, colour }) => {
    const form = CORNERS[shape]
      ? drawn("polygon", { points: points(shape, 10, 10, 7), fill: colour })
      : drawn("circle", { cx: 10, cy: 10, r: 7, fill: colour });
    return drawn("svg", { viewBox: "0 0 20 20", "aria-hidden": "true" }, form);
  };
  return (shown) => {
    const item = (look) =>
      made("li", {}, sign(look), look.text, " ", made("span", { class: "muted" }, `(${words.number(look.many)})`));
    list.replaceChildren(...shown.looks.legend.map(item));
    const { seed, iterations } = model.layout;
    const name = words.measures[shown.state.size] ?? words.partners;
    sizes.textContent = `${filled(words.size_of, { name })} ${filled(words.laid_out, { seed, iterations })}`;
  };
}
