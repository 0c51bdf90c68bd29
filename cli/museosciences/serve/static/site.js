// The site reads without this script; it spares some clicks, and shows the images of the museums.
"use strict";
document.documentElement.classList.add("scripted");
for (const choice of document.querySelectorAll("select[data-submits]")) {
  choice.addEventListener("change", () => choice.form.requestSubmit());
}

// Images lie on the sites of the museums. They are asked for when the reader wants them, and not
// before, so that reading here tells nobody else.
const IMAGES = "museo-images";
const english = document.documentElement.lang === "en";
const wanted = () => {
  try {
    return localStorage.getItem(IMAGES) === "yes";
  } catch {
    return false;
  }
};

function show(place) {
  const image = new Image();
  image.alt = place.dataset.alt || "";
  image.loading = "lazy";
  image.referrerPolicy = "no-referrer";
  image.addEventListener("error", () => {
    image.remove();
    place.classList.remove("shown");
    place.hidden = place.classList.contains("thumb");
  });
  image.src = place.dataset.image;
  place.hidden = false;
  place.classList.add("shown");
  place.append(image);
}

const places = document.querySelectorAll("[data-image]");
if (places.length && wanted()) places.forEach(show);
if (places.length) {
  const bar = document.createElement("p");
  bar.className = "consent of";
  const button = document.createElement("button");
  button.type = "button";
  button.className = "quiet";
  if (wanted()) button.textContent = english ? "Hide the images" : "Masquer les images";
  else button.textContent = english ? "Show the images" : "Afficher les images";
  button.addEventListener("click", () => {
    const yes = wanted() ? "no" : "yes";
    try {
      localStorage.setItem(IMAGES, yes);
    } catch {
      places.forEach(show);
      bar.remove();
      return;
    }
    location.reload();
  });
  const why = english
    ? " They are loaded from the sites of the museums."
    : " Elles sont chargées depuis les sites des musées.";
  bar.append(button, why);
  document.querySelector("main h1").after(bar);
}
