// The period moves year by year: played, or one step at a time where the reader wants no motion.
const PACE = 1200; // milliseconds a year

// `period()` gives the chosen years or null, `set(from, to)` chooses; the window keeps its width.
export function player(buttons, words, model, calm, period, set) {
  const [first, last] = model.years;
  let timer = 0;
  const step = () => {
    const chosen = period();
    if (!chosen) return set(first, first);
    const [from, to] = chosen, wide = to - from;
    if (to >= last) return set(first, first + wide);
    return set(from + 1, to + 1);
  };
  const stop = () => {
    clearInterval(timer);
    timer = 0;
    buttons.play.setAttribute("aria-pressed", "false");
    buttons.play.textContent = words.play;
  };
  const tick = () => {
    step();
    if (period()[1] >= last) stop();
  };
  const offered = () => {
    buttons.play.hidden = calm.matches;
    if (calm.matches) stop();
  };
  buttons.play.addEventListener("click", () => {
    if (timer) return stop();
    buttons.play.setAttribute("aria-pressed", "true");
    buttons.play.textContent = words.pause;
    tick();
    timer = setInterval(tick, PACE);
  });
  buttons.next.addEventListener("click", () => { stop(); step(); });
  calm.addEventListener("change", offered);
  offered();
  return { stop };
}
