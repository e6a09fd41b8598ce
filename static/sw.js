// The service worker, served as /sw.js behind a line that sets KEPT: the version of this program's files, the addresses of the
// shell, the editions and the names of the filters. Pages come from the network first, always; a kept copy only stands in when
// there is no network. A new version brings a new worker, which takes over at once and clears away what the old one kept.

const SHELL = `ortoo-shell-${KEPT.version}`;
const DAYS = `ortoo-days-${KEPT.version}`;
const PATIENCE = 10 * 60 * 1000; // an edition's days are looked at again after so many milliseconds
const OTHERS = /^\/(?:desk|api|share)(?:\/|$)/; // never kept, never answered for
const LOOSE = { ignoreVary: true }; // what is kept is always the whole page

const good = (answer) => answer.ok && answer.type === "basic" && !answer.redirected;

addEventListener("install", (event) => {
  const offline = Object.values(KEPT.editions).map((edition) => new Request(edition.offline, { cache: "no-cache" }));
  event.waitUntil(caches.open(SHELL).then((shell) => shell.addAll([...KEPT.shell, ...offline])).then(() => skipWaiting()));
});

addEventListener("activate", (event) => {
  event.waitUntil(takeOver());
});

// What the old worker kept is fetched anew before it is cleared away; without a network it stays until there is one.
const takeOver = async () => {
  await clients.claim();
  await registration.navigationPreload?.enable();
  const read = [];
  for (const [ui, edition] of Object.entries(KEPT.editions)) if (await caches.match(edition.kept, LOOSE)) read.push(ui);
  try {
    for (const ui of read) await keep(ui);
    await sweep();
  } catch { /* swept when the days are kept the next time */ }
};

const sweep = async () => {
  const old = (await caches.keys()).filter((name) => name.startsWith("ortoo-") && name !== SHELL && name !== DAYS);
  await Promise.all(old.map((name) => caches.delete(name)));
};

// Keep the edition's front page and newest days, and nothing older of it.
const keep = async (ui) => {
  const edition = KEPT.editions[ui];
  if (!edition) return;
  const days = await caches.open(DAYS);
  const before = await days.match(edition.kept, LOOSE);
  if (before && Date.now() - Date.parse(before.headers.get("date")) < PATIENCE) return;
  const list = await fetch(edition.kept, { cache: "no-cache" });
  if (!good(list)) return;
  const wanted = [edition.home, ...(await list.clone().json()).days.map((day) => day.href)];
  for (const path of wanted) {
    const page = await fetch(path, { cache: "no-cache" });
    if (good(page)) await days.put(path, page);
  }
  await days.put(edition.kept, list);
  for (const request of await days.keys()) {
    const { pathname } = new URL(request.url);
    if (pathname.startsWith(edition.home) && pathname !== edition.kept && !wanted.includes(pathname)) await days.delete(request);
  }
};

addEventListener("message", (event) => {
  if (event.data?.keep) event.waitUntil(keep(event.data.keep).then(sweep).catch(() => { /* no network now */ }));
});

addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (url.pathname.startsWith("/static/")) event.respondWith(asset(event));
  else if (request.mode === "navigate" && !OTHERS.test(url.pathname)) event.respondWith(page(event, url));
});

// An address that names its content never changes it: what is kept under one is right for ever.
const asset = async (event) => {
  const found = await caches.match(event.request, LOOSE);
  if (found) return found;
  const answer = await fetch(event.request);
  if (good(answer) && answer.headers.get("cache-control")?.includes("immutable")) {
    const copy = answer.clone();
    event.waitUntil(caches.open(SHELL).then((shell) => shell.put(event.request, copy)));
  }
  return answer;
};

const page = async (event, url) => {
  try {
    const answer = (await event.preloadResponse) ?? await fetch(event.request);
    if (good(answer) && !url.search) {
      const copy = answer.clone();
      event.waitUntil(renew(url.pathname, copy));
    }
    return answer;
  } catch {
    return (await standIn(url)) ?? Response.error();
  }
};

// A page that is kept already is kept as it was last seen.
const renew = async (path, answer) => {
  const days = await caches.open(DAYS);
  if (await days.match(path, LOOSE)) await days.put(path, answer);
};

// The kept copy of a page, or the page that says what is kept. Nothing but the whole page stands in for the whole page.
const standIn = async (url) => {
  const filtered = KEPT.filters.some((name) => url.searchParams.has(name));
  const uis = Object.keys(KEPT.editions);
  const own = uis.find((ui) => url.pathname.startsWith(`/${ui}/`)) ?? uis.find((ui) => navigator.language.startsWith(ui)) ?? uis[0];
  const order = [own, ...uis.filter((ui) => ui !== own)];
  const bare = /^\/(?:\d{4}-\d{2}-\d{2})?$/.test(url.pathname); // an address that leads to the reader's edition
  const paths = bare ? order.map((ui) => `/${ui}${url.pathname}`) : [url.pathname];
  for (const path of filtered ? [] : paths) {
    const found = await caches.match(path, LOOSE);
    if (found) return found;
  }
  return caches.match(KEPT.editions[own].offline, LOOSE);
};
