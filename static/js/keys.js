// Keyboard shortcuts and their help. They go by the place of a key (event.code), so that they are the same on a Latin
// and on a Mongolian layout; never while typing, never with a modifier; and they can be switched off on this device.
(() => {
  const find = (selector) => document.querySelector(selector);
  const click = (selector) => find(selector)?.click();
  const seen = (element) => element?.checkVisibility();
  const help = () => document.getElementById("keys");
  const TYPING = "input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]";
  const TOP = 72; // px under the bar that stays at the top

  const isOff = () => {
    try {
      return localStorage.getItem("keys") === "off";
    } catch {
      return false; // storage is blocked: as for a first visit
    }
  };
  const keep = (on) => {
    try {
      if (on) localStorage.removeItem("keys");
      else localStorage.setItem("keys", "off");
    } catch { /* lasts as long as the page */ }
  };

  const headlines = () => [...document.querySelectorAll("main .hl a, main .older a")].filter(seen);
  const here = (links) => {
    const item = document.activeElement.closest(".item, .row, .older");
    return item ? links.findIndex((link) => item.contains(link)) : -1;
  };
  const move = (step) => {
    const links = headlines();
    const at = here(links);
    const below = links.findIndex((link) => link.getBoundingClientRect().top >= TOP);
    const next = at >= 0 ? at + step : step > 0 ? below : (below < 0 ? links.length : below) - 1;
    links[next]?.focus();
  };
  const open = () => {
    const links = headlines();
    links[here(links)]?.click();
  };
  // On a day it is another day; in a list, whose days stand below each other, it is the heading of the next one.
  const day = (rel) => {
    if (find(".daynav")) return click(`.daynav [rel="${rel}"]`);
    const days = [...document.querySelectorAll(".day__h a")];
    const top = (link) => Math.round(link.getBoundingClientRect().top);
    const at = days.findIndex((link) => link === document.activeElement);
    const older = at >= 0 ? at + 1 : days.findIndex((link) => top(link) > TOP);
    const newer = at >= 0 ? at - 1 : days.findLastIndex((link) => top(link) < 0);
    days[rel === "prev" ? older : newer]?.focus();
  };
  const search = () => {
    const field = ["#q", "#find"].map(find).find(seen);
    if (field) field.focus();
    else click(".js-find");
    field?.select();
  };
  const language = () => {
    const choices = [...document.querySelectorAll("#filters .seg input[type=radio]")];
    if (choices.length) choices[(choices.findIndex((choice) => choice.checked) + 1) % choices.length].click();
    else if (find(".dayhead")) {
      const codes = ["", ...Array.from(document.querySelectorAll("#edition a"), (link) => link.hreflang)];
      const address = new URL(location.href);
      const next = codes[(codes.indexOf(address.searchParams.get("lang") ?? "") + 1) % codes.length];
      address.searchParams.delete("lang");
      if (next) address.searchParams.set("lang", next);
      location.assign(address);
    }
  };
  const partner = () => document.activeElement.closest(".item, .row")?.querySelector(".pair")?.click();
  const toggle = () => {
    if (help().open) return help().close();
    find(".js-keys").checked = !isOff();
    help().showModal();
  };

  const KEYS = {
    KeyJ: () => move(1),
    KeyK: () => move(-1),
    KeyO: open,
    BracketLeft: () => day("prev"),
    BracketRight: () => day("next"),
    KeyT: () => click('#sections a[href$="/today"]'),
    Slash: search,
    KeyL: language,
    KeyS: partner,
  };

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.altKey || event.metaKey || isOff()) return;
    if (event.target.closest(TYPING)) return;
    const asks = event.key === "?" || (event.shiftKey && event.code === "Slash"); // wherever a layout has its question mark
    const act = asks ? toggle : event.shiftKey || help().open ? null : KEYS[event.code];
    if (!act || (event.repeat && !["KeyJ", "KeyK"].includes(event.code))) return;
    event.preventDefault();
    act();
  });

  document.addEventListener("click", (event) => {
    const at = (selector) => event.target.closest?.(selector);
    if (at('a[href$="#keys"]')) {
      event.preventDefault();
      toggle();
    } else if (help().open && (at(".js-close") || event.target === help())) {
      event.preventDefault();
      help().close();
    }
  });
  document.addEventListener("change", (event) => { if (event.target.matches(".js-keys")) keep(event.target.checked); });
  if (location.hash === "#keys") toggle();
})();
