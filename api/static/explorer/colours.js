// The colours of the page's own tokens, in the theme that is on, as drawings take them.

export function theme() {
  const tokens = getComputedStyle(document.documentElement);
  const token = (name) => tokens.getPropertyValue(`--${name}`).trim();
  const paper = token("paper");
  return {
    paper,
    ink: token("ink"),
    edge: mixed(token("soft"), paper, 0.4),
    accent: token("accent"),
    spot: token("spot"),
    dim: (colour) => mixed(colour, paper, 0.15),
    faint: mixed(token("soft"), paper, 0.08),
  };
}

const CHOSEN = 7; // the least radius of what is chosen

const part = (colour, at) => parseInt(colour.slice(at, at + 2), 16);
const held = new Map();

// So much of a colour on another; both as #rrggbb.
export function mixed(colour, ground, share) {
  const key = `${colour}${ground}${share}`;
  if (!held.has(key)) {
    const blend = (at) => Math.round(part(colour, at) * share + part(ground, at) * (1 - share));
    held.set(key, `#${[1, 3, 5].map((at) => blend(at).toString(16).padStart(2, "0")).join("")}`);
  }
  return held.get(key);
}

// How a node and an edge are drawn, given what is shown: the same for WebGL, canvas and SVG.
export function nodeMark(shown, n) {
  const { left, looks, sizes, theme, lit, picked, path } = shown;
  const look = looks.of[n], aside = lit && !lit.has(n), chosen = n === picked || path?.nodes.has(n) === true;
  return {
    hidden: !left.nodes[n],
    colour: aside && !chosen ? theme.dim(look.colour) : look.colour,
    shape: look.shape,
    size: chosen ? Math.max(sizes[n], CHOSEN) : sizes[n],
    named: !aside || chosen,
    forced: chosen,
    z: aside ? 0 : chosen ? 2 : 1,
  };
}

export function edgeMark(shown, e, source, target) {
  const { left, theme, lit, focus, path } = shown;
  const width = 0.4 + 0.5 * Math.log2(1 + left.weight[e]);
  const mark = { hidden: !left.edges[e], colour: theme.edge, width, z: 1 };
  if (path?.edges.has(e)) return { ...mark, colour: theme.spot, width: width + 2, z: 3 };
  if (!lit) return mark;
  const own = focus === source || focus === target;
  return own ? { ...mark, colour: theme.accent, width: width + 0.5, z: 2 } : { ...mark, colour: theme.faint, z: 0 };
}

export const shortened = (label) => (label.length > 36 ? `${label.slice(0, 35)}…` : label);
