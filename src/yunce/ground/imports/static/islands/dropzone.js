// dropzone: files dropped anywhere on the form go into its file input and are sent.
//   <form data-island="dropzone" data-sending="正在上传…"><input type="file" multiple> <button>…</button></form>
// Without script the input and its button do the same.
(() => {
  const send = (form) => {
    const button = form.querySelector("button:not([type=button])");
    button.setAttribute("aria-busy", "true");
    button.textContent = form.dataset.sending;
  };
  for (const form of document.querySelectorAll("form[data-island=dropzone]")) {
    const input = form.querySelector("input[type=file]");
    const over = (on) => form.classList.toggle("is-over", on);
    form.addEventListener("dragover", (event) => {
      if (![...event.dataTransfer.types].includes("Files")) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = "copy";
      over(true);
    });
    form.addEventListener("dragleave", (event) => { if (!form.contains(event.relatedTarget)) over(false); });
    form.addEventListener("drop", (event) => {
      event.preventDefault();
      over(false);
      if (!event.dataTransfer.files.length) return;
      input.files = event.dataTransfer.files;
      form.requestSubmit();
    });
    form.addEventListener("submit", () => send(form));
  }
})();
