// The map of the museums by Leaflet: outlines and discs of this site, no tiles from elsewhere.
// Without it the drawing of the page stays.
"use strict";
(async () => {
  const figure = document.querySelector("figure.map");
  if (!figure || typeof L === "undefined") return;
  const lang = document.documentElement.lang;
  const fetched = (address) => fetch(address).then((answer) => answer.json());
  const [museums, outlines] = await Promise.all([
    fetched(figure.dataset.museums),
    fetched(figure.dataset.outlines),
  ]);
  const place = document.createElement("div");
  place.className = "live";
  figure.querySelector("svg").replaceWith(place);
  const map = L.map(place, { zoomSnap: 0.25, maxZoom: 13, scrollWheelZoom: false });
  map.attributionControl.setPrefix(false);
  map.zoomControl.remove();
  const titles = lang === "en" ? ["Zoom in", "Zoom out"] : ["Agrandir", "Réduire"];
  L.control.zoom({ zoomInTitle: titles[0], zoomOutTitle: titles[1] }).addTo(map);
  const land = L.geoJSON(outlines, { className: "outline", interactive: false }).addTo(map);
  map.fitBounds(land.getBounds(), { padding: [8, 8] });
  const number = new Intl.NumberFormat(lang);
  const told = (count) => {
    if (lang === "en") return `${number.format(count)} ${count === 1 ? "record" : "records"}`;
    return count ? `${number.format(count)}\u00a0${count > 1 ? "notices" : "notice"}` : "inventaire attendu";
  };
  const found = [...museums.features].sort((a, b) => b.properties.records - a.properties.records);
  for (const { geometry, properties } of found) {
    const [longitude, latitude] = geometry.coordinates;
    const count = properties.records;
    const popup = document.createElement("p");
    const link = document.createElement("a");
    link.href = figure.dataset.root + properties.page;
    link.textContent = properties.name;
    popup.append(link, document.createElement("br"), told(count));
    const radius = count ? Math.min(22, 4 + 1.3 * Math.log2(count + 1)) : 3.5;
    L.circleMarker([latitude, longitude], { radius, className: count ? "full" : "empty" })
      .bindPopup(popup, { closeButton: false })
      .bindTooltip(properties.name)
      .addTo(map);
  }
})();
