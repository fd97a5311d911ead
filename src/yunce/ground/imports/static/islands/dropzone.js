// dropzone: files and folders dropped on the form are sent one by one, each with its own progress bar.
//   <form data-island="dropzone" data-limit data-too-large data-sending data-reading data-queued
//     data-received data-failed data-skipped data-retry>
//     <input type="file" name="files" multiple> <label hidden><input type="file" data-folder webkitdirectory></label>
//     <button>…</button> <ul data-progress hidden></ul></form>
// Each answer is JSON: {uploads: [address], said, refused: [sentence]}. One file alone leads to its preview;
// of several the waiting list is asked for anew (event «dropped» on body). Without script the form does it all.
(() => {
  const AT_ONCE = 1; // in the order they were dropped; two would wait for one another at the database
  const TABLE = /\.(xlsx|xlsm|xls|csv|tsv|txt|zip|html?)$/i;
  const CLUTTER = /^(\.|~\$|__MACOSX)/;

  const read = (entry) => new Promise((done) => {
    if (entry.isFile) { entry.file((file) => done([{ file, folder: entry.fullPath.split("/").slice(1, -1).join("/") }]), () => done([])); return; }
    const reader = entry.createReader(), found = [];
    const more = () => reader.readEntries(async (entries) => {
      if (!entries.length) { done(found); return; }
      for (const inner of entries) found.push(...await read(inner));
      more();
    }, () => done(found));
    more();
  });

  const start = (form) => {
    const says = form.dataset;
    const list = form.querySelector("[data-progress]");
    const button = form.querySelector("button:not([type=button])");
    const input = form.querySelector("input[name=files]");
    const folder = form.querySelector("[data-folder]");
    const waiting = [];
    let running = 0, sent = 0, total = 0, addresses = [], bad = 0;

    const line = (name) => {
      const row = document.createElement("li");
      const label = document.createElement("span"), bar = document.createElement("progress"), word = document.createElement("small");
      label.className = "ell"; label.textContent = name;
      bar.max = 1; bar.value = 0; bar.setAttribute("aria-label", name);
      word.textContent = says.queued;
      row.append(label, bar, word);
      list.append(row);
      list.hidden = false;
      return { row, bar, word };
    };
    const refuse = (at, sentence, again) => {
      bad += 1;
      at.row.className = "is-bad";
      at.bar.remove();
      at.word.textContent = sentence;
      if (!again) return;
      const retry = document.createElement("button");
      retry.type = "button"; retry.className = "btn btn-s"; retry.textContent = says.retry;
      retry.addEventListener("click", () => { at.row.remove(); add([again]); });
      at.row.append(retry);
    };
    const finish = () => {
      if (running || waiting.length) return;
      button.removeAttribute("aria-busy");
      document.body.dispatchEvent(new Event("dropped"));
      if (total === 1 && addresses.length === 1 && !bad) location.assign(addresses[0]);
      sent = total = bad = 0; addresses = [];
    };
    const answered = (request, at, item) => {
      running -= 1;
      let answer = null;
      try { answer = JSON.parse(request.responseText); } catch { /* not ours: told as failed */ }
      if (request.status !== 200 || !answer) refuse(at, request.status === 413 ? says.tooLarge : says.failed, item);
      else {
        addresses.push(...answer.uploads);
        if (answer.refused.length) refuse(at, answer.refused.join(" "));
        else { at.row.className = "is-good"; at.bar.value = 1; at.word.textContent = answer.said || says.received; }
      }
      next();
      finish();
    };
    const send = (item) => {
      running += 1;
      const { file, at } = item, request = new XMLHttpRequest(), body = new FormData();
      body.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
      body.append("folder", item.folder);
      body.append("files", file, file.name);
      request.open("POST", form.action);
      request.setRequestHeader("Accept", "application/json");
      at.word.textContent = says.sending;
      request.upload.addEventListener("progress", (event) => { if (event.lengthComputable) at.bar.value = event.loaded / event.total; });
      request.upload.addEventListener("load", () => { at.bar.removeAttribute("value"); at.word.textContent = says.reading; });
      request.addEventListener("load", () => answered(request, at, item));
      request.addEventListener("error", () => { running -= 1; refuse(at, says.failed, item); next(); finish(); });
      request.send(body);
    };
    const next = () => { while (running < AT_ONCE && waiting.length) send(waiting.shift()); };
    const add = (items) => {
      if (!running && !waiting.length && !bad) list.replaceChildren();
      button.setAttribute("aria-busy", "true");
      for (const { file, folder: from } of items) {
        if (CLUTTER.test(file.name)) continue;
        if (from && !TABLE.test(file.name)) { refuse(line(file.name), says.skipped + file.name); continue; }
        const at = line(file.name);
        total += 1;
        if (file.size > Number(says.limit)) refuse(at, says.tooLarge);
        else waiting.push({ file, folder: from || "", at });
      }
      next();
      finish();
    };

    const over = (on) => form.classList.toggle("is-over", on);
    form.addEventListener("dragover", (event) => {
      if (![...event.dataTransfer.types].includes("Files")) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = "copy";
      over(true);
    });
    form.addEventListener("dragleave", (event) => { if (!form.contains(event.relatedTarget)) over(false); });
    form.addEventListener("drop", async (event) => {
      event.preventDefault();
      over(false);
      const plain = [...event.dataTransfer.files].map((file) => ({ file, folder: "" }));
      const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
      if (!entries.some((entry) => entry.isDirectory)) { add(plain); return; }
      add((await Promise.all(entries.map(read))).flat());
    });
    const chosen = (from) => {
      const items = [...from.files].map((file) => ({ file, folder: (file.webkitRelativePath || "").split("/").slice(0, -1).join("/") }));
      from.value = "";
      if (items.length) add(items);
    };
    form.addEventListener("submit", (event) => { event.preventDefault(); chosen(input); });
    input.addEventListener("change", () => chosen(input));
    folder.addEventListener("change", () => chosen(folder));
    folder.parentElement.hidden = false;
    form.querySelector("[data-pick]").hidden = false;
    input.classList.add("vh");
    button.hidden = true;
    if (input.files.length) chosen(input); // picked before this script was there
  };
  document.querySelectorAll("form[data-island=dropzone]").forEach(start);
})();
