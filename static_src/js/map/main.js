/**
 * Starts every map on the page.
 *
 * Contract: `<div class="gp-map" data-map-config="<id>" hidden>` beside a
 * `<script type="application/json" id="<id>">` made by `json_script` from
 * `cms.geometry.mapconfig.map_config`; templates/components/map.html writes both.
 * Leaflet's own script is loaded before this module.
 */

import { element } from "./dom.js";
import { linkFilters } from "./filters.js";
import { linkList } from "./list.js";
import { coordinate, onPick } from "./pick.js";
import { MapView } from "./view.js";

function start(container) {
  const config = JSON.parse(document.getElementById(container.dataset.mapConfig).textContent);
  for (const part of document.querySelectorAll(`[data-map-part="${container.id}"]`)) {
    part.hidden = false;
  }
  container.hidden = false;
  const status = element("div", { class: "gp-map__status", role: "status" });
  container.after(status);
  const view = new MapView(container, config, status);
  if (config.filterForm) linkFilters(view, config);
  linkList(view);
  if (config.pickUrl) {
    onPick(view.map, ({ lat, lng }) => {
      const query = new URLSearchParams({ lat: coordinate(lat), lon: coordinate(lng) });
      window.location.assign(`${config.pickUrl}?${query}`);
    });
  }
  view.start();
}

if (window.L) {
  for (const container of document.querySelectorAll(".gp-map[data-map-config]")) start(container);
}
