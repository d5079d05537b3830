/* How many are chosen, said where the buttons stand. */
const told = document.querySelector("[data-chosen]");
const count = () => {
  const n = document.querySelectorAll("#chosen input[name=member]:checked").length;
  told.textContent = n ? told.dataset.some.replace("#", n) : told.dataset.none;
  document.querySelectorAll(".pickbar button[name=action]").forEach((button) => (button.disabled = !n));
};
if (told) { document.getElementById("chosen").addEventListener("change", count); addEventListener("pageshow", count); count(); }
