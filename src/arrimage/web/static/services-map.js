// Finding services: what is near, asked of the browser on a click only; the map beside the list. Without script, the list
// and its filters do the same.
"use strict";

(() => {
  const NEAR_DECIMALS = 3; // a hundred metres: near enough to find, not where somebody stands
  const NEAR_ZOOM = 11; // some twenty kilometres across: what is near is seldom next door

  const form = document.querySelector("[data-service-search]");
  const near = form?.querySelector("[data-near]");
  if (near && navigator.geolocation) {
    near.hidden = false;
    near.addEventListener("click", () => {
      const says = form.querySelector("[data-near-says]");
      navigator.geolocation.getCurrentPosition(
        ({ coords }) => {
          form.elements.near.value = [coords.latitude, coords.longitude].map((each) => each.toFixed(NEAR_DECIMALS)).join(",");
          form.elements.postal_code.value = "";
          form.requestSubmit();
        },
        () => { says.textContent = near.dataset.refused; },
      );
    });
  }
  // What was left empty is not worth an address.
  form?.addEventListener("formdata", (event) => {
    for (const [name, value] of [...event.formData]) if (!value) event.formData.delete(name);
  });

  const place = document.querySelector("[data-services-map]");
  if (!place || !window.L) return;
  const section = place.closest("section");
  const toggle = document.querySelector("[data-map-toggle]");
  const said = place.dataset;
  const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const QUEBEC = [[45.4, -74], [45.7, -73.4]]; // shown until there is an outline or a point
  const showLabel = toggle.textContent;
  let map, marks;
  let reading = false; // a popup is open: the map moves under it to show it whole, and its mark must stay

  const make = (tag, text, attributes = {}) => {
    const element = Object.assign(document.createElement(tag), attributes);
    element.textContent = text;
    return element;
  };

  const popup = (name, services, url, see) => {
    const box = make("div", "", { className: "map-popup" });
    if (name) box.append(make("strong", name, { lang: "fr", dir: "auto" }));
    box.append(make("span", services, { dir: "auto" }));
    if (url) box.append(make("a", see, { href: url, dir: "auto" }));
    return box;
  };

  const mark = (point) => {
    const label = [point.name, point.services].filter(Boolean).join(", ");
    const icon = L.divIcon({ className: "map-mark", html: make("span", String(point.count)), iconSize: [34, 34] });
    const one = L.marker([point.latitude, point.longitude], { icon, title: label, riseOnHover: true });
    if (point.url) one.bindPopup(popup(point.name, point.services, point.url, said.see));
    else one.on("click", () => map.setView(one.getLatLng(), map.getZoom() + 2));
    return one.on("add", () => one.getElement().setAttribute("aria-label", label));
  };

  const showPoints = async () => {
    if (reading) return;
    const bounds = map.getBounds();
    const query = new URLSearchParams({
      west: bounds.getWest(), south: bounds.getSouth(), east: bounds.getEast(), north: bounds.getNorth(),
    });
    const answer = await fetch(`${said.points}&${query}`);
    if (!answer.ok) return;
    const { points } = await answer.json();
    if (reading) return;
    marks.clearLayers();
    points.forEach((point) => marks.addLayer(mark(point)));
  };

  const fit = (layers) => {
    const bounds = layers.getBounds();
    if (bounds.isValid()) map.fitBounds(bounds, { padding: [30, 30], maxZoom: 14, animate: false });
    return bounds.isValid();
  };

  // Whether there were some.
  const showOutlines = async () => {
    const answer = said.outlines ? await fetch(said.outlines) : null;
    if (!answer?.ok) return false;
    const outlines = L.geoJSON(await answer.json(), {
      interactive: false,
      style: { className: "map-outline", weight: 1.5 },
    }).addTo(map);
    return fit(outlines);
  };

  const start = async () => {
    map = L.map(place, { zoomControl: false, zoomAnimation: !still, fadeAnimation: !still, markerZoomAnimation: !still });
    L.control.zoom({ zoomInTitle: said.zoomIn, zoomOutTitle: said.zoomOut }).addTo(map);
    map.attributionControl.setPrefix(false);
    if (said.tiles) L.tileLayer(said.tiles, { attribution: said.credit }).addTo(map);
    marks = L.featureGroup().addTo(map);
    map.on("popupclose", () => { reading = false; });
    map.on("popupopen", ({ popup: open }) => {
      reading = true;
      open.getElement().querySelector(".leaflet-popup-close-button")?.setAttribute("aria-label", said.close);
    });
    map.fitBounds(QUEBEC, { animate: false });
    const outlined = await showOutlines();
    const here = said.here.split(",").map(Number);
    if (here.length === 2) map.setView(here, NEAR_ZOOM, { animate: false });
    await showPoints();
    if (!outlined && here.length !== 2) fit(marks);
    map.on("moveend", showPoints);
  };

  const wide = window.matchMedia("(min-width: 60rem)");
  const show = (shown) => {
    section.hidden = !shown;
    toggle.setAttribute("aria-expanded", String(shown));
    toggle.textContent = shown ? toggle.dataset.hide : showLabel;
    if (!shown) return;
    if (map) map.invalidateSize(); else start();
  };
  const settle = () => { toggle.hidden = wide.matches; show(wide.matches); };
  toggle.addEventListener("click", () => show(section.hidden));
  wide.addEventListener("change", settle);
  settle();
})();
