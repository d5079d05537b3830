/* Where there is room, a message opens its thread beside the list; elsewhere its link is followed. */
(() => {
  "use strict";
  const pane = document.getElementById("thread");
  if (!pane) return;
  /* the pane ends where the window does, and begins at the message one came for */
  const fit = () => { if (pane.offsetParent) pane.style.maxHeight = `${Math.max(320, innerHeight - Math.max(0, pane.getBoundingClientRect().top))}px`; };
  function find() {
    const focus = pane.querySelector("#focus");
    if (focus) pane.scrollTop += focus.getBoundingClientRect().top - pane.getBoundingClientRect().top - pane.clientHeight / 3;
  }
  fit(); find(); addEventListener("scroll", fit, { passive: true }); addEventListener("resize", fit, { passive: true });
  async function show(link) {
    const at = new URL(link.href); at.searchParams.set("pane", "1"); // what was sought stands in it, to be marked
    const answer = await fetch(at, { headers: { "HX-Request": "true" } });
    if (!answer.ok) return location.assign(link.href);
    pane.innerHTML = await answer.text(); // made by our own templates, members' words escaped
    document.querySelectorAll(".msg[aria-current]").forEach((other) => other.removeAttribute("aria-current"));
    link.setAttribute("aria-current", "true");
    pane.scrollTop = 0; find();
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
