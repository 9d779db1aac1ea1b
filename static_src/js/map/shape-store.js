/**
 * What was drawn, kept in one hidden input, so that it is sent, kept on this device and shown again
 * like any other answer.
 *
 * The input holds a JSON list of `{c: [[lon, lat], …], t: remark, o: 1}`, or nothing. `o` marks the
 * one that is not finished: it is kept too, so that nobody loses half a line. surveys/shapes/
 * reading.py reads it.
 */

const DECIMALS = 7;

export class ShapeStore {
  constructor(input) {
    this.input = input;
    this.shapes = read(input.value);
  }

  /** The shape that is being drawn, if any. */
  get open() {
    return this.shapes.find((shape) => shape.o) ?? null;
  }

  get finished() {
    return this.shapes.filter((shape) => !shape.o);
  }

  /** Add a corner at `latlng` to the shape that is being drawn, or begin one; gives the shape. */
  addCorner(latlng) {
    const corner = [latlng.lng, latlng.lat].map((value) => Number(value.toFixed(DECIMALS)));
    let shape = this.open;
    if (!shape) {
      shape = { c: [], t: "", o: 1 };
      this.shapes.push(shape);
    }
    shape.c.push(corner);
    this.save();
    return shape;
  }

  removeCorner() {
    const shape = this.open;
    shape.c.pop();
    if (!shape.c.length) this.shapes.pop();
    this.save();
    return shape.c.length;
  }

  finish() {
    const shape = this.open;
    delete shape.o;
    this.save();
    return shape;
  }

  remove(shape) {
    this.shapes = this.shapes.filter((other) => other !== shape);
    this.save();
  }

  move(shape, latlng) {
    shape.c = [[latlng.lng, latlng.lat].map((value) => Number(value.toFixed(DECIMALS)))];
    this.save();
  }

  save() {
    this.input.value = this.shapes.length ? JSON.stringify(this.shapes) : "";
    this.input.dispatchEvent(new Event("input", { bubbles: true }));
    this.input.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

function read(text) {
  try {
    const rows = JSON.parse(text || "[]");
    return rows.filter(isShape).map(({ c, t = "", o }) => (o ? { c, t, o: 1 } : { c, t }));
  } catch {
    return [];
  }
}

function isShape(row) {
  return (
    Array.isArray(row?.c) &&
    row.c.length > 0 &&
    row.c.every((pair) => pair.length === 2 && pair.every(Number.isFinite))
  );
}
