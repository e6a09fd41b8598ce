// Days are typed as year, month, day, with whatever stands between them, or picked in a copy of the page's month.
(() => {
  const PATTERN = /^(\d{4})(?:(\d\d)(\d\d)|\D+(\d{1,2})\D+(\d{1,2})\D*)$/;
  const whole = (text) => {
    const [, year, ...rest] = PATTERN.exec(text.trim()) ?? [];
    if (!year) return null;
    const day = [year, ...rest.filter(Boolean).map((part) => part.padStart(2, "0"))].join("-");
    const date = new Date(`${day}T00:00:00Z`); // the 31st of February becomes the 3rd of March, or is none
    return date.getTime() && date.toISOString().startsWith(day) ? day : null;
  };
  const typed = (field, done) => {
    const day = whole(field.value);
    if (day && (done || /^\d{8}$/.test(field.value.trim()))) field.value = day;
    field.setCustomValidity(done && field.value && !day ? field.title : "");
    if (done) field.reportValidity();
  };
  document.addEventListener("input", ({ target }) => { if (target.matches(".js-day")) typed(target, false); });
  document.addEventListener("change", ({ target }) => { if (target.matches(".js-day")) typed(target, true); }, true);

  const menu = () => document.querySelector("details.dates");
  const fields = () => [...menu().querySelectorAll(".js-day")];
  const dayOf = (link) => link.pathname.slice(-10);
  let wanted = null; // the field that was touched last: it gets the day
  const mark = () => {
    if (!menu()) return;
    const chosen = fields().map((field) => field.value);
    for (const link of menu().querySelectorAll("td a")) {
      if (chosen.includes(dayOf(link))) link.setAttribute("aria-current", "date");
      else link.removeAttribute("aria-current");
    }
  };
  const pick = (day) => {
    const [from, to] = fields();
    const field = wanted?.isConnected ? wanted : from.value && !to.value ? to : from;
    if (field === from && from.value) to.value = "";
    wanted = null;
    field.value = day;
    field.dispatchEvent(new Event("change", { bubbles: true }));
  };

  document.addEventListener("toggle", ({ target }) => {
    if (!target.matches?.("details.dates[open]")) return;
    const month = document.querySelector(".rail__cal .cal");
    if (month && !target.querySelector(".cal")) {
      const copy = month.cloneNode(true);
      target.querySelector(".menu__panel").append(copy);
      htmx.process(copy);
    }
    wanted = null;
    mark();
  }, true);
  document.addEventListener("focusin", ({ target }) => { if (target.matches("details.dates .js-day")) wanted = target; });
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("details.dates td a");
    if (!link) return;
    event.preventDefault();
    pick(dayOf(link));
  });
  document.addEventListener("change", mark);
  document.addEventListener("htmx:afterSettle", mark);
})();
