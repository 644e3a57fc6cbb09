// The page that stands for one that cannot be fetched: which runs are on this device.
const list = document.querySelector("[data-runs-kept]");

async function fill() {
  for (const name of await caches.keys()) {
    if (!name.startsWith("run-pages:")) continue;
    const pages = await caches.open(name);
    for (const request of await pages.keys()) {
      const html = await (await pages.match(request)).text();
      const title = new DOMParser().parseFromString(html, "text/html").querySelector("h1");
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.href = new URL(request.url).pathname;
      link.textContent = title?.textContent.trim() || link.href;
      item.append(link);
      list.append(item);
    }
  }
}

if (list && "caches" in window) fill();
