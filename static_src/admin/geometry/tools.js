/** The tool bar over the drawing map: buttons that start Leaflet.draw's handlers. */

import { element } from "../../js/map/dom.js";
import { pinIcon } from "./shapes.js";

const KINDS = {
  Point: { text: "drawPoint", Handler: () => L.Draw.Marker, options: () => ({ icon: pinIcon() }) },
  LineString: {
    text: "drawLine",
    Handler: () => L.Draw.Polyline,
    options: () => ({ shapeOptions: { className: "gp-geometry__shape", weight: 4 } }),
  },
  Polygon: {
    text: "drawPolygon",
    Handler: () => L.Draw.Polygon,
    options: (texts) => ({
      allowIntersection: false,
      drawError: { message: texts.crossing, timeout: 2500 },
      shapeOptions: { className: "gp-geometry__shape", weight: 4 },
    }),
  },
};

/** Put our texts, in the editor's language, in place of Leaflet.draw's own. */
export function translateDraw(texts) {
  /* Leaflet.draw uses a name that Leaflet renamed, and Leaflet complains of it in the console. */
  L.Polyline._flat = L.LineUtil.isFlat;
  const { handlers } = L.drawLocal.draw;
  handlers.marker.tooltip.start = texts.pointStart;
  handlers.polyline.tooltip.start = texts.lineStart;
  handlers.polyline.tooltip.cont = texts.lineContinue;
  handlers.polyline.tooltip.end = texts.lineEnd;
  handlers.polyline.error = texts.crossing;
  handlers.polygon.tooltip.start = texts.polygonStart;
  handlers.polygon.tooltip.cont = texts.polygonContinue;
  handlers.polygon.tooltip.end = texts.polygonEnd;
}

/**
 * The bar. `config`: types, multiple, texts; `on`: created(part), undo(), clear(), showAll(),
 * removeSelected(). `update(state)` greys out what cannot be done now.
 */
export class Tools {
  constructor(map, config, on) {
    this.map = map;
    this.config = config;
    this.on = on;
    this.handler = null;
    this.draw = {};
    const { texts } = config;
    for (const type of config.types) {
      this.draw[type] = this.button(texts[KINDS[type].text], () => this.toggle(type), `draw-${type}`);
      this.draw[type].setAttribute("aria-pressed", "false");
    }
    this.finish = this.button(texts.finish, () => this.handler?.completeShape(), "finish");
    this.lastVertex = this.button(texts.removeLastVertex, () => this.handler?.deleteLastVertex(), "vertex");
    this.undo = this.button(texts.undo, on.undo, "undo");
    this.removeSelected = this.button(texts.removeSelected, on.removeSelected, "remove");
    this.clear = this.button(texts.clear, on.clear, "clear");
    this.showAll = this.button(texts.showAll, on.showAll, "show");
    this.element = element(
      "div",
      { class: "gp-geometry__tools", role: "group", "aria-label": texts.mapLabel },
      ...Object.values(this.draw),
      this.finish,
      this.lastVertex,
      this.undo,
      this.removeSelected,
      this.clear,
      this.showAll,
    );
    map.on("draw:created", ({ layer }) => on.created(layer.toGeoJSON().geometry));
    map.on("draw:drawstop", () => this.stopped());
  }

  button(text, onClick, name) {
    const button = element(
      "button",
      { type: "button", class: "button button-small button-secondary", "data-tool": name },
      text,
    );
    button.addEventListener("click", onClick);
    return button;
  }

  toggle(type) {
    const active = this.handler?.type === KINDS[type].Handler().TYPE;
    this.stop();
    if (active) return;
    const { Handler, options } = KINDS[type];
    this.handler = new (Handler())(this.map, options(this.config.texts));
    this.handler.enable();
    this.draw[type].setAttribute("aria-pressed", "true");
    this.draw[type].textContent = this.config.texts.cancel;
    this.finish.hidden = type === "Point";
    this.lastVertex.hidden = type === "Point";
    this.map.getContainer().focus();
  }

  stop() {
    this.handler?.disable();
  }

  get drawing() {
    return Boolean(this.handler);
  }

  stopped() {
    this.handler = null;
    for (const [type, button] of Object.entries(this.draw)) {
      button.setAttribute("aria-pressed", "false");
      button.textContent = this.config.texts[KINDS[type].text];
    }
    this.finish.hidden = true;
    this.lastVertex.hidden = true;
  }

  update({ kind, canUndo, selected }) {
    for (const [type, button] of Object.entries(this.draw)) {
      const other = kind !== null && kind !== type && this.config.multiple;
      button.disabled = other;
      button.title = other ? this.config.texts.oneKind : "";
    }
    this.undo.disabled = !canUndo;
    this.clear.disabled = kind === null;
    this.showAll.disabled = kind === null;
    this.removeSelected.hidden = !selected;
    if (!this.drawing) this.stopped();
  }
}
