// A run without network: its page is kept on this device, and what is sent waits here until it can be.
// Both belong to the person who is logged in: pages go when another is (js/page.js), and what waits is
// shown and sent only for the one whose it is. ADR 0017.
const root = document.getElementById("run");
const box = document.getElementById("run-waiting");
const list = box?.querySelector("ul");
const why = box?.querySelector("[data-run-why]");
const words = box?.dataset ?? {};
const person = words.person ?? "";
const PAGES = `run-pages:${person}`;
const ASSETS = "run-assets";
const TRY_EVERY = 5000;

/* What waits. A number of its own keeps the order in which it was done. */
const opened = new Promise((resolve, reject) => {
  const asked = indexedDB.open("portal-runs", 1);
  asked.onupgradeneeded = () => {
    asked.result.createObjectStore("waiting", { keyPath: "id", autoIncrement: true });
  };
  asked.onsuccess = () => resolve(asked.result);
  asked.onerror = () => reject(asked.error);
});

async function store(mode, act) {
  const database = await opened;
  return new Promise((resolve, reject) => {
    const done = database.transaction("waiting", mode);
    const asked = act(done.objectStore("waiting"));
    // Not before it is on the disk.
    done.oncomplete = () => resolve(asked.result);
    done.onerror = () => reject(done.error);
  });
}

async function mine() {
  const all = await store("readonly", (rows) => rows.getAll());
  return all.filter((one) => one.person === person);
}

const put = (entry) => store("readwrite", (rows) => rows.put(entry));
const drop = (entry) => store("readwrite", (rows) => rows.delete(entry.id));

const said = (entry, name) => entry.fields.find(([key]) => key === name)?.[1] ?? "";

function inWords(entry) {
  const what = [said(entry, "answer"), said(entry, "text"), said(entry, "link")];
  const file = entry.fields.find(([, value]) => value instanceof File && value.name)?.[1].name;
  const rest = [...what, file].filter(Boolean).join(", ");
  const time = new Date(entry.at).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
  return `${entry.label} (${time})${rest ? `: ${rest}` : ""}`;
}

function line(entry) {
  const item = box.querySelector("template").content.cloneNode(true).firstElementChild;
  item.querySelector("[data-run-mine]").textContent = inWords(entry);
  const there = item.querySelector("[data-run-there]");
  const ways = item.querySelector(".button-row");
  if (entry.stuck) {
    there.textContent = [entry.message, entry.there && words.there.replace("{there}", entry.there)]
      .filter(Boolean)
      .join(" ");
  } else {
    there.remove();
    ways.remove();
  }
  ways.addEventListener("click", async (event) => {
    const act = event.target.closest("button")?.dataset.act;
    if (!act) return;
    if (act === "drop") await drop(entry);
    else await put({ ...entry, stuck: false, seen: entry.newest ?? entry.seen });
    await show();
    flush();
  });
  return item;
}

/* Shows what waits, in the box and at its steps. */
async function show() {
  const all = await mine();
  const here = all.filter((one) => one.run === root.dataset.run);
  box.hidden = all.length === 0;
  root.toggleAttribute("data-waiting", all.length > 0);
  // What somebody is about to press is not moved.
  const shown = JSON.stringify(all.map((one) => [one.id, one.stuck, one.message]));
  if (list.dataset.shown !== shown) {
    list.dataset.shown = shown;
    list.replaceChildren(...all.map(line));
  }
  for (const old of root.querySelectorAll(".run-step--waiting")) {
    old.classList.remove("run-step--waiting");
    old.querySelector(".run-step__waiting")?.remove();
  }
  for (const entry of here) mark(document.getElementById(entry.part), entry);
}

function mark(step, entry) {
  if (!step?.classList.contains("run-step") || step.querySelector(".run-step__waiting")) return;
  step.classList.add("run-step--waiting");
  const badge = document.createElement("span");
  badge.className = "run-step__waiting";
  badge.textContent = entry.stuck ? words.stuck : words.waits;
  step.querySelector(".run-step__facts").prepend(badge);
}

