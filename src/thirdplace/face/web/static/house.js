/* What pages do by themselves, beside htmx. Nothing here is needed to read or to act: every form works without it. */
(() => {
  "use strict";
  const $ = (s, r = document) => r.querySelector(s), $$ = (s, r = document) => [...r.querySelectorAll(s)];
  const root = document.documentElement;

  /* told, and undone: eight seconds, longer while it is pointed at or holds the focus */
  const room = () => $("#toasts") || document.body;
  function wear(toast) {
    let gone, held = false;
    const leave = () => { gone = setTimeout(() => held || toast.remove(), 8000); };
    const hold = on => { held = on; clearTimeout(gone); if (!on) leave(); };
    toast.addEventListener("pointerenter", () => hold(true)); toast.addEventListener("pointerleave", () => hold(false));
    toast.addEventListener("focusin", () => hold(true)); toast.addEventListener("focusout", () => hold(false));
    leave();
  }
  function tell(text, undo) {
    room().replaceChildren();
    const toast = document.createElement("div");
    toast.className = "toast"; toast.setAttribute("role", "status");
    const words = document.createElement("span"); words.textContent = text; toast.append(words);
    if (undo) {
      const back = document.createElement("button");
      back.type = "button"; back.textContent = document.body.dataset.undo; back.dataset.undoAt = undo;
      toast.append(back);
    }
    room().append(toast); wear(toast);
  }
  async function post(address) {
    const answer = await fetch(address, { method: "POST", headers: { "X-CSRFToken": $("meta[name=csrf]").content, "HX-Request": "true" } });
    const told = answer.headers.get("HX-Trigger"), go = answer.headers.get("HX-Redirect");
    if (go) return location.assign(go);
    if (!answer.ok) { room().innerHTML = await answer.text(); return; }
    for (const [name, detail] of Object.entries(told ? JSON.parse(told) : {})) document.body.dispatchEvent(new CustomEvent(name, { detail, bubbles: true }));
    document.body.dispatchEvent(new CustomEvent("undone", { detail: { address }, bubbles: true }));
    if (!document.body.hasAttribute("data-stay")) location.reload();
  }
  addEventListener("told", e => tell(e.detail.text, e.detail.undo));
  addEventListener("click", e => { const b = e.target.closest("[data-undo-at]"); if (b) { b.disabled = true; post(b.dataset.undoAt); } });
  $$(".toast").forEach(wear);

  /* one line open at a time, like a hand on a page; the open one is lifted */
  const lines = () => $$("[data-line], .line").filter(l => !l.hidden);
  const settle = () => lines().forEach(l => l.classList.toggle("at", !!$("details", l)?.open));
  document.addEventListener("toggle", e => { if (e.target.closest?.(".line")) { settle(); if (e.target.open && e.isTrusted) $("summary", e.target)?.scrollIntoView({ block: "nearest" }); } }, true);
  document.addEventListener("htmx:after:swap", settle);
  settle();

  /* keys: a roving place among the lines; single letters only outside fields, and only if they are not switched off */
  let here = -1;
  const go = n => {
    const all = lines(); if (!all.length) return;
    here = Math.max(0, Math.min(all.length - 1, n));
    const at = $("summary, a", all[here]); at?.focus(); at?.scrollIntoView({ block: "nearest" });
  };
  const present = () => { const inside = document.activeElement?.closest?.("[data-line], .line"); const all = lines(); if (inside) here = all.indexOf(inside); return all[here]; };
  const opened = line => { const d = $("details", line); if (d) d.open = true; };
  const doing = { e: ".acts .b.main, [data-key=e]", l: "[data-key=l]", a: "[data-key=a]", x: "[data-key=x]" };
  function letter(key) {
    const line = present();
    if (key === "j") go(here + 1);
    else if (key === "k") go(here - 1);
    else if (key === "z") $(".toast button")?.click();
    else if (key === "/") ($("main [type=search]") || $("[data-palette]"))?.[$("main [type=search]") ? "focus" : "click"]();
    else if (key === "?") $("#keys")?.showModal();
    else if (doing[key] && line) { opened(line); const b = $(doing[key], line); if (key === "e" && b?.form && !b.form.checkValidity()) { b.form.reportValidity(); return; } b?.click(); }
    else return false;
    return true;
  }
  addEventListener("keydown", e => {
    if ((e.metaKey || e.ctrlKey) && e.key.toLowerCase() === "k") { e.preventDefault(); openPalette(); return; }
    if (e.metaKey || e.ctrlKey || e.altKey || root.dataset.letters === "off") return;
    if (e.target.closest("input:not([type=checkbox], [type=radio]), textarea, select, dialog, [contenteditable]")) return;
    if (letter(e.key.toLowerCase())) e.preventDefault();
  });

  if (!/Mac|iPhone|iPad/.test(navigator.platform)) $$("[data-mod]").forEach(k => { k.textContent = k.textContent.replace("⌘", "Ctrl"); });

  /* the palette: what is found arrives from the server; arrows choose, enter does */
  const palette = $("#palette"), seek = palette && $("input", palette);
  function openPalette() { if (!palette || palette.open) return; palette.showModal(); seek.select(); ask(); setTimeout(() => { if (palette.open && !options().length) ask(); }, 500); /* asked before the page listened */ }
  const ask = () => seek.dispatchEvent(new Event("palette-opened", { bubbles: true }));
  const options = () => $$("[role=option]", palette);
  function choose(n) {
    const all = options(); if (!all.length) return;
    const at = (n + all.length) % all.length;
    all.forEach((o, i) => { o.setAttribute("aria-selected", i === at); o.id = `found-${i}`; });
    all[at].scrollIntoView({ block: "nearest" }); seek.setAttribute("aria-activedescendant", `found-${at}`);
  }
  addEventListener("click", e => { if (e.target.closest("[data-palette]")) openPalette(); if (e.target === palette) palette.close(); });
  let behind = false, then = false; /* what is shown is for fewer letters than are typed; enter waits for what belongs to them */
  seek?.addEventListener("input", () => { behind = true; then = false; });
  seek?.addEventListener("keydown", e => {
    const at = options().findIndex(o => o.getAttribute("aria-selected") === "true");
    if (e.key === "ArrowDown") choose(at + 1); else if (e.key === "ArrowUp") choose(at - 1);
    else if (e.key === "Enter") { if (behind) then = true; else options()[Math.max(at, 0)]?.click(); } else return;
    e.preventDefault();
  });
  document.addEventListener("htmx:after:swap", () => { if (!palette?.open) return; behind = false; choose(0); if (then) { then = false; options()[0]?.click(); } });

  /* links fetch on intent: what is pointed at for a moment is there when it is pressed */
  const fetched = new Set();
  let soon;
  addEventListener("pointerover", e => {
    clearTimeout(soon);
    const a = e.target.closest?.("a[data-prefetch]");
    if (!a || fetched.has(a.href) || a.href === location.href || navigator.connection?.saveData) return;
    soon = setTimeout(() => { fetched.add(a.href); const l = document.createElement("link"); l.rel = "prefetch"; l.href = a.href; document.head.append(l); }, 70);
  });

  /* a form that goes as soon as something in it is chosen */
  addEventListener("change", e => { if (e.target.matches("[data-go]")) e.target.form.requestSubmit(); });
  /* a field that belongs to a choice makes it */
  addEventListener("input", e => { const choice = e.target.dataset?.chooses && $(e.target.dataset.chooses); if (choice) choice.checked = true; });
  /* fields that take their value to the clipboard */
  addEventListener("click", async e => { const b = e.target.closest("[data-copy]"); if (b) { await navigator.clipboard.writeText($(b.dataset.copy).value ?? $(b.dataset.copy).textContent); tell(b.dataset.copied); } });
  /* paper is light, whatever the screen is */
  let was;
  addEventListener("beforeprint", () => { was = root.dataset.theme; root.dataset.theme = "light"; });
  addEventListener("afterprint", () => { if (was) root.dataset.theme = was; else delete root.dataset.theme; });
})();
