/* The round by hand: a button beside a line opens it; after an answer the next line is in hand. */
(() => {
  "use strict";
  addEventListener("click", (e) => {
    const link = e.target.closest("[data-open]");
    if (!link || e.metaKey || e.ctrlKey) return;
    e.preventDefault();
    const details = link.closest(".line").querySelector("details");
    details.open = true;
    (details.querySelector("textarea, .acts .main") || details.querySelector("summary")).focus();
  });
  /* a menu that has been answered goes away with its line; the next line takes the focus */
  let answered = "";
  addEventListener("submit", (e) => { if (e.target.matches(".line form.draft")) answered = e.target.closest(".line").id; }, true);
  document.addEventListener("htmx:after:swap", () => {
    const line = answered && document.getElementById(answered);
    if (!line || line.querySelector("form.draft")) return;
    answered = "";
    const waiting = [...document.querySelectorAll("#round .line[data-line]")];
    const next = waiting.find((one) => line.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING) || waiting[0];
    next?.querySelector("summary")?.focus({ preventScroll: true });
  });
  /* arrows move between lines like J and K; Escape leaves a field, then lays the line down again */
  const lines = () => [...document.querySelectorAll("#round .line[data-line]")].filter((one) => one.checkVisibility());
  function step(line, by) {
    const all = lines(), next = all[all.indexOf(line) + by];
    next?.querySelector("summary")?.focus();
    next?.scrollIntoView({ block: "nearest" });
  }
  addEventListener("keydown", (e) => {
    const line = e.target.closest?.(".line[data-line]");
    if (!line || e.defaultPrevented || e.metaKey || e.ctrlKey || e.altKey || e.target.closest("[popover]")) return;
    const summary = line.querySelector("summary");
    if (e.key === "Escape" && !line.querySelector(":popover-open")) {
      if (e.target === summary) line.querySelector("details").open = false;
      else summary.focus();
    } else if (e.target === summary && (e.key === "ArrowDown" || e.key === "ArrowUp")) step(line, e.key === "ArrowDown" ? 1 : -1);
    else return;
    e.preventDefault();
  });
  /* a menu that opens takes the focus to its first choice; arrows move in it, Escape gives the focus back by itself */
  document.addEventListener("toggle", (e) => {
    if (e.newState === "open" && e.target.matches?.(".line .menu")) e.target.querySelector("button")?.focus();
  }, true);
  addEventListener("keydown", (e) => {
    const menu = e.target.closest?.(".line .menu");
    if (!menu || !["ArrowDown", "ArrowUp"].includes(e.key) || e.target.matches("input")) return;
    const all = [...menu.querySelectorAll("button, input")], by = e.key === "ArrowDown" ? 1 : all.length - 1;
    all[(all.indexOf(e.target) + by) % all.length].focus();
    e.preventDefault();
  });
  /* the day is closed, a text is sent, by command and enter */
  addEventListener("keydown", (e) => {
    if (e.key !== "Enter" || !(e.metaKey || e.ctrlKey) || !e.target.form) return;
    const main = e.target.form.querySelector(".b.main");
    if (main) { e.preventDefault(); e.target.form.requestSubmit(main); }
  });
})();
