/**
 * Put points that lie close together on the screen in one group.
 *
 * `points`: objects with `x` and `y` in pixels. Returns groups `{x, y, members}` at the place
 * of their first member, so that two groups are never closer than `distance` pixels. One pass
 * over a grid, so that thousands of points take milliseconds.
 */
export function groupPoints(points, distance) {
  const cells = new Map();
  const groups = [];
  for (const point of points) {
    const column = Math.floor(point.x / distance);
    const row = Math.floor(point.y / distance);
    const group = nearest(cells, point, column, row, distance);
    if (group) {
      group.members.push(point);
      continue;
    }
    const fresh = { x: point.x, y: point.y, members: [point] };
    groups.push(fresh);
    const key = `${column}:${row}`;
    if (cells.has(key)) cells.get(key).push(fresh);
    else cells.set(key, [fresh]);
  }
  return groups;
}

function nearest(cells, point, column, row, distance) {
  let best = null;
  let shortest = distance * distance;
  for (let x = column - 1; x <= column + 1; x += 1) {
    for (let y = row - 1; y <= row + 1; y += 1) {
      for (const group of cells.get(`${x}:${y}`) ?? []) {
        const away = (group.x - point.x) ** 2 + (group.y - point.y) ** 2;
        if (away < shortest) {
          shortest = away;
          best = group;
        }
      }
    }
  }
  return best;
}
