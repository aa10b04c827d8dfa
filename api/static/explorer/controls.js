// The form of filters and looks: its choices come from the data, its values go to and from the state.
import { $, filled, made } from "./dom.js";
import { FIXED } from "./looks.js";

const TEXTS = ["kind", "territory", "area", "fund", "colour", "size"];

export function controls(model, words, changed) {
  const collator = new Intl.Collator(words.language);
  const named = (name) => words.names[name] ?? name;
  const actors = (of) => of.filter((_, n) => !model.isEvent(n)).flat();
  const offered = {
    kind: [actors(model.kinds), (kind) => words.kinds[kind] ?? kind],
    territory: [actors(model.territories), named],
    area: [model.events.areas.flat(), named],
    fund: [model.events.funds.flat(), named],
  };
  for (const [name, [values, label]] of Object.entries(offered)) {
    const known = [...new Set(values)].sort((a, b) => collator.compare(label(a), label(b)));
    $(`ex-${name}-of`).hidden = known.length < 2;
    $(`ex-${name}`).append(...known.map((value) => made("option", { value }, label(value))));
  }
  const measures = Object.keys(model.measures).sort((a, b) => collator.compare(words.measures[a], words.measures[b]));
  const option = (name) => made("option", { value: name }, words.measures[name]);
  const fixed = FIXED.filter((name) => name !== "territory" || offered.territory[0].length);
  $("ex-colour").append(...fixed.map((name) => made("option", { value: name }, words[name])), ...measures.map(option));
  $("ex-size").append(
    made("option", { value: "partners" }, words.partners),
    ...measures.filter((name) => !words.groups.includes(name)).map(option),
  );
  $("ex-min_weight-of").hidden = model.twoMode;
  const years = model.years;
  $("ex-years").hidden = !years;
  if (years) {
    for (const name of ["from", "to"]) [$(`ex-${name}`).min, $(`ex-${name}`).max] = years;
  }

  for (const name of [...TEXTS, "min_weight"]) {
    $(`ex-${name}`).addEventListener("change", (event) => changed({ [name]: event.target.value }));
  }
  // One end pushes the other; the whole span asks for nothing.
  const slid = (moved) => {
    const other = moved === "from" ? "to" : "from";
    const [own, its] = [Number($(`ex-${moved}`).value), Number($(`ex-${other}`).value)];
    const next = { [moved]: own, [other]: moved === "from" ? Math.max(own, its) : Math.min(own, its) };
    changed(asked(next.from, next.to));
  };
  const asked = (from, to) =>
    from <= years[0] && to >= years[1] ? { from: "", to: "" } : { from: String(from), to: String(to) };
  for (const name of ["from", "to"]) $(`ex-${name}`).addEventListener("input", () => slid(name));
  $("ex-form").addEventListener("submit", (event) => event.preventDefault());

  return {
    asked,
    // What the state says, in the form; a value that the network does not have is added, to be seen.
    show(state) {
      for (const name of TEXTS) {
        const field = $(`ex-${name}`), value = state[name] ?? "";
        if (value && ![...field.options].some((each) => each.value === value)) field.append(made("option", { value }, value));
        field.value = value || field.options[0]?.value || "";
      }
      $("ex-min_weight").value = state.min_weight ?? "";
      if (!years) return;
      const [from, to] = [state.from ?? years[0], state.to ?? years[1]];
      [$("ex-from").value, $("ex-to").value] = [from, to];
      const told = from === to ? `${from}` : `${from}–${to}`;
      $("ex-period").textContent = state.from || state.to ? told : filled(words.all_years, {});
      for (const name of ["from", "to"]) $(`ex-${name}`).setAttribute("aria-valuetext", $(`ex-${name}`).value);
    },
  };
}
