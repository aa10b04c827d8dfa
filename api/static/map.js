// Pan and zoom of the map: buttons, keyboard, drag, pinch and Ctrl with the wheel. All else works without it.
"use strict";
(() => {
  const MOST = 12, STEP = 1.5, SLIP = 4; // times nearer; a step of zoom; pixels that make a press a drag
  const calm = matchMedia("(prefers-reduced-motion: reduce)");

  const ready = (map) => {
    const whole = map.getAttribute("viewBox").split(" ").map(Number);
    let box = [...whole], moving = 0;
    map.classList.add("ready"); // fingers pinch the map, not the page

    const set = (next) => {
      box = next;
      map.setAttribute("viewBox", next.map((part) => Math.round(part * 10) / 10).join(" "));
      map.classList.toggle("zoomed", next[2] < whole[2] - 1);
    };
    // Keep the picture inside the whole map.
    const held = ([x, y, w, h]) => {
      w = Math.min(whole[2], Math.max(whole[2] / MOST, w));
      h = (w * whole[3]) / whole[2];
      x = Math.min(Math.max(x, whole[0]), whole[0] + whole[2] - w);
      y = Math.min(Math.max(y, whole[1]), whole[1] + whole[3] - h);
      return [x, y, w, h];
    };
    const go = (to, soft) => {
      cancelAnimationFrame(moving);
      const next = held(to), from = box;
      if (!soft || calm.matches) return set(next);
      const begin = performance.now();
      const frame = (now) => {
        const part = Math.min(1, (now - begin) / 180);
        set(part === 1 ? next : from.map((value, at) => value + (next[at] - value) * part));
        if (part < 1) moving = requestAnimationFrame(frame);
      };
      moving = requestAnimationFrame(frame);
    };
    const zoom = (factor, at, soft) => {
      const [x, y, w, h] = box, [u, v] = at || [x + w / 2, y + h / 2];
      const width = Math.min(whole[2], Math.max(whole[2] / MOST, w / factor)), part = width / w;
      go([u - (u - x) * part, v - (v - y) * part, width, h * part], soft);
    };
    const pan = (right, down, soft) => go([box[0] + right, box[1] + down, box[2], box[3]], soft);
    const all = (soft) => go([...whole], soft);
    // A point of the window in the map's own measure; `scale` is how much of it one pixel is.
    const place = (event) => {
      const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(map.getScreenCTM().inverse());
      return [point.x, point.y];
    };
    const scale = () => 1 / map.getScreenCTM().a;

    const acts = { in: () => zoom(STEP, null, true), out: () => zoom(1 / STEP, null, true), all: () => all(true) };
    for (const bar of document.querySelectorAll("[data-acts]")) {
      bar.hidden = false;
      for (const button of bar.querySelectorAll("[data-act]")) {
        button.addEventListener("click", acts[button.dataset.act]);
      }
    }

    const keys = {
      ArrowLeft: () => pan(-box[2] / 8, 0, true), ArrowRight: () => pan(box[2] / 8, 0, true),
      ArrowUp: () => pan(0, -box[3] / 8, true), ArrowDown: () => pan(0, box[3] / 8, true),
      "+": acts.in, "-": acts.out, 0: acts.all,
    };
    map.addEventListener("keydown", (event) => {
      const act = keys[event.key];
      const arrow = event.key.startsWith("Arrow");
      if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
      if (arrow && !map.classList.contains("zoomed")) return; // the page scrolls
      event.preventDefault();
      act();
    });
    map.addEventListener("wheel", (event) => {
      if (!event.ctrlKey) return; // the page scrolls
      event.preventDefault();
      zoom(Math.exp(-event.deltaY / 200), place(event), false);
    }, { passive: false });

    // A focused territory out of sight is brought into it.
    map.addEventListener("focusin", (event) => {
      if (!map.classList.contains("zoomed") || !event.target.getBBox) return;
      const seen = event.target.getBBox(), x = seen.x + seen.width / 2, y = seen.y + seen.height / 2;
      const outside = x < box[0] || x > box[0] + box[2] || y < box[1] || y > box[1] + box[3];
      if (outside) go([x - box[2] / 2, y - box[3] / 2, box[2], box[3]], true);
    });

    const fingers = new Map();
    let slipped = false, apart = 0;
    const distance = () => {
      const [a, b] = [...fingers.values()];
      return Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY);
    };
    map.addEventListener("dragstart", (event) => event.preventDefault()); // links are not carried away
    map.addEventListener("pointerdown", (event) => {
      if (event.button) return;
      fingers.set(event.pointerId, event);
      if (fingers.size === 1) slipped = false;
      if (fingers.size === 2) apart = distance();
    });
    addEventListener("pointermove", (event) => {
      const before = fingers.get(event.pointerId);
      if (!before) return;
      const right = event.clientX - before.clientX, down = event.clientY - before.clientY;
      if (!slipped && Math.hypot(right, down) < SLIP) return;
      slipped = true;
      fingers.set(event.pointerId, event);
      if (fingers.size === 2) {
        const now = distance(), [a, b] = [...fingers.values()];
        const middle = { clientX: (a.clientX + b.clientX) / 2, clientY: (a.clientY + b.clientY) / 2 };
        zoom(now / apart, place(middle), false);
        apart = now;
      } else if (map.classList.contains("zoomed")) {
        map.classList.add("held");
        pan(-right * scale(), -down * scale(), false);
      }
    });
    const let_go = (event) => {
      fingers.delete(event.pointerId);
      if (!fingers.size) map.classList.remove("held");
    };
    addEventListener("pointerup", let_go);
    addEventListener("pointercancel", let_go);
    // A press that became a drag of the zoomed map opens no link.
    map.addEventListener("click", (event) => {
      if (slipped && event.detail && map.classList.contains("zoomed")) event.preventDefault();
      slipped = false;
    }, true);
  };

  for (const map of document.querySelectorAll("[data-map]")) ready(map);
})();
