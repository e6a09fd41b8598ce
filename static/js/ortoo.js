// What pages do with script beyond htmx. Every listener is on the document, so that swapped parts need no wiring.
(() => {
  const failed = () => document.getElementById("failed");
  let again = null; // what to ask for once more

  // A failed request says so and offers another try; an error of the server gets its own page.
  const fail = (event) => {
    const { xhr, pathInfo, requestConfig } = event.detail;
    const path = pathInfo?.finalRequestPath ?? requestConfig?.path;
    if (xhr?.status >= 400 && xhr.status < 500 && path) {
      location.assign(path);
      return;
    }
    again = path;
    failed().hidden = false;
  };
  for (const name of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) document.addEventListener(name, fail);
  document.addEventListener("htmx:historyCacheMissLoadError", () => location.reload());
  document.addEventListener("htmx:beforeRequest", () => { failed().hidden = true; });

  // After another page took the place of <main>, its heading is where reading goes on.
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.detail.target?.id === "main") document.querySelector("#main h1")?.focus({ preventScroll: true });
    count();
  });

  // Older days were added below: the count beside the filters takes them in.
  const count = () => {
    const days = document.querySelectorAll("#feed > .day");
    const line = document.getElementById("count");
    if (!line || days.length < 2) return;
    const number = new Intl.NumberFormat(document.documentElement.lang);
    const headlines = Array.from(days, (day) => Number(day.dataset.n)).reduce((sum, n) => sum + n, 0);
    line.textContent = line.dataset.many.replace("{headlines}", number.format(headlines)).replace("{days}", number.format(days.length));
  };

  const copy = async (button) => {
    const field = button.parentElement.querySelector("input");
    try {
      await navigator.clipboard.writeText(field.value);
    } catch { // not a secure page, or not allowed: the reader copies what is selected
      field.select();
      return;
    }
    const label = button.textContent;
    button.textContent = button.dataset.done;
    document.getElementById("status").textContent = button.dataset.done;
    setTimeout(() => { button.textContent = label; }, 2000);
  };

  const share = (button) => {
    const url = button.closest(".menu__panel").querySelector("input").value;
    navigator.share({ title: button.dataset.title, url }).catch(() => { /* closed without sharing */ });
  };

  document.addEventListener("click", (event) => {
    const at = (selector) => event.target.closest?.(selector);
    for (const menu of document.querySelectorAll("details.menu[open]")) if (!menu.contains(event.target)) menu.open = false;
    if (at(".js-print")) window.print();
    if (at(".js-copy")) copy(at(".js-copy"));
    if (at(".js-share button")) share(at(".js-share button"));
    if (at(".js-again")) {
      if (again) location.assign(again);
      else location.reload();
    }
    const find = at(".js-find") && document.getElementById("q");
    if (find) {
      event.preventDefault();
      find.focus();
    }
  });
  document.addEventListener("keydown", (event) => {
    const menu = event.key === "Escape" && document.querySelector("details.menu[open]");
    if (!menu) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });

  // "Share from this device" only where the device can. The menu may come with a swap, so look when it opens.
  document.addEventListener("toggle", (event) => {
    if (!event.target.matches?.("details.menu[open]")) return;
    const item = event.target.querySelector(".js-share");
    if (item) item.hidden = !navigator.share;
  }, true);

  if (location.hash === "#q") document.getElementById("q")?.focus();
})();
