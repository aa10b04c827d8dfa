// The whole state of the explorer, in the address: what is filtered, chosen, coloured, sorted and seen.

const NAMES = [
  "from", "to", "territory", "area", "fund", "kind", "min_weight", "around", "steps",
  "node", "path", "colour", "size", "sort", "view",
];

export function read(hash) {
  const given = new URLSearchParams(hash.replace(/^#/, "")), state = {};
  for (const name of NAMES) {
    const value = given.get(name);
    if (value) state[name] = value;
  }
  for (const name of ["from", "to"]) if (state[name] && !/^\d{4}$/.test(state[name])) delete state[name];
  for (const name of ["min_weight", "steps"]) {
    if (state[name] && !(Number(state[name]) > 0 && Number(state[name]) < 1e6)) delete state[name];
  }
  return state;
}

export function written(state) {
  const told = new URLSearchParams();
  for (const name of NAMES) if (state[name]) told.set(name, state[name]);
  const text = told.toString();
  return text ? `#${text}` : "";
}

// Put the state in the address without a new entry in the history, and without scrolling.
export function keep(state) {
  const at = `${location.pathname}${location.search}${written(state)}`;
  if (at !== `${location.pathname}${location.search}${location.hash}`) history.replaceState(null, "", at);
}
