/* Files and folders dropped or chosen go up in pieces, in order; a piece that was lost is sent again. */
(() => {
  "use strict";
  const PIECE = 4 * 1024 * 1024, TRIES = 5;
  const csrf = () => document.querySelector("meta[name=csrf]").content;
  const pause = ms => new Promise(done => setTimeout(done, ms));

  /* everything that was dropped, folders walked through */
  async function dropped(transfer) {
    const entries = [...transfer.items].map(i => i.webkitGetAsEntry?.()).filter(Boolean), files = [];
    async function walk(entry, path) {
      if (entry.isFile) files.push([path + entry.name, await new Promise((ok, no) => entry.file(ok, no))]);
      else {
        const reader = entry.createReader();
        for (let some; (some = await new Promise((ok, no) => reader.readEntries(ok, no))).length;) for (const each of some) await walk(each, `${path}${entry.name}/`);
      }
    }
    for (const entry of entries) await walk(entry, "");
    return files.length ? files : [...transfer.files].map(f => [f.name, f]);
  }

  async function send(address, body) {
    for (let n = 1; ; n++) {
      try {
        const answer = await fetch(address, { method: "POST", body, headers: { "X-CSRFToken": csrf(), "HX-Request": "true", "Content-Type": "application/octet-stream" } });
        if (answer.ok) return answer;
        throw Object.assign(new Error(), { told: await answer.text(), final: answer.status < 500 });
      } catch (error) {
        if (error.final || n === TRIES) throw error;
        await pause(400 * 2 ** n);
      }
    }
  }

  async function take(form, files) {
    const box = form.querySelector("[data-arriving]"), far = form.querySelector("[data-far]"), bar = form.querySelector("progress"), trouble = form.querySelector("[data-trouble]");
    const batch = [...crypto.getRandomValues(new Uint8Array(16))].map(b => b.toString(16).padStart(2, "0")).join("");
    const whole = files.reduce((sum, [, file]) => sum + file.size, 0) || 1, told = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 0 });
    let sent = 0;
    trouble.replaceChildren(); box.hidden = false; form.classList.add("busy");
    try {
      for (const [name, file] of files) {
        for (let at = 0; at < file.size || at === 0;) {
          const piece = file.slice(at, at + PIECE), query = new URLSearchParams({ name, at });
          const { there } = await (await send(`${form.dataset.to}${batch}?${query}`, piece)).json();
          sent += Math.max(there - at, 0); at = there || 1; bar.value = sent / whole;
          far.textContent = `${told.format(sent / 1e6)} / ${told.format(whole / 1e6)} MB`;
          if (!file.size) break;
        }
      }
      await send(`${form.dataset.to}${batch}/whole`, "");
      if (form.dataset.going === location.pathname) location.reload(); else location.assign(form.dataset.going);
    } catch (error) {
      box.hidden = true; form.classList.remove("busy");
      if (error.told) trouble.innerHTML = error.told; else trouble.textContent = form.dataset.lost;
    }
  }

  function wire(form) {
    const label = form.querySelector(".drop"), input = form.querySelector("input[type=file]");
    input.addEventListener("change", () => input.files.length && take(form, [...input.files].map(f => [f.webkitRelativePath || f.name, f])));
    let depth = 0;
    addEventListener("dragenter", e => { if (e.dataTransfer?.types.includes("Files")) { depth++; label.classList.add("over"); } });
    addEventListener("dragleave", () => { if (--depth <= 0) { depth = 0; label.classList.remove("over"); } });
    addEventListener("dragover", e => { if (e.dataTransfer?.types.includes("Files")) e.preventDefault(); });
    addEventListener("drop", async e => { if (!e.dataTransfer?.types.includes("Files")) return; e.preventDefault(); depth = 0; label.classList.remove("over"); take(form, await dropped(e.dataTransfer)); });
  }
  document.querySelectorAll("[data-drop]").forEach(wire);
  /* the zone this browser is in, as a first guess */
  for (const field of document.querySelectorAll("[data-zone]")) if (!field.value) field.value = Intl.DateTimeFormat().resolvedOptions().timeZone || "";
})();
