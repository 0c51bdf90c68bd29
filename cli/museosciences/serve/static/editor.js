// Yasgui on the endpoint of this site; nothing is asked of any other host.
"use strict";
const place = document.getElementById("yasgui");
Yasgui.Yasqe.defaults.autocompleters = ["prefixes", "variables"];
Yasgui.Yasqe.defaults.value = place.dataset.query;
new Yasgui(place, {
  requestConfig: { endpoint: new URL(place.dataset.endpoint, location.href).href, method: "POST" },
  copyEndpointOnNewTab: true,
  persistenceId: null,
});
