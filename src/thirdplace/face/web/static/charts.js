/* The value under the pointer. A drawing says its points as data-x (names) and data-y (words); all of it is in its table too. */
(() => {
  "use strict";
  let tip, shown;
  function hide() { tip?.remove(); shown?.querySelector(".at")?.remove(); shown = undefined; }
  function show(pic, e) {
    const names = JSON.parse(pic.dataset.x), words = JSON.parse(pic.dataset.y), box = pic.getBoundingClientRect(), draw = pic.closest(".draw");
    if (!names.length || !draw) return;
    const bars = pic.dataset.kind === "bars", parts = bars ? names.length : Math.max(names.length - 1, 1);
    const rtl = getComputedStyle(pic).direction === "rtl", from = (rtl ? box.right - e.clientX : e.clientX - box.left) / box.width * parts;
    const n = Math.max(0, Math.min(names.length - 1, bars ? Math.floor(from) : Math.round(from))), x = (bars ? n + .5 : names.length === 1 ? .5 : n / parts) * 100;
    if (shown !== pic) { hide(); shown = pic; tip = document.createElement("div"); tip.className = "tip"; draw.append(tip); const at = document.createElementNS("http://www.w3.org/2000/svg", "line"); at.setAttribute("class", "at"); at.setAttribute("y1", 0); at.setAttribute("y2", pic.dataset.high); pic.append(at); }
    const at = pic.querySelector(".at"); at.setAttribute("x1", x + "%"); at.setAttribute("x2", x + "%");
    tip.replaceChildren();
    const b = document.createElement("b"); b.textContent = names[n]; tip.append(b);
    for (const line of [].concat(words[n])) { const s = document.createElement("small"); s.textContent = line; tip.append(s); }
    const place = box.left - draw.getBoundingClientRect().left + box.width * x / 100;
    tip.style.left = Math.max(0, Math.min(draw.clientWidth - tip.offsetWidth, place + (place > draw.clientWidth / 2 ? -tip.offsetWidth - 10 : 10))) + "px";
  }
  addEventListener("pointermove", e => { const pic = e.target.closest?.(".draw")?.querySelector(".pic[data-x]"); if (pic) show(pic, e); else if (shown) hide(); }, { passive: true });
  addEventListener("scroll", hide, { passive: true });
})();