/* On to the next step, as the server would lead. */
function leadOn(part) {
  const steps = [...root.querySelectorAll(".run-step")];
  const at = steps.findIndex((one) => one.id === part);
  const fold = steps[at]?.querySelector(".run-step__fold");
  if (fold) fold.open = false;
  const next = steps
    .slice(at + 1)
    .find((one) => !one.matches(".run-step--waiting, .run-step--done, .run-step--skipped"));
  if (at >= 0 && next?.querySelector(".run-step__form")) {
    next.querySelector(".run-step__fold").open = true;
  }
}

/* A form whose answer did not come. Its id makes it count once, should it have arrived. */
document.addEventListener("run:unsent", (event) => {
  const { form, button, data, part } = event.detail;
  event.preventDefault();
  const fields = [...data.entries()].filter(([name]) => name !== "csrfmiddlewaretoken");
  const title = form.closest(".run-step")?.querySelector(".run-step__title")?.textContent.trim();
  const verb = (button?.firstChild?.textContent ?? "").trim();
  put({
    person,
    run: root.dataset.run,
    url: form.action,
    part: part ?? "",
    label: [verb, title].filter(Boolean).join(": "),
    fields: fields.filter(([name]) => name !== "seen"),
    seen: data.get("seen"),
    at: new Date().toISOString(),
    stuck: false,
  }).then(
    async () => {
      form.reset();
      await show();
      leadOn(part);
      flush();
    },
    () => event.detail.refuse(),
  );
});

/* Sends what waits in its order. One page does it at a time; what is stuck holds up its own step only. */
async function flush() {
  if (!navigator.locks) return sendAll();
  return navigator.locks.request("portal-runs", { ifAvailable: true }, (lock) => lock && sendAll());
}

async function sendAll() {
  const stuck = new Set();
  // Anew each time: a page beside this one may have dropped or added something.
  for (let last = 0; ; ) {
    const entry = (await mine()).find((one) => one.id > last);
    if (!entry) break;
    last = entry.id;
    if (entry.stuck || stuck.has(entry.url)) {
      stuck.add(entry.url);
      continue;
    }
    const session = await ask();
    if (!session) return;
    const answer = await post(entry, session.token);
    if (!answer || answer.status >= 500) {
      tell(words.offline);
      return;
    }
    const text = await answer.text();
    if (answer.ok) await sent(entry, text);
    else {
      await put(refused(entry, answer.status, text));
      stuck.add(entry.url);
    }
    await show();
  }
}

/* Whose session it is; nothing when that cannot be asked, or it is not the one of who typed this. */
async function ask() {
  try {
    const answer = await fetch(words.session, { cache: "no-store" });
    if (!answer.ok) throw new Error("no session");
    const session = await answer.json();
    const same = session.person === person;
    tell(same ? words.sending : words.loggedOut, !same);
    return same ? session : null;
  } catch {
    tell(words.offline);
    return null;
  }
}

async function post(entry, token) {
  const data = new FormData();
  for (const [name, value] of entry.fields) data.append(name, value);
  data.set("csrfmiddlewaretoken", token);
  data.set("noted", entry.at);
  if (entry.seen !== null) data.set("seen", entry.seen);
  const headers = { "X-Run-Piece": "1" };
  if (entry.run === root.dataset.run) headers["X-Run-After"] = root.dataset.event;
  try {
    return await fetch(entry.url, { method: "POST", body: data, headers, redirect: "error" });
  } catch {
    return null;
  }
}

const stepIn = (text, entry) =>
  new DOMParser().parseFromString(text, "text/html").getElementById(entry.part);

