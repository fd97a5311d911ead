// menu: a native <details> that closes on Esc (focus returns to its summary) and on a click outside.
//   <details data-island="menu"><summary>…</summary>…</details>
(() => {
  const open = () => document.querySelectorAll("details[data-island=menu][open]");
  document.addEventListener("click", (event) => {
    for (const menu of open()) if (!menu.contains(event.target)) menu.open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of open()) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
})();
