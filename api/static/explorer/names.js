// Where names stand: right of their nodes, left, below or above, where no other name stands in the picture and
// the fewest nodes lie under it. A name that would hide one is left out, that of a large node one that would hide
// several or a large one, unless it is asked for.
const CELL = 8, LARGE = 7, SEVERAL = 3; // pixels: of a square in which nodes are counted, of a radius; nodes

export function placer(width, height, points) {
  const taken = [];
  let counted = null;
  return (wide, x, y, radius, forced) => {
    counted ??= squares(width, height, points());
    const middle = Math.min(Math.max(x - wide / 2, 3), width - wide - 3);
    const spots = [[x + radius + 3, y + 4], [x - radius - 3 - wide, y + 4], [middle, y + radius + 14], [middle, y - radius - 6]];
    const frame = ([left, base]) => [left - 3, base - 13, left + wide + 3, base + 5];
    const free = (spot) => {
      const own = frame(spot);
      return own[0] >= 0 && own[2] <= width && !taken.some((o) => own[0] < o[2] && o[0] < own[2] && own[1] < o[3] && o[1] < own[3]);
    };
    let found = null, fewest = forced ? Infinity : radius > LARGE ? SEVERAL : 1;
    for (const spot of spots.filter(free)) {
      const hidden = counted(frame(spot), { x, y, radius });
      if (hidden < fewest) [found, fewest] = [spot, hidden];
    }
    if (!found && forced) found = spots[0];
    if (found) taken.push(frame(found));
    return found;
  };
}

// Return how many nodes but its own lie in a name's frame, to the square; a large one counts as several.
function squares(width, height, points) {
  const across = Math.ceil(width / CELL), down = Math.ceil(height / CELL), many = new Uint16Array(across * down);
  const weight = ({ radius }) => (radius > LARGE ? SEVERAL : 1), square = (at) => Math.floor(at / CELL);
  for (const each of points) {
    const row = square(each.y), column = square(each.x);
    if (row >= 0 && row < down && column >= 0 && column < across) many[row * across + column] += weight(each);
  }
  return ([left, top, right, bottom], own) => {
    let found = 0;
    for (let row = Math.max(0, square(top)); row <= Math.min(down - 1, square(bottom)); row++) {
      for (let column = Math.max(0, square(left)); column <= Math.min(across - 1, square(right)); column++) {
        found += many[row * across + column];
        if (row === square(own.y) && column === square(own.x)) found -= weight(own);
      }
    }
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
