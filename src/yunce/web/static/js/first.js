// Before first paint: light, dark or the system's choice, so that no page flashes.
// Blocking on purpose and tiny; islands/theme.js is the button that changes the choice.
(() => {
  let choice = "auto";
  try { choice = localStorage.getItem("yunce-theme") || "auto"; } catch { /* storage is off */ }
  const dark = choice === "dark" || (choice !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  const theme = dark ? "dark" : "light";
  document.documentElement.setAttribute("data-bs-theme", theme);
  document.documentElement.style.colorScheme = theme;
})();
