/**
 * A question whose answer is a spot on the map.
 *
 * Contract (all data attributes sit inside one fieldset; the page loads leaflet.js first, and
 * templates/components/map_css.html for the looks):
 *
 *   <fieldset data-point-input data-map-config="ID">
 *     <legend>…</legend>
 *     <div class="gp-map gp-point-input__map" data-point-map hidden></div>
 *     <input type="hidden" name="…" data-point-lat>      latitude in degrees, six decimals
 *     <input type="hidden" name="…" data-point-lon>      longitude
 *     <select name="…" data-point-place>                 the way without JavaScript
 *       <option value="">…</option>
 *       <option value="…" data-lat="52.306" data-lon="4.688">Hoofddorp</option>
 *     </select>
 *   </fieldset>
 *   {{ config|json_script:"ID" }}   config = cms.geometry.mapconfig.point_input_config(layers)
 *
 * With JavaScript the map shows above the inputs. A click or tap chooses a spot; by keyboard
 * the arrow keys move the map under a crosshair and Enter chooses; a button chooses the middle
 * for who uses neither. The pin can be dragged. Every change is announced in a status line and
 * fires "input" and "change" on both inputs. Choosing a place in the select moves the map there
 * and leaves the inputs empty: the server takes the spot, and else the place.
 * The layers of the config lie under it as outlines, so that one also finds the way without
 * tiles. Without JavaScript nothing shows but the select.
 */

import { startAddressSearch } from "./address-search.js";
import { createMap } from "./base.js";
import { element, fill } from "./dom.js";
import { drawOutlines } from "./outlines.js";
import { coordinate, onPick } from "./pick.js";

const NEAR_METRES = 3000;
const CHOSEN_ZOOM = 15;
const ADDRESS_ZOOM = 17;

function start(fieldset) {
  const config = JSON.parse(document.getElementById(fieldset.dataset.mapConfig).textContent);
  const { texts } = config;
  const container = fieldset.querySelector("[data-point-map]");
  const latInput = fieldset.querySelector("[data-point-lat]");
  const lonInput = fieldset.querySelector("[data-point-lon]");
  const places = fieldset.querySelector("[data-point-place]");

  const help = element("p", { class: "gp-muted", id: `${fieldset.dataset.mapConfig}-help` }, texts.pointHelp);
  const status = element("p", { role: "status", class: "gp-map__status" });
  const middle = element("button", { type: "button", class: "gp-button" }, texts.pointMiddle);
  const clear = element("button", { type: "button", class: "gp-button gp-button--quiet" }, texts.pointClear);
  container.hidden = false;
  container.before(help);
  container.after(status, element("div", { class: "gp-point-input__actions" }, middle, clear));
  container.setAttribute("aria-describedby", help.id);

  const map = createMap(container, config, {
    announce: (text) => {
      status.textContent = text;
    },
  });
  const pin = L.marker([0, 0], {
    draggable: true,
    keyboard: false,
    icon: L.divIcon({
      html: element(
        "span",
        { class: "gp-symbol gp-symbol--pin" },
        element("span", { class: "gp-symbol__letter" }, "×"),
      ),
      className: "gp-marker gp-marker--chosen gp-layer",
      iconSize: [44, 44],
      iconAnchor: [22, 39],
    }),
  });

  function write(lat, lon) {
    latInput.value = lat;
    lonInput.value = lon;
    for (const input of [latInput, lonInput]) {
      input.dispatchEvent(new Event("input", { bubbles: true }));
      input.dispatchEvent(new Event("change", { bubbles: true }));
    }
  }

  function choose(latlng) {
    pin.setLatLng(latlng).addTo(map);
    clear.hidden = false;
    write(coordinate(latlng.lat), coordinate(latlng.lng));
    status.textContent = describe(latlng);
  }

  function describe(latlng) {
    const near = nearestPlace(map, places, latlng);
    if (near) return fill(texts.pointNear, { place: near });
    return fill(texts.pointChosen, {
      lat: coordinate(latlng.lat),
      lon: coordinate(latlng.lng),
    });
  }

  drawOutlines(map, container, config);
  onPick(map, choose);
  pin.on("dragend", () => choose(pin.getLatLng()));
  middle.addEventListener("click", () => choose(map.getCenter()));
  clear.addEventListener("click", () => {
    pin.remove();
    write("", "");
    clear.hidden = true;
    status.textContent = texts.pointCleared;
    container.focus();
  });
  places?.addEventListener("change", () => {
    const { lat, lon } = places.selectedOptions[0]?.dataset ?? {};
    if (lat && lon) map.setView([Number(lat), Number(lon)], CHOSEN_ZOOM, { animate: false });
  });

  const search = fieldset.querySelector("[data-address-search]");
  if (search) {
    startAddressSearch(search, (latlng) => {
      map.gpFitted = true;
      map.setView(latlng, ADDRESS_ZOOM, { animate: false });
      choose(latlng);
    });
  }

  const [lat, lon] = [latInput, lonInput].map((input) => Number.parseFloat(input.value));
  clear.hidden = true;
  if (Number.isFinite(lat) && Number.isFinite(lon)) {
    pin.setLatLng([lat, lon]).addTo(map);
    clear.hidden = false;
    map.gpFitted = true;
    map.setView([lat, lon], CHOSEN_ZOOM, { animate: false });
  } else if (places?.value) {
    places.dispatchEvent(new Event("change"));
  }
}

function nearestPlace(map, places, latlng) {
  let best = null;
  let shortest = NEAR_METRES;
  for (const option of places?.options ?? []) {
    if (!option.dataset.lat) continue;
    const away = map.distance(latlng, [Number(option.dataset.lat), Number(option.dataset.lon)]);
    if (away < shortest) {
      shortest = away;
      best = option.textContent.trim();
    }
  }
  return best;
}

if (window.L) {
  for (const fieldset of document.querySelectorAll("fieldset[data-point-input]")) start(fieldset);
}
