// The network drawn on a canvas: at first, and where there is no WebGL. The same face as gl.js, slower to move.
import { edgeMark, nodeMark, shortened } from "./colours.js";
import { spread } from "./data.js";
import { placer, written } from "./names.js";
import { trace } from "./shapes.js";

const PADDING = 24, REACH = 6, NEAREST = 50, FARTHEST = 1 / 3;

export function flatView(box, model, shown, on) {
  const canvas = document.createElement("canvas"), context = canvas.getContext("2d");
  box.append(canvas);
  const [x0, x1] = model.extent.x, [y0, y1] = model.extent.y;
  const span = Math.max(x1 - x0, y1 - y0) || 1;
  let state = shown, asked = 0, named = [], over = null;
  let camera = { x: 0.5, y: 0.5, ratio: 1 }; // as sigma's: the middle of the picture, in parts of the network

  const scale = () => {
    const [w, h] = [box.clientWidth - 2 * PADDING, box.clientHeight - 2 * PADDING];
    return Math.max(1, Math.min(w / ((x1 - x0) / span || 1), h / ((y1 - y0) / span || 1))) / camera.ratio;
  };
  const project = (n) => {
    const [u, v] = model.unit(n), by = scale();
    return { x: box.clientWidth / 2 + (u - camera.x) * by, y: box.clientHeight / 2 - (v - camera.y) * by };
  };
  const zoomed = () => Math.sqrt(camera.ratio);

  const draw = (into = context, dots = devicePixelRatio) => {
    const { theme } = state;
    into.setTransform(dots, 0, 0, dots, 0, 0);
    into.fillStyle = theme.paper;
    into.fillRect(0, 0, box.clientWidth, box.clientHeight);
    const at = Array.from({ length: model.count }, (_, n) => project(n));
    const lines = [];
    for (let e = 0; e < model.edges.count; e++) {
      const [i, j] = [model.edges.source[e], model.edges.target[e]], mark = edgeMark(state, e, i, j);
      if (!mark.hidden) lines.push([mark, at[i], at[j]]);
    }
    for (const [mark, from, to] of lines.sort((a, b) => a[0].z - b[0].z)) {
      into.strokeStyle = mark.colour;
      into.lineWidth = mark.width;
      into.beginPath();
      into.moveTo(from.x, from.y);
      into.lineTo(to.x, to.y);
      into.stroke();
    }
    const marks = [];
    for (let n = 0; n < model.count; n++) {
      const mark = nodeMark(state, n);
      if (!mark.hidden) marks.push([mark, n]);
    }
    for (const [mark, n] of marks.sort((a, b) => a[0].z - b[0].z)) {
      trace(into, mark.shape, at[n].x, at[n].y, mark.size / zoomed());
      into.fillStyle = mark.colour;
      into.fill();
      into.lineWidth = 1;
      into.strokeStyle = theme.dim(theme.ink);
      into.stroke();
    }
    names(into, marks, at);
  };

  // Names of the largest first, where no other stands.
  const names = (into, marks, at) => {
    into.font = "13px system-ui, sans-serif";
    const place = placer(box.clientWidth, box.clientHeight, () => marks.map(([mark, n]) => ({ ...at[n], radius: mark.size / zoomed() })));
    named = [];
    const order = marks.filter(([mark]) => mark.named).sort((a, b) => b[0].forced - a[0].forced || b[0].size - a[0].size);
    for (const [mark, n] of order.slice(0, 400)) {
      const text = shortened(model.labels[n]), { x, y } = at[n], radius = mark.size / zoomed(), forced = mark.forced || n === over;
      const spot = forced || radius >= 4 ? place(into.measureText(text).width, x, y, radius, forced) : null;
      if (!spot) continue;
      named.push([n, ...spot]);
      written(into, text, spot, state.theme);
    }
  };

  const later = () => { asked ||= requestAnimationFrame(() => { asked = 0; draw(); }); };
  const sized = () => {
    const [wide, high] = [box.clientWidth, box.clientHeight].map((side) => Math.floor(side * devicePixelRatio));
    if (canvas.width === wide && canvas.height === high) return;
    [canvas.width, canvas.height] = [wide, high];
    later();
  };
  const move = (to) => {
    camera = { ...camera, ...to };
    camera.ratio = Math.min(1 / FARTHEST, Math.max(1 / NEAREST, camera.ratio));
    later();
    on.moved();
  };
  const at = (event) => {
    const frame = canvas.getBoundingClientRect();
    return [event.clientX - frame.left, event.clientY - frame.top];
  };
  const under = (x, y) => {
    let best = null, nearest = Infinity;
    for (let n = 0; n < model.count; n++) {
      if (!state.left.nodes[n]) continue;
      const point = project(n), away = Math.hypot(point.x - x, point.y - y) - state.sizes[n] / zoomed();
      if (away < Math.min(nearest, REACH)) [best, nearest] = [n, away];
    }
    return best;
  };

  // Zoom about a place of the window, which stays under the finger or the mouse.
  const near = (factor, [x, y]) => {
    const by = scale(), ratio = camera.ratio / factor;
    const part = 1 - Math.min(1 / FARTHEST, Math.max(1 / NEAREST, ratio)) / camera.ratio;
    const [right, up] = [(x - box.clientWidth / 2) / by, (box.clientHeight / 2 - y) / by];
    move({ x: camera.x + right * part, y: camera.y + up * part, ratio });
  };
  const fingers = new Map(); // what is pressed: the mouse, or one finger or more
  let slipped = false;
  // Where the fingers are: their middle, and how far apart the first two stand.
  const spot = () => {
    const [[x, y], [u, v] = [x, y]] = [...fingers.values()].map(at);
    return [(x + u) / 2, (y + v) / 2, Math.hypot(u - x, v - y)];
  };
  canvas.addEventListener("pointerdown", (event) => {
    fingers.set(event.pointerId, event);
    slipped = fingers.size > 1;
    canvas.setPointerCapture(event.pointerId);
  });
  canvas.addEventListener("pointermove", (event) => {
    const before = fingers.get(event.pointerId);
    if (before) {
      if (!slipped && Math.hypot(event.clientX - before.clientX, event.clientY - before.clientY) < 4) return;
      const [x, y, apart] = spot();
      fingers.set(event.pointerId, event);
      slipped = true;
      const [u, v, now] = spot();
      move({ x: camera.x - (u - x) / scale(), y: camera.y + (v - y) / scale() });
      if (apart && now) near(now / apart, [u, v]);
      return;
    }
    const now = under(...at(event));
    if (now !== over) on.over((over = now));
  });
  canvas.addEventListener("pointerup", (event) => {
    fingers.delete(event.pointerId);
    if (slipped) return;
    const found = under(...at(event));
    if (found === null) on.stage(...at(event));
    else on.pick(found);
  });
  canvas.addEventListener("pointercancel", (event) => fingers.delete(event.pointerId));
  canvas.addEventListener("wheel", (event) => {
    event.preventDefault();
    near(Math.exp(-event.deltaY / 400), at(event));
  }, { passive: false });
  const watch = new ResizeObserver(sized);
  watch.observe(box);
  sized();

  return {
    kind: "canvas",
    show(next) { state = next; later(); },
    project,
    focus(nodes) {
      const units = nodes.map(model.unit);
      const [u0, u1] = spread(units.map(([u]) => u)), [v0, v1] = spread(units.map(([, v]) => v));
      const wide = Math.max(u1 - u0, v1 - v0) * 1.3;
      const ratio = nodes.length > 1 ? Math.max(0.05, Math.min(1, wide)) : Math.min(camera.ratio, 0.35);
      move({ x: (u0 + u1) / 2, y: (v0 + v1) / 2, ratio });
    },
    zoom: (factor) => move({ ratio: camera.ratio / factor }),
    pan: (right, down) => move({ x: camera.x + right * camera.ratio, y: camera.y - down * camera.ratio }),
    whole: () => move({ x: 0.5, y: 0.5, ratio: 1 }),
    camera: () => [camera.x, camera.y, camera.ratio],
    place: ([x, y, ratio]) => move({ x, y, ratio }),
    canvas() {
      const copy = document.createElement("canvas");
      [copy.width, copy.height] = [canvas.width, canvas.height];
      draw(copy.getContext("2d"));
      return copy;
    },
    labels: () => named,
    resize: sized,
    // Leave the box to another view; or take away what one left that could not be made.
    end() { watch.disconnect(); canvas.remove(); },
    alone() { box.replaceChildren(canvas); },
  };
}
