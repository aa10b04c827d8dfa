// Download what is shown: the picture as PNG or SVG, made here, and the files that the server writes.
import { edgeMark, nodeMark, shortened } from "./colours.js";
import { drawn } from "./dom.js";
import { parameters } from "./filter.js";
import { CORNERS, points } from "./shapes.js";

export function downloads(links, buttons, box, model, view, shown) {
  buttons.png.addEventListener("click", () => {
    view().canvas().toBlob((blob) => save(blob, `${model.name}.png`), "image/png");
  });
  buttons.svg.addEventListener("click", () => {
    const text = new XMLSerializer().serializeToString(picture(box, model, view(), shown()));
    save(new Blob([text], { type: "image/svg+xml" }), `${model.name}.svg`);
  });
  // The links ask the server for the same part of the network.
  return (state, some) => {
    const asked = parameters(model, state).toString();
    for (const link of links) {
      const { form } = link.dataset, path = new URL(link.href).pathname;
      const format = form === "html" ? "" : `format=${form}`;
      link.href = `${path}?${[format, asked].filter(Boolean).join("&")}`;
      link.classList.toggle("off", !some);
    }
  };
}

function save(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

// The picture as it stands in the box, as SVG.
function picture(box, model, view, shown) {
  const { theme, left } = shown, [width, height] = [box.clientWidth, box.clientHeight];
  const svg = drawn("svg", { viewBox: `0 0 ${width} ${height}`, width, height, "font-family": "system-ui, sans-serif", "font-size": 13 });
  svg.append(drawn("rect", { width, height, fill: theme.paper }));
  const lines = drawn("g", {}), marks = drawn("g", {}), names = drawn("g", { fill: theme.ink, stroke: theme.paper, "stroke-width": 4, "stroke-linejoin": "round", "paint-order": "stroke" });
  const at = new Map();
  for (let n = 0; n < model.count; n++) if (left.nodes[n]) at.set(n, view.project(n));
  const found = [];
  for (let e = 0; e < model.edges.count; e++) {
    const [i, j] = [model.edges.source[e], model.edges.target[e]];
    if (left.edges[e]) found.push([edgeMark(shown, e, i, j), at.get(i), at.get(j)]);
  }
  for (const [mark, from, to] of found.sort((a, b) => a[0].z - b[0].z)) {
    lines.append(drawn("line", {
      x1: from.x.toFixed(1), y1: from.y.toFixed(1), x2: to.x.toFixed(1), y2: to.y.toFixed(1),
      stroke: mark.colour, "stroke-width": mark.width.toFixed(1),
    }));
  }
  const zoomed = Math.sqrt(view.camera()[2]);
  for (const [n, { x, y }] of at) {
    const mark = nodeMark(shown, n), radius = mark.size / zoomed, fill = mark.colour;
    const shape = CORNERS[mark.shape]
      ? drawn("polygon", { points: points(mark.shape, x, y, radius), fill })
      : drawn("circle", { cx: x.toFixed(1), cy: y.toFixed(1), r: radius.toFixed(1), fill });
    shape.append(drawn("title", {}, model.labels[n]));
    marks.append(shape);
  }
  for (const [n, left, base] of view.labels()) {
    names.append(drawn("text", { x: left.toFixed(1), y: base.toFixed(1) }, shortened(model.labels[n])));
  }
  svg.append(lines, marks, names);
  return svg;
}
