// The script of one drawing: places the points in the box, writes their names where there is room.
"use strict";
(() => {
  const FONT = 13, LINE = 16, MARGIN = 48, WIDEST = 20, LEADING = 12;
  const data = JSON.parse(document.getElementById("data").textContent);
  const box = document.getElementById("drawing");
  const said = document.getElementById("said");

  // Fill the box: turn a wide layout in a high box, then stretch so that the scale is 1.
  const place = (items) => {
    if (!items.length) return;
    const high = box.clientHeight > box.clientWidth;
    const points = items.map((n) => (high ? [n.y, n.x] : [n.x, n.y]));
    const span = (axis) => {
      const all = points.map((p) => p[axis]);
      return [Math.min(...all), Math.max(...all)];
    };
    const [x0, x1] = span(0), [y0, y1] = span(1);
    const free = (side, span) => (span ? Math.max(side - 2 * MARGIN, MARGIN) / span : 1);
    let fx = free(box.clientWidth, x1 - x0), fy = free(box.clientHeight, y1 - y0);
    fx = Math.min(fx, 1.8 * fy, 3); fy = Math.min(fy, 1.8 * fx, 3);
    items.forEach((n, at) => {
      n.x = (points[at][0] - (x0 + x1) / 2) * fx;
      n.y = (points[at][1] - (y0 + y1) / 2) * fy;
    });
  };
  place(data.nodes);

  const edges = new vis.DataSet(data.edges);
  const network = new vis.Network(box, { nodes: new vis.DataSet(data.nodes), edges }, data.options);
  const home = () => network.moveTo({ position: { x: 0, y: 0 }, scale: 1 });
  home();
  box.querySelector("canvas").removeAttribute("tabindex"); // the buttons and the table serve the keyboard

  // Names: the most important first, each inside the box where it covers neither a point nor another
  // name; those of the leading points may cover small points, else a dense middle would stay nameless.
  const byId = new Map(data.nodes.map((n) => [n.id, n]));
  const folded = new Map();
  const fold = (ctx, node) => {
    if (!folded.has(node.id)) {
      const lines = [""];
      for (const word of node.name.split(/\s+/)) {
        const last = lines.length - 1, longer = `${lines[last]} ${word}`.trim();
        if (lines[last] && longer.length > WIDEST) lines.push(word);
        else lines[last] = longer;
      }
      if (lines.length > 3) lines.splice(3, lines.length, "…");
      folded.set(node.id, { lines, width: Math.max(...lines.map((line) => ctx.measureText(line).width)) });
    }
    return folded.get(node.id);
  };
  const meets = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
  let over = null;
  network.on("afterDrawing", (ctx) => {
    const scale = network.getScale(), at = network.getPositions();
    const picked = new Set(network.getSelectedNodes());
    if (over !== null) picked.add(over);
    const first = [...picked].map((id) => byId.get(id));
    const order = [...first, ...data.nodes.filter((n) => !picked.has(n.id))];
    ctx.save();
    ctx.scale(1 / scale, 1 / scale); // from here one unit is one pixel
    ctx.font = `${FONT}px system-ui, sans-serif`;
    ctx.textAlign = "center"; ctx.textBaseline = "top"; ctx.lineJoin = "round";
    const points = data.nodes.map((n) => {
      const x = at[n.id].x * scale, y = at[n.id].y * scale, r = n.size * scale;
      return [x - r, y - r, x + r, y + r];
    });
    const led = new Set(data.nodes.slice(0, LEADING).map((n) => n.id)), names = [];
    const corner = network.DOMtoCanvas({ x: 0, y: 0 });
    const left = corner.x * scale, right = left + box.clientWidth;
    for (const node of order) {
      const { lines, width } = fold(ctx, node), height = lines.length * LINE;
      const x = at[node.id].x * scale, y = at[node.id].y * scale, r = node.size * scale + 3;
      if (x < left || x > right) continue;
      const middle = Math.min(Math.max(x, left + width / 2 + 3), right - width / 2 - 3);
      const spots = [[middle, y + r], [middle, y - r - height]];
      if (x + r + width < right) spots.push([x + r + width / 2, y - height / 2]);
      if (x - r - width > left) spots.push([x - r - width / 2, y - height / 2]);
      const taken = [...names, ...(led.has(node.id) ? points.slice(0, LEADING) : points)];
      const frame = ([cx, top]) => [cx - width / 2 - 2, top, cx + width / 2 + 2, top + height];
      const open = spots.find((spot) => !taken.some((other) => meets(frame(spot), other)));
      const spot = open || (picked.has(node.id) ? spots[0] : null);
      if (!spot) continue;
      names.push(frame(spot));
      ctx.strokeStyle = "rgba(255,255,255,0.9)"; ctx.lineWidth = 4; ctx.fillStyle = "#1b1b1b";
      lines.forEach((line, row) => {
        ctx.strokeText(line, spot[0], spot[1] + row * LINE);
        ctx.fillText(line, spot[0], spot[1] + row * LINE);
      });
    }
    ctx.restore();
  });
  network.on("hoverNode", (event) => { over = event.node; network.redraw(); });
  network.on("blurNode", () => { over = null; network.redraw(); });

  const tell = (event) => {
    const chosen = event.nodes.length ? byId.get(event.nodes[0]) : edges.get(event.edges[0] ?? -1);
    said.textContent = chosen ? chosen.title : said.dataset.hint;
  };
  network.on("select", tell);

  const zoom = (factor) => network.moveTo({ scale: Math.min(8, Math.max(0.1, network.getScale() * factor)) });
  const acts = { in: () => zoom(1.4), out: () => zoom(1 / 1.4), all: home };
  for (const button of document.querySelectorAll("[data-act]")) {
    button.addEventListener("click", acts[button.dataset.act]);
  }
  for (const button of document.querySelectorAll("[data-node]")) {
    button.addEventListener("click", () => {
      const id = Number(button.dataset.node);
      network.selectNodes([id]);
      network.focus(id, { scale: Math.max(1, network.getScale()) });
      tell({ nodes: [id], edges: [] });
      box.scrollIntoView({ block: "nearest" });
    });
  }
})();
