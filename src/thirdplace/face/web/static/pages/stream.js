/* Where there is room, a message opens its thread beside the list; elsewhere its link is followed. */
(() => {
  "use strict";
  const pane = document.getElementById("thread");
  if (!pane) return;
  async function show(link) {
    const answer = await fetch(`${link.href}?pane=1&q=${encodeURIComponent(document.querySelector("[name=q]")?.value || "")}`, { headers: { "HX-Request": "true" } });
    if (!answer.ok) return location.assign(link.href);
    pane.innerHTML = await answer.text(); // made by our own templates, members' words escaped
    document.querySelectorAll(".msg[aria-current]").forEach((other) => other.removeAttribute("aria-current"));
    link.setAttribute("aria-current", "true");
    pane.querySelector("#focus")?.scrollIntoView({ block: "nearest" });
    const here = new URL(location.href); here.searchParams.set("m", link.dataset.pane); history.replaceState(null, "", here);
  }
  addEventListener("click", (e) => {
    const link = e.target.closest("a[data-pane]");
    if (!link || e.metaKey || e.ctrlKey || e.shiftKey || e.button || !pane.offsetParent) return;
    e.preventDefault(); show(link);
  });
  /* a filter that stands open closes when one goes elsewhere */
  addEventListener("click", (e) => document.querySelectorAll(".filters details[open]").forEach((d) => d.contains(e.target) || (d.open = false)));
  addEventListener("keydown", (e) => { if (e.key === "Escape") document.querySelectorAll(".filters details[open]").forEach((d) => { d.open = false; d.querySelector("summary").focus(); }); });
})();
