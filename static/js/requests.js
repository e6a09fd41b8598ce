// Requests of htmx: what a reader learns of a slow or failed one, where reading goes on after a swap, and where the page
// stood when one comes back to it. As in all our scripts, listeners are on the document: swapped parts need no wiring.
(() => {
  // htmx under a strict content policy, with the server as the only memory. It reads this when the document is there,
  // after all deferred scripts.
  if (window.htmx) {
    Object.assign(htmx.config, {
      allowEval: false,
      allowScriptTags: false,
      historyCacheSize: 0, // Back asks the server: what it shows and the state of its controls are then always true
      historyRestoreAsHxRequest: false, // …and asks for a whole page, not for a part
      includeIndicatorStyles: false,
      selfRequestsOnly: true,
      timeout: 20_000,
    });
  }

  const SLOW = 4000; // ms after which waiting in silence looks like a fault
  const byId = (id) => document.getElementById(id);
  let current, timer;
  let again = null; // asks once more what failed

  const notice = (kind) => {
    const bar = byId("failed");
    bar.dataset.kind = kind;
    bar.hidden = !kind;
    bar.firstElementChild.textContent = bar.dataset[kind] ?? "";
    bar.lastElementChild.hidden = kind === "slow";
  };

  document.addEventListener("htmx:beforeRequest", ({ detail }) => {
    clearTimeout(timer);
    current = detail.xhr;
    again = null;
    notice("");
    timer = setTimeout(notice, SLOW, "slow");
  });
  document.addEventListener("htmx:afterRequest", ({ detail }) => {
    if (detail.xhr !== current) return; // an older one, aborted for this one's sake: no fault
    clearTimeout(timer);
    if (byId("failed").dataset.kind === "slow") notice("");
  });

  const fail = ({ detail }) => {
    const { elt, xhr, pathInfo, requestConfig } = detail;
    const path = pathInfo?.finalRequestPath ?? requestConfig?.path;
    if (xhr?.status >= 400 && xhr.status < 500 && path) {
      location.assign(path); // an error of the question has a page that says what is wrong
      return;
    }
    const focused = document.activeElement;
    again = () => {
      if (!elt.isConnected) location.assign(path);
      else if (elt.matches("form")) htmx.trigger(elt, "submit");
      else elt.click();
      focused?.focus();
    };
    notice(navigator.onLine ? "failed" : "offline");
  };
  for (const name of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) document.addEventListener(name, fail);
  document.addEventListener("click", (event) => {
    if (!event.target.closest?.(".js-again")) return;
    if (again) again();
    else location.reload();
  });
  addEventListener("offline", () => notice("offline"));
  addEventListener("online", () => {
    if (byId("failed").dataset.kind !== "offline") return;
    notice("");
    again?.();
  });

  // Where focus goes when what held it was replaced. What came of it is said in #status, which comes with every answer.
  let lastDay;
  document.addEventListener("htmx:beforeSwap", () => { lastDay = document.querySelector("#feed > .day:last-of-type"); });
  document.addEventListener("htmx:afterSettle", ({ detail }) => {
    const from = detail.requestConfig?.elt;
    const target = detail.target;
    const focus = (element) => element?.focus({ preventScroll: true });
    if (from?.matches(".cal__leaf")) leafed(from.dataset.leaf, focus);
    else if (from?.matches(".older a")) focus(lastDay?.nextElementSibling?.querySelector("h2 a"));
    else if (target?.id === "main") focus(document.querySelector("#main h1"));
    else if (target?.id === "feed" && document.activeElement === document.body) focus(byId("feed"));
  });
  const leafed = (way, focus) => {
    const month = document.querySelector(".dates[open] .cal") ?? document.querySelector(".rail__cal .cal");
    focus(month.querySelector(`[data-leaf="${way}"]`) ?? month.querySelector(".cal__leaf"));
    byId("status").textContent = month.dataset.month;
    for (const link of month.querySelectorAll("td a")) {
      if (link.pathname === location.pathname) link.setAttribute("aria-current", "date");
    }
  };

  // On a narrow page the sections scroll sideways: the one that is read comes into sight.
  const sections = byId("sections");
  const section = sections?.querySelector("[aria-current]");
  if (section) sections.scrollLeft = section.offsetLeft + section.offsetWidth - sections.offsetLeft - sections.clientWidth + 24;

  // Back asks the server, whose answer is there too late for the browser to scroll: so we remember where one was.
  const places = new Map();
  const here = () => location.pathname + location.search;
  let restoring = false;
  addEventListener("scroll", () => { if (!restoring) places.set(here(), scrollY); }, { passive: true });
  addEventListener("popstate", (event) => { restoring = Boolean(event.state?.htmx); });
  document.addEventListener("htmx:historyRestore", () => {
    const back = () => scrollTo({ top: places.get(here()) ?? 0, behavior: "instant" });
    byId("main").focus({ preventScroll: true });
    back();
    setTimeout(() => { // once more when the new page has its final heights
      back();
      restoring = false;
    }, 50);
  });
  document.addEventListener("htmx:historyCacheMissLoadError", () => location.reload());
})();
