/* Files and folders dropped or chosen go up in pieces, in order; a piece that was lost is sent again.
   Where there is no account yet they wait in this window until one is made: nothing goes up before. */
(() => {
  "use strict";
  const PIECE = 4 * 1024 * 1024, TRIES = 5;
  const token = document.querySelector("meta[name=csrf]");
  const pause = ms => new Promise(done => setTimeout(done, ms));
  const told = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 0 });
  const size = bytes => bytes < 1e6 ? `${told.format(Math.ceil(bytes / 1e3))} kB` : `${told.format(bytes / 1e6)} MB`;

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
        const answer = await fetch(address, { method: "POST", body, headers: { "X-CSRFToken": token.content, "HX-Request": "true", "Content-Type": "application/octet-stream" } });
        if (answer.ok) return answer;
        throw Object.assign(new Error(), { told: await answer.text(), final: answer.status < 500 });
      } catch (error) {
        if (error.final || n === TRIES) throw error;
        await pause(400 * 2 ** n);
      }
    }
  }

  /* box: where it is said how far it is, and what went wrong. True when all went up and we are on our way. */
  async function take(form, files, box = form) {
    const arriving = box.querySelector("[data-arriving]"), far = box.querySelector("[data-far]"), bar = box.querySelector("progress"), trouble = box.querySelector("[data-trouble]");
    const batch = [...crypto.getRandomValues(new Uint8Array(16))].map(b => b.toString(16).padStart(2, "0")).join("");
    const whole = files.reduce((sum, [, file]) => sum + file.size, 0) || 1;
    let sent = 0;
    trouble.replaceChildren(); arriving.hidden = false; form.classList.add("busy");
    try {
      for (const [name, file] of files) {
        for (let at = 0; at < file.size || at === 0;) {
          const piece = file.slice(at, at + PIECE), query = new URLSearchParams({ name, at });
          const { there } = await (await send(`${form.dataset.to}${batch}?${query}`, piece)).json();
          sent += Math.max(there - at, 0); at = there || 1; bar.value = sent / whole;
          far.textContent = `${size(sent)} / ${size(whole)}`;
          if (!file.size) break;
        }
      }
      await send(`${form.dataset.to}${batch}/whole`, "");
      if (form.dataset.going === location.pathname) location.reload(); else location.assign(form.dataset.going);
      return true;
    } catch (error) {
      arriving.hidden = true; form.classList.remove("busy");
      if (error.told) trouble.innerHTML = error.told; else trouble.textContent = form.dataset.lost;
      return false;
    }
  }

  /* before there is an account: what was given is shown, the account is asked for, and then it goes up */
  function holder(form) {
    const step = document.getElementById(form.dataset.first), before = document.querySelector("[data-before]"), asked = step.querySelector("[data-account]"), fields = step.querySelector("[data-fields]"), goOn = step.querySelector("[data-go-on]");
    let files = [], made = false;
    const show = on => { before.hidden = on; step.hidden = !on; (on ? step.querySelector("h1") : form.querySelector("input[type=file]")).focus(); };
    function list() {
      const names = new Map();
      for (const [name, file] of files) { const top = name.split("/")[0]; names.set(top, (names.get(top) || 0) + file.size); }
      step.querySelector("[data-names]").replaceChildren(...[...names].map(([name, bytes]) => {
        const line = document.createElement("li"), called = document.createElement("b"), far = document.createElement("span");
        called.textContent = name; far.textContent = size(bytes); far.className = "faint"; line.append(called, " ", far);
        return line;
      }));
    }
    async function up() { goOn.hidden = true; if (!await take(form, files, step)) { files = []; goOn.hidden = false; } }
    step.querySelector("[data-not-these]").addEventListener("click", () => { files = []; form.reset(); show(false); });
    asked.addEventListener("submit", async e => {
      e.preventDefault();
      if (asked.classList.contains("busy")) return;
      asked.classList.add("busy");
      try {
        const answer = await fetch(asked.action, { method: "POST", body: new FormData(asked), headers: { "X-CSRFToken": token.content, "HX-Request": "true" } });
        if (answer.redirected) return location.assign(answer.url);
        if (!answer.ok) {
          const words = await answer.text();
          if (answer.status === 422) { fields.innerHTML = words; fields.querySelector("[aria-invalid]")?.focus(); }
          else step.querySelector("[data-trouble]").innerHTML = words;
          return;
        }
        token.content = (await answer.json()).csrf; made = true;
        asked.remove(); step.querySelector("[data-waits]").remove();
        await up();
      } catch { step.querySelector("[data-trouble]").textContent = form.dataset.lost; } finally { asked.classList.remove("busy"); }
    });
    return more => { files = files.concat(more); list(); show(true); if (made) up(); else step.querySelector("#name").focus(); };
  }

  function wire(form) {
    const label = form.querySelector(".drop"), input = form.querySelector("input[type=file]");
    const give = form.dataset.first ? holder(form) : files => take(form, files);
    input.addEventListener("change", () => input.files.length && give([...input.files].map(f => [f.webkitRelativePath || f.name, f])));
    let depth = 0;
    addEventListener("dragenter", e => { if (e.dataTransfer?.types.includes("Files")) { depth++; label.classList.add("over"); } });
    addEventListener("dragleave", () => { if (--depth <= 0) { depth = 0; label.classList.remove("over"); } });
    addEventListener("dragover", e => { if (e.dataTransfer?.types.includes("Files")) e.preventDefault(); });
    addEventListener("drop", async e => { if (!e.dataTransfer?.types.includes("Files")) return; e.preventDefault(); depth = 0; label.classList.remove("over"); give(await dropped(e.dataTransfer)); });
  }
  document.querySelectorAll("[data-drop]").forEach(wire);
  /* the zone this browser is in, as a first guess */
  for (const field of document.querySelectorAll("[data-zone]")) if (!field.value) field.value = Intl.DateTimeFormat().resolvedOptions().timeZone || "";
})();
