// The reader's theme, before the first paint: loaded in <head>, before the style sheets, without defer.
// The choice stays on this device (localStorage); the server never sees it.
(() => {
  const root = document.documentElement;
  const next = new Map([["auto", "dark"], ["dark", "light"], ["light", "auto"]]);
  let theme = "auto";

  const show = () => {
    if (theme === "auto") delete root.dataset.theme;
    else root.dataset.theme = theme;
    for (const button of document.querySelectorAll(".js-theme")) button.setAttribute("aria-label", button.dataset[theme]);
  };
  const recall = () => {
    try {
      const kept = localStorage.getItem("theme");
      theme = next.has(kept) ? kept : "auto";
    } catch { /* storage is blocked: follow the system */ }
    show();
  };
  const keep = () => {
    try {
      if (theme === "auto") localStorage.removeItem("theme");
      else localStorage.setItem("theme", theme);
    } catch { /* lasts until the page is left */ }
  };

  root.classList.add("js");
  recall();
  document.addEventListener("DOMContentLoaded", show);
  document.addEventListener("htmx:historyRestore", show);
  document.addEventListener("click", (event) => {
    if (!event.target.closest?.(".js-theme")) return;
    theme = next.get(theme);
    keep();
    show();
  });
  addEventListener("storage", (event) => {
    if (event.key === "theme" || event.key === null) recall();
  });
})();
