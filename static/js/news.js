// "3 new headlines": asks once a minute, while somebody looks, whether the list has become longer. Nothing is put into
// the list until the reader says so; the place for the line is kept, so nothing moves either.
(() => {
  const EVERY = 60_000;
  const slot = () => document.getElementById("news");
  let asked, tag, last = Date.now();

  const look = async () => {
    const address = slot()?.dataset.address;
    if (!address || document.hidden) return;
    last = Date.now();
    if (address !== asked) tag = null;
    asked = address;
    try {
      const answer = await fetch(address, { cache: "no-store", headers: tag ? { "If-None-Match": tag } : {} });
      if (answer.ok) tag = answer.headers.get("ETag"); // the store's revision: while it stands, the answer is 304
      if (answer.status === 200) show(await answer.text(), address);
    } catch { /* offline or busy: the next minute is another try */ }
  };

  const show = (line, address) => {
    const place = slot();
    if (place?.dataset.address !== address) return; // the filters changed meanwhile
    const first = !place.querySelector(".newpill");
    const focused = place.contains(document.activeElement);
    place.innerHTML = line;
    htmx.process(place);
    if (focused) place.querySelector(".newpill").focus();
    if (first) document.getElementById("status").textContent = place.querySelector(".newpill span").textContent;
  };

  setInterval(look, EVERY);
  document.addEventListener("visibilitychange", () => { if (!document.hidden && Date.now() - last >= EVERY) look(); });

  // After the reader asked for them, the first headline that was not there before has the focus.
  const headlines = () => [...document.querySelectorAll("#feed .hl a")];
  const key = (link) => link.href + link.textContent;
  const isPill = ({ detail }) => detail.requestConfig?.elt.matches(".newpill");
  let known = new Set();
  document.addEventListener("htmx:beforeSwap", (event) => { if (isPill(event)) known = new Set(headlines().map(key)); });
  document.addEventListener("htmx:afterSettle", (event) => {
    if (isPill(event)) headlines().find((link) => !known.has(key(link)))?.focus();
  });
})();
