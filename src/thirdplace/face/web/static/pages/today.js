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
  /* the day is closed, a text is sent, by command and enter */
  addEventListener("keydown", (e) => {
    if (e.key !== "Enter" || !(e.metaKey || e.ctrlKey) || !e.target.form) return;
    const main = e.target.form.querySelector(".b.main");
    if (main) { e.preventDefault(); e.target.form.requestSubmit(main); }
  });
})();
