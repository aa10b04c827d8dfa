// The network drawn by sigma in WebGL. It has the same face as flat.js, which draws on a canvas.
import { edgeMark, nodeMark, shortened } from "./colours.js";
import { spread } from "./data.js";
import { placer, written } from "./names.js";
import { shapeProgram } from "./shapes.js";

const THIN = 4000; // edges above which those that are not lit are lines of one pixel, which cost little
const FAMILY = "system-ui, sans-serif";

// Return a view that draws in the box, or throw where there is no WebGL.
export async function glView(box, model, shown, on) {
  const probe = document.createElement("canvas").getContext("webgl2");
  if (!probe) throw new Error("no WebGL");
  probe.getExtension("WEBGL_lose_context")?.loseContext();
  const library = await import("../sigma/sigma.min.js");
  const graph = new library.UndirectedGraph();
  for (let n = 0; n < model.count; n++) graph.addNode(n, { x: model.x[n], y: model.y[n] });
  for (let e = 0; e < model.edges.count; e++) {
    graph.addEdgeWithKey(e, model.edges.source[e], model.edges.target[e]);
  }
  let state = shown, place = null, named = [], sigma = null;
  const name = (context, data, into, over = false) => {
    if (!data.label) return;
    context.font = `13px ${FAMILY}`;
    const spot = into(context.measureText(data.label).width, data.x, data.y, data.size, over || data.forceLabel);
    if (!spot) return;
    if (!over) named.push([Number(data.key), ...spot]);
    written(context, data.label, spot, state.theme);
  };
  const places = () => placer(box.clientWidth, box.clientHeight, seen);
  // Where the nodes that are shown lie in the window: it neither turns nor bends what it shows.
  function* seen() {
    if (!sigma) return; // it draws once while it is made
    const { x: [x0, x1], y: [y0, y1] } = model.extent;
    const first = sigma.graphToViewport({ x: x0, y: y0 }), last = sigma.graphToViewport({ x: x1, y: y1 });
    const right = x1 > x0 ? (last.x - first.x) / (x1 - x0) : 0, down = y1 > y0 ? (last.y - first.y) / (y1 - y0) : 0;
    for (let n = 0; n < model.count; n++) {
      if (!state.left.nodes[n]) continue;
      const x = first.x + (model.x[n] - x0) * right, y = first.y + (model.y[n] - y0) * down;
      yield { x, y, radius: sigma.scaleSize(state.sizes[n]) };
    }
  }
  const many = model.edges.count > THIN;
  sigma = new library.Sigma(graph, box, {
    // Under sigma's own names, or it would compile its programs too: arrow is thin and drawn first, line is wide.
    edgeProgramClasses: { arrow: library.EdgeLineProgram, line: library.EdgeRectangleProgram },
    nodeProgramClasses: { circle: shapeProgram(library) },
    nodeReducer: (n) => {
      const at = Number(n), mark = nodeMark(state, at);
      return {
        x: model.x[at], y: model.y[at],
        hidden: mark.hidden, color: mark.colour, shape: mark.shape, size: mark.size, zIndex: mark.z,
        label: mark.named ? shortened(model.labels[at]) : null, forceLabel: mark.forced, type: "circle",
      };
    },
    edgeReducer: (e) => {
      const at = Number(e);
      const mark = edgeMark(state, at, model.edges.source[at], model.edges.target[at]);
      const type = many && mark.z < 2 ? "arrow" : "line";
      return { hidden: mark.hidden, color: mark.colour, size: mark.width, zIndex: mark.z, type };
    },
    labelFont: FAMILY, labelSize: 13, labelWeight: "normal", labelColor: { color: shown.theme.ink },
    labelDensity: 0.35, labelGridCellSize: 140, labelRenderedSizeThreshold: 5,
    defaultDrawNodeLabel: (context, data) => name(context, data, (place ??= places())),
    defaultDrawNodeHover: (context, data) => name(context, data, places(), true),
    zIndex: true, minCameraRatio: 0.02, maxCameraRatio: 3, stagePadding: 24,
  });
  sigma.setCustomBBox(model.extent);
  sigma.on("beforeRender", () => { place = null; named = []; });
  sigma.on("enterNode", ({ node }) => on.over(Number(node)));
  sigma.on("leaveNode", () => on.over(null));
  sigma.on("clickNode", ({ node }) => on.pick(Number(node)));
  sigma.on("clickStage", ({ event }) => on.stage(event.x, event.y));
  const camera = sigma.getCamera();
  camera.on("updated", () => on.moved());
  const steady = () => ({ duration: on.calm() ? 0 : 250 });
  const go = (to) => { if (on.calm()) camera.setState(to); else camera.animate(to, steady()); };
  return {
    kind: "webgl",
    show(next, light) {
      state = next;
      sigma.setSetting("labelColor", { color: next.theme.ink });
      sigma.refresh({ skipIndexation: Boolean(light), schedule: true });
    },
    project: (n) => sigma.graphToViewport({ x: model.x[n], y: model.y[n] }),
    // Bring nodes into the middle: one keeps the scale or comes nearer, several are all seen.
    focus(nodes) {
      const units = nodes.map(model.unit);
      const [x0, x1] = spread(units.map(([x]) => x)), [y0, y1] = spread(units.map(([, y]) => y));
      const wide = Math.max(x1 - x0, y1 - y0) * 1.3;
      const ratio = nodes.length > 1 ? Math.max(0.05, Math.min(1, wide)) : Math.min(camera.ratio, 0.35);
      go({ x: (x0 + x1) / 2, y: (y0 + y1) / 2, ratio });
    },
    zoom: (factor) => go({ ratio: camera.getBoundedRatio(camera.ratio / factor) }),
    pan: (right, down) => go({ x: camera.x + right * camera.ratio, y: camera.y - down * camera.ratio }),
    whole: () => go({ x: 0.5, y: 0.5, ratio: 1, angle: 0 }),
    camera: () => [camera.x, camera.y, camera.ratio],
    place: ([x, y, ratio]) => camera.setState({ x, y, ratio }),
    // The picture as a canvas: the drawing buffers are gone after this task, so it is drawn anew first.
    canvas() {
      sigma.render();
      const layers = sigma.getCanvases(), first = layers.edges;
      const whole = document.createElement("canvas");
      [whole.width, whole.height] = [first.width, first.height];
      const context = whole.getContext("2d");
      context.fillStyle = state.theme.paper;
      context.fillRect(0, 0, whole.width, whole.height);
      for (const key of ["edges", "nodes", "labels"]) context.drawImage(layers[key], 0, 0);
      return whole;
    },
    labels: () => named,
    resize: () => sigma.refresh(),
  };
}
