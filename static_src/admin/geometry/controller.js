/**
 * Stimulus controller of cms.geometry.widgets.GeometryWidget: a map to draw on, in step with
 * the text box that the form sends. The text box is the truth; the map follows it and writes it.
 * Being a Stimulus controller it starts in rows and blocks that an editor adds later.
 */

import { createMap } from "../../js/map/base.js";
import { element, fill } from "../../js/map/dom.js";
import { Shapes, vertexCount } from "./shapes.js";
import { readText, spot, writeText } from "./text.js";
import { Tools, translateDraw } from "./tools.js";

const TYPING_PAUSE = 400;
const MAX_UNDO = 50;

class GeometryController extends window.StimulusModule.Controller {
  static targets = ["draw", "details", "text"];
  static values = { config: Object };

  /* A block that is moved up or down is disconnected and connected again: keep its map. */
  connect() {
    if (this.map) {
      this.map.invalidateSize();
      return;
    }
    this.history = [];
    this.build();
    this.showText();
    this.drawTarget.hidden = false;
    this.detailsTarget.open = this.keepsTextOpen;
    if (this.configValue.background) this.loadBackground();
  }

  get keepsTextOpen() {
    const wrong = this.textTarget.getAttribute("aria-invalid") === "true";
    return wrong || (this.configValue.types.join() === "Point" && !this.configValue.multiple);
  }

  build() {
    const { texts } = this.configValue;
    translateDraw(texts);
    const frame = element("div", { class: "gp-map gp-geometry__map" });
    this.statusLine = element("p", { class: "gp-geometry__status", role: "status" });
    this.drawTarget.replaceChildren(frame, this.statusLine);
    this.drawTarget.hidden = false;
    this.map = createMap(
      frame,
      { ...this.configValue, label: texts.mapLabel },
      { announce: (text) => this.say(text), canvas: false },
    );
    this.shapes = new Shapes(this.map, {
      texts,
      changed: () => this.changed(),
      tooDetailed: () => this.say(texts.tooDetailed),
    });
    this.tools = new Tools(this.map, this.configValue, {
      created: (part) => this.created(part),
      undo: () => this.undo(),
      clear: () => this.replace([]),
      showAll: () => this.shapes.fit(),
      removeSelected: () => this.shapes.removeSelected(),
    });
    frame.before(this.tools.element);
    this.map.on("gp:shown", () => this.shapes.fit());
    this.shapes.group.on("click", () => this.updateTools());
    this.map.on("click", () => this.updateTools());
  }

  /** The text changed from outside or by typing: show it on the map. */
  showText() {
    const parts = readText(this.textTarget.value, this.configValue.types);
    this.written = this.textTarget.value;
    if (parts === null) {
      this.shapes.parts = [];
      this.say(this.configValue.texts.unread);
      this.updateTools();
      return;
    }
    this.shapes.parts = parts;
    if (parts.length) {
      this.map.gpFitted = true;
      this.shapes.fit();
    }
    this.describe();
    this.updateTools();
  }

  typed() {
    window.clearTimeout(this.typing);
    this.typing = window.setTimeout(() => {
      if (this.textTarget.value === this.written) return;
      this.remember();
      this.showText();
    }, TYPING_PAUSE);
  }

  created(part) {
    const others = this.configValue.multiple ? this.shapes.parts : [];
    const allowed = others.length && others[0].type !== part.type ? [] : others;
    this.replace([...allowed, part]);
  }

  replace(parts) {
    this.shapes.parts = parts;
    this.changed();
  }

  /** The shapes changed on the map: write them in the text box and tell the form. */
  changed() {
    this.remember();
    this.write();
  }

  write() {
    const text = writeText(this.shapes.parts);
    this.textTarget.value = text;
    this.written = text;
    this.textTarget.dispatchEvent(new Event("input", { bubbles: true }));
    this.textTarget.dispatchEvent(new Event("change", { bubbles: true }));
    this.describe();
    this.updateTools();
  }

  remember() {
    this.history.push(this.written);
    if (this.history.length > MAX_UNDO) this.history.shift();
  }

  undo() {
    if (!this.history.length) return;
    this.textTarget.value = this.history.pop();
    this.showText();
    this.textTarget.dispatchEvent(new Event("change", { bubbles: true }));
  }

  updateTools() {
    this.tools.update({
      kind: this.shapes.kind,
      canUndo: this.history.length > 0,
      selected: Boolean(this.shapes.selected),
    });
  }

  describe() {
    const { texts, maxVertices } = this.configValue;
    const { parts } = this.shapes;
    const count = parts.length;
    const vertices = parts.reduce((total, part) => total + vertexCount(part.coordinates), 0);
    if (vertices > maxVertices) {
      this.say(fill(texts.tooManyVertices, { count: vertices, limit: maxVertices }));
    } else if (!count) this.say(texts.empty);
    else if (parts[0].type === "Point") {
      const where = spot(parts[0].coordinates);
      this.say(count === 1 ? fill(texts.onePoint, { spot: where }) : fill(texts.points, { count }));
    } else if (parts[0].type === "LineString") {
      this.say(count === 1 ? fill(texts.oneLine, { count: vertices }) : fill(texts.lines, { count }));
    } else {
      const corners = vertices - (count === 1 ? parts[0].coordinates.length : 0);
      this.say(
        count === 1 ? fill(texts.onePolygon, { count: corners }) : fill(texts.polygons, { count }),
      );
    }
  }

  say(text) {
    this.statusLine.textContent = text;
  }

  async loadBackground() {
    const response = await fetch(this.configValue.background).catch(() => null);
    if (!response?.ok) return;
    L.geoJSON(await response.json(), {
      interactive: false,
      style: { className: "gp-geometry__background", weight: 2 },
    })
      .addTo(this.map)
      .bringToBack();
  }
}

window.wagtail.app.register("gp-geometry", GeometryController);
