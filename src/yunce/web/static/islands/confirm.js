// confirm: <details data-island="confirm"><summary>…</summary><dialog>…[data-close]…</dialog></details>
// The summary opens the dialog as a modal; Esc and [data-close] close it, focus returns to the summary.
// Without script the <details> opens and the dialog stands in place (forms.css).
(() => {
  document.addEventListener("click", (event) => {
    const summary = event.target.closest("details[data-island=confirm] > summary");
    if (summary) {
      event.preventDefault();
      summary.parentElement.open = true;
      summary.parentElement.querySelector("dialog").showModal();
      return;
    }
    const closer = event.target.closest("details[data-island=confirm] [data-close]");
    if (closer) closer.closest("dialog").close();
  });
  document.addEventListener("close", (event) => {
    const holder = event.target.closest("details[data-island=confirm]");
    if (!holder) return;
    holder.open = false;
    holder.querySelector("summary").focus();
  }, true);
})();
