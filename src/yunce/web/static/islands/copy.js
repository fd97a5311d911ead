// copy: <div data-island="copy"><input readonly value="…"><button data-done="已复制">…<span>复制</span></button></div>
// The button copies the input's text and says so; where the clipboard is closed, the text is selected instead.
(() => {
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-island=copy] button");
    if (!button) return;
    const input = button.parentElement.querySelector("input");
    input.select();
    try {
      await navigator.clipboard.writeText(input.value);
    } catch {
      if (!document.execCommand("copy")) return;
    }
    button.querySelector("span").textContent = button.dataset.done;
  });
})();