/* What waits for the same step was done knowing of this change of one's own. */
async function sent(entry, text) {
  await drop(entry);
  if (entry.run === root.dataset.run) {
    shown(text);
    keepSoon();
  }
  if (entry.seen === null) return;
  const before = Number(entry.seen);
  const now = Number(stepIn(text, entry)?.querySelector("input[name=seen]")?.value ?? before + 1);
  const after = now === before ? before : before + 1;
  for (const later of await mine()) {
    if (later.url === entry.url && later.seen === entry.seen) {
      await put({ ...later, seen: String(after) });
    }
  }
}

function refused(entry, status, text) {
  const step = status === 400 || status === 409 ? stepIn(text, entry) : null;
  const facts = step?.querySelector(".run-step__facts")?.textContent ?? "";
  const record = step?.querySelector(".run-step__record")?.textContent ?? "";
  const there = `${facts} ${record}`.replace(/\s+/g, " ").trim();
  const message = step?.querySelector("[role=alert]")?.textContent.trim() ?? words.refused;
  const newest = step?.querySelector("input[name=seen]")?.value;
  return { ...entry, stuck: true, message, there: status === 409 ? there || words.open : "", newest };
}

function shown(html) {
  document.dispatchEvent(new CustomEvent("run:answer", { detail: html }));
}

function tell(text, isLoggedOut = false) {
  if (why.dataset.said === text) return;
  why.dataset.said = text;
  why.textContent = text;
  if (!isLoggedOut) return;
  const link = document.createElement("a");
  link.href = words.login;
  link.textContent = words.logIn;
  why.append(" ", link);
}

/* The page as it is now, for when there is no network. Only what was visited is kept. */
let policy = "";
let timer;
document.addEventListener("run:heard", (event) => {
  if (policy && !event.detail.isNews) return;
  policy = event.detail.policy || policy;
  keepSoon();
});

function keepSoon() {
  clearTimeout(timer);
  timer = setTimeout(keep, 300);
}

async function keep() {
  if (!("caches" in window) || !person || !policy) return;
  const copy = document.documentElement.cloneNode(true);
  copy.querySelector("#run-waiting").hidden = true;
  copy.querySelector("#run-waiting ul").replaceChildren();
  copy.querySelectorAll(".run-notice, .run-step__waiting").forEach((one) => one.remove());
  const headers = {
    "Content-Type": "text/html; charset=utf-8",
    "Content-Security-Policy": policy,
    "X-Kept": String(Date.now()),
  };
  const pages = await caches.open(PAGES);
  const html = `<!DOCTYPE html>${copy.outerHTML}`;
  await pages.put(location.pathname, new Response(html, { headers }));
  await keepAssets();
  root.dataset.kept = "";
}

async function keepAssets() {
  const links = [...document.querySelectorAll("link[rel=stylesheet], link[rel=icon]")];
  const scripts = [...document.querySelectorAll("script[src]")];
  const icons = [...document.querySelectorAll("use[href]")].map((one) => one.getAttribute("href"));
  const wanted = new Set(
    [
      ...links.map((one) => one.href),
      ...scripts.map((one) => one.src),
      ...icons.map((one) => one.split("#")[0]),
      words.keptScript,
      words.offlinePage,
    ].map((one) => new URL(one, location).href),
  );
  const assets = await caches.open(ASSETS);
  const there = new Set((await assets.keys()).map((one) => one.url));
  // Of a release before this one.
  for (const url of there) if (!wanted.has(url)) await assets.delete(url);
  for (const url of wanted) {
    // As nobody: what is kept for all bears no name.
    if (!there.has(url)) await assets.add(new Request(url, { credentials: "omit" }));
  }
}

if (root && box && person) {
  navigator.serviceWorker?.register(words.worker).catch(() => {});
  document.addEventListener("run:shown", show);
  addEventListener("online", flush);
  document.addEventListener("visibilitychange", () => document.hidden || flush());
  setInterval(flush, TRY_EVERY);
  show().then(flush);
}
