// Reading without a connection: starts the service worker, tells it which edition is being read, and fills the list of the
// days that are kept on the page that stands in for those that are not.
(() => {
  if (!("serviceWorker" in navigator && "caches" in window)) return;
  const ui = document.documentElement.lang;

  // After the page is there, and not for readers who save data: what is kept costs as much as the pages themselves.
  const start = async () => {
    await navigator.serviceWorker.register("/sw.js");
    const { active } = await navigator.serviceWorker.ready;
    if (!navigator.connection?.saveData) active.postMessage({ keep: ui });
  };
  const idle = window.requestIdleCallback ?? ((work) => setTimeout(work, 1000));
  const begin = () => idle(() => start().catch(() => { /* not allowed here: pages work as ever */ }));
  if (document.readyState === "complete") begin();
  else addEventListener("load", begin);

  const list = document.getElementById("kept");
  if (!list) return;
  const entry = (day, lang) => {
    const link = document.createElement("a");
    link.href = day.href;
    link.lang = lang;
    link.textContent = day.label;
    const item = document.createElement("li");
    item.append(link);
    return item;
  };
  const fill = async () => {
    for (const lang of list.dataset.editions.split(" ")) {
      const kept = await caches.match(`/${lang}/kept.json`, { ignoreVary: true });
      for (const day of kept ? (await kept.json()).days : []) {
        if (await caches.match(day.href, { ignoreVary: true })) list.append(entry(day, lang));
      }
    }
    const empty = list.childElementCount === 0;
    list.hidden = empty;
    document.getElementById("none-kept").hidden = !empty;
  };
  fill();
})();
