// Where names stand: right of their nodes, left, below or above, where no other name stands in the picture.
export function placer(width) {
  const taken = [];
  return (wide, x, y, radius, forced) => {
    const middle = x - wide / 2;
    const spots = [[x + radius + 3, y + 4], [x - radius - 3 - wide, y + 4], [middle, y + radius + 14], [middle, y - radius - 6]];
    const frame = ([left, base]) => [left - 3, base - 13, left + wide + 3, base + 5];
    const free = (spot) => {
      const own = frame(spot);
      return own[0] >= 0 && own[2] <= width && !taken.some((o) => own[0] < o[2] && o[0] < own[2] && own[1] < o[3] && o[1] < own[3]);
    };
    const found = spots.find(free) ?? (forced ? spots[0] : null);
    if (found) taken.push(frame(found));
    return found;
  };
}

// Write a name on a ground of its own, so that lines do not cross it.
export function written(context, text, [left, base], theme) {
  context.lineJoin = "round";
  context.lineWidth = 4;
  context.strokeStyle = theme.paper;
  context.fillStyle = theme.ink;
  context.strokeText(text, left, base);
  context.fillText(text, left, base);
}
