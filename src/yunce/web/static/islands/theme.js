// theme: a button that goes light → dark → system, kept in localStorage.
//   <button data-island="theme" data-label="外观" data-light="浅色" data-dark="深色" data-auto="跟随系统">
// Tells others with the event "yunce:theme" on document (charts redraw).
(() => {
  const NEXT = { light: "dark", dark: "auto", auto: "light" };
  const ICON = { light: "ti-sun", dark: "ti-moon", auto: "ti-device-desktop" };
  const system = matchMedia("(prefers-color-scheme: dark)");
  let choice = "auto";
  try { choice = localStorage.getItem("yunce-theme") || "auto"; } catch { /* storage is off */ }

  const show = () => {
    const theme = choice === "auto" ? (system.matches ? "dark" : "light") : choice;
    document.documentElement.setAttribute("data-bs-theme", theme);
    document.documentElement.style.colorScheme = theme;
    for (const button of document.querySelectorAll("[data-island=theme]")) {
      const words = `${button.dataset.label}：${button.dataset[choice]}`;
      const shown = button.querySelector("[data-word]");
      if (shown) shown.textContent = words;
      else button.setAttribute("aria-label", words);
      button.title = words;
      button.firstElementChild.className = `ti ${ICON[choice]}`;
    }
    document.dispatchEvent(new CustomEvent("yunce:theme"));
  };

  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-island=theme]")) return;
    choice = NEXT[choice] || "auto";
    try { localStorage.setItem("yunce-theme", choice); } catch { /* lasts for this page only */ }
    show();
  });
  system.addEventListener("change", show);
  show();
})();
