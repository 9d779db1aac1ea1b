/**
 * A question whose answer is drawn on the map: points, lines or polygons.
 *
 * Markup: templates/surveys/widgets/shapes.html in a fieldset with `data-shape-input`; what goes by
 * `data-shape-rules` is `surveys.shapes.texts.drawing_rules`. A click or tap sets a point or a
 * corner; by keyboard the arrow keys move the map under a crosshair and Enter sets one; a button
 * sets the middle for who uses neither. Lines and polygons end with a button, a double click, or a
 * click on the first corner. Every step is said in a status line. Without JavaScript all that shows
 * is the rest of the widget: spots, villages, address and words.
 */

import { startAddressSearch } from "./address-search.js";
import { createMap, fitBounds } from "./base.js";
import { element, fill } from "./dom.js";
import { drawOutlines } from "./outlines.js";
import { onPick } from "./pick.js";
import { ShapeLayer, spotMarker } from "./shape-layer.js";
import { drawList } from "./shape-list.js";
import { ShapeStore } from "./shape-store.js";
import { crosses, describe } from "./shape-words.js";

const ADDRESS_ZOOM = 17;
const PLACE_ZOOM = 15;
const SAME_PIXELS = 6;
const CLOSING_PIXELS = 16;

function start(fieldset) {
  const config = JSON.parse(document.getElementById(fieldset.dataset.mapConfig).textContent);
  const { shapeRules } = fieldset.querySelector("[data-shape-rules]").dataset;
  const rules = JSON.parse(document.getElementById(shapeRules).textContent);
  const { texts } = rules;
  const isPoint = rules.shape === "point";
  const container = fieldset.querySelector("[data-shape-map]");
  const list = fieldset.querySelector("[data-shape-list]");
  const places = fieldset.querySelector("[data-point-place]");
  const boxes = [...fieldset.querySelectorAll("[data-shape-spot]")];
  const store = new ShapeStore(fieldset.querySelector("[data-shape-field]"));

  const help = element("p", { class: "gp-muted", id: `${fieldset.dataset.mapConfig}-help` }, texts.help);
  const status = element("p", { role: "status", class: "gp-map__status" });
  const button = (text, className = "") =>
    element("button", { type: "button", class: `gp-button ${className}` }, text);
  const middle = button(texts.middle);
  const finish = isPoint ? null : button(texts.finish, "gp-button--primary");
  const undo = isPoint ? null : button(texts.undo, "gp-button--quiet");
  container.hidden = false;
  container.before(help);
  container.after(status, element("div", { class: "gp-point-input__actions" }, middle, finish, undo));
  container.setAttribute("aria-describedby", help.id);

  const say = (text) => {
    status.textContent = text;
  };
  const map = createMap(container, config, { announce: say, canvas: false });
  if (!isPoint) map.doubleClickZoom.disable();
  const layer = new ShapeLayer(map, rules, (shape, latlng) => {
    store.move(shape, latlng);
    refresh();
    sayFinished(shape);
  });
  drawOutlines(map, container, config);
  boxes.forEach((box, number) => {
    if (box.dataset.lat) spotMarker(box, number + 1).addTo(map);
  });

  function refresh() {
    layer.redraw(store.shapes);
    drawList(list, store, rules, { places, show: (shape) => layer.show(shape), remove });
    if (isPoint) return;
    const corners = store.open?.c.length ?? 0;
    finish.hidden = corners < rules.fewestVertices;
    undo.hidden = corners === 0;
  }

  const nameOf = (shape) => fill(texts.name, { number: store.shapes.indexOf(shape) + 1 });

  function sayFinished(shape) {
    say(fill(texts.finished, { name: nameOf(shape), words: describe(shape, rules, places) }));
  }

  function isFull() {
    const chosen = boxes.filter((box) => box.checked).length;
    return store.finished.length + chosen >= rules.most;
  }

  let isSame = false; // whether the last click was on the spot of the one before

  function set(latlng) {
    isSame = false;
    if (isPoint && rules.most === 1 && store.shapes.length) store.remove(store.shapes[0]);
    if (!store.open && isFull()) {
      say(fill(texts.full, { most: rules.most }));
      return;
    }
    const corners = store.open?.c ?? [];
    if (corners.length) {
      isSame = isNear(latlng, corners.at(-1), SAME_PIXELS);
      if (isSame) return;
      const closes = rules.shape === "polygon" && corners.length >= rules.fewestVertices;
      if (closes && isNear(latlng, corners[0], CLOSING_PIXELS)) {
        end();
        return;
      }
      if (corners.length >= rules.vertices) {
        say(fill(texts.tooMany, { vertices: rules.vertices }));
        return;
      }
    }
    const shape = store.addCorner(latlng);
    if (isPoint) {
      store.finish();
      refresh();
      sayFinished(shape);
    } else {
      refresh();
      say(fill(texts.vertex, { count: shape.c.length }));
    }
  }

  function isNear(latlng, [lon, lat], pixels) {
    const there = map.latLngToContainerPoint([lat, lon]);
    return map.latLngToContainerPoint(latlng).distanceTo(there) < pixels;
  }

  function end() {
    const shape = store.open;
    if (!shape || shape.c.length < rules.fewestVertices) return;
    if (rules.shape === "polygon" && crosses(shape.c)) {
      say(texts.crossing);
      return;
    }
    const hadFocus = document.activeElement === finish;
    store.finish();
    refresh();
    sayFinished(shape);
    if (hadFocus) container.focus();
  }

  function remove(shape, name) {
    store.remove(shape);
    refresh();
    say(fill(texts.removed, { name }));
    container.focus();
  }

  onPick(map, set);
  map.on("dblclick", () => {
    if (isSame) end(); // Leaflet takes two quick taps on different spots for a double one too
  });
  middle.addEventListener("click", () => set(map.getCenter()));
  finish?.addEventListener("click", end);
  undo?.addEventListener("click", () => {
    const count = store.removeCorner();
    refresh();
    say(fill(texts.undone, { count }));
    if (!count) container.focus();
  });
  places?.addEventListener("change", () => {
    const { lat, lon } = places.selectedOptions[0]?.dataset ?? {};
    if (lat && lon) map.setView([Number(lat), Number(lon)], PLACE_ZOOM, { animate: false });
  });
  const search = fieldset.querySelector("[data-address-search]");
  if (search) {
    startAddressSearch(search, (latlng) => {
      map.gpFitted = true;
      map.setView(latlng, ADDRESS_ZOOM, { animate: false });
      if (isPoint) set(latlng);
    });
  }

  refresh();
  if (store.shapes.length) {
    map.gpFitted = true;
    const corners = store.shapes.flatMap((shape) => shape.c).map(([lon, lat]) => [lat, lon]);
    fitBounds(map, L.latLngBounds(corners), { padding: 40, maxZoom: PLACE_ZOOM });
  } else if (places?.value) {
    places.dispatchEvent(new Event("change"));
  }
}

if (window.L) {
  for (const fieldset of document.querySelectorAll("fieldset[data-shape-input]")) start(fieldset);
}
