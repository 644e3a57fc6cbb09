// The service worker of the runs. It fetches everything from the network and keeps nothing itself; only
// when there is none it hands out what js/run-offline.js has kept. ADR 0017.
const KEPT_MS = 7 * 24 * 3600 * 1000;
const RUN = /^\/runs\/\d+\/$/;
const OFFLINE = "{{ offline_page }}";
const STATIC = "{{ static_url }}";

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));

async function pages() {
  const names = (await caches.keys()).filter((name) => name.startsWith("run-pages:"));
  return Promise.all(names.map((name) => caches.open(name)));
}

async function forgetAll() {
  for (const name of await caches.keys()) {
    if (name.startsWith("run-pages:")) await caches.delete(name);
  }
}

async function kept(path) {
  for (const cache of await pages()) {
    const page = await cache.match(path);
    if (page && Date.now() - Number(page.headers.get("X-Kept")) < KEPT_MS) return page;
    if (page) await cache.delete(path);
  }
  const assets = await caches.open("run-assets");
  return (await assets.match(OFFLINE)) ?? Response.error();
}

async function visit(request, path) {
  let answer;
  try {
    answer = await fetch(request);
  } catch {
    return kept(RUN.test(path) ? path : OFFLINE);
  }
  // Led on to the login: nobody is here any more.
  if (answer.type === "opaqueredirect" && RUN.test(path)) await forgetAll();
  if (answer.status === 403 || answer.status === 404) {
    for (const cache of await pages()) await cache.delete(path);
  }
  return answer;
}

async function asset(request) {
  try {
    return await fetch(request);
  } catch {
    const assets = await caches.open("run-assets");
    return (await assets.match(request, { ignoreVary: true })) ?? Response.error();
  }
}

addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (request.mode === "navigate") event.respondWith(visit(request, url.pathname));
  else if (url.pathname.startsWith(STATIC)) event.respondWith(asset(request));
});
