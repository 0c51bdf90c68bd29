// The site reads without this script; it only spares some clicks.
"use strict";
document.documentElement.classList.add("scripted");
for (const choice of document.querySelectorAll("select[data-submits]")) {
  choice.addEventListener("change", () => choice.form.requestSubmit());
}
for (const image of document.querySelectorAll("img[data-fallback]")) {
  const missing = () => { image.closest("figure")?.classList.add("missing"); image.remove(); };
  if (image.complete && image.naturalWidth === 0) missing();
  image.addEventListener("error", missing);
}
