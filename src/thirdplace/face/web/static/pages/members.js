/* What can be done for the chosen is there once somebody is chosen; how many are, is said where the buttons stand. */
(() => {
  "use strict";
  const told = document.querySelector("[data-chosen]"), form = document.getElementById("chosen");
  if (!told) return;
  const count = () => {
    const n = form.querySelectorAll("input[name=member]:checked").length;
    told.textContent = n ? told.dataset.some.replace("#", n) : told.dataset.none;
    form.querySelectorAll("button[name=action]").forEach((button) => (button.hidden = !n));
  };
  form.addEventListener("change", count); addEventListener("pageshow", count); count();
})();
