// A run without reloading: forms are sent behind the page, and what others do comes in by itself.
// Without this script every form works as a form.
const ASK_EVERY = 4000;
const said = document.querySelector("[data-run-said]");
const root = document.getElementById("run");
let asking = false;

function say(text) {
  said.textContent = "";
  // A status that is set to what it was is not read again.
  setTimeout(() => (said.textContent = text), 50);
}

function notice(text) {
  let box = document.querySelector(".run-notice");
  if (!text) {
    box?.remove();
    return;
  }
  if (!box) {
    box = document.createElement("p");
    box.className = "flag flag--danger run-notice";
    box.setAttribute("role", "alert");
    document.getElementById("run").after(box);
  }
  box.textContent = text;
}

// What somebody is typing is not taken away; it comes with the next change.
function busy(part) {
  if (!part.contains(document.activeElement)) return false;
  return [...part.querySelectorAll("textarea, input:not([type=hidden])")].some(
    (field) => field.value !== field.defaultValue,
  );
}

// Gives back whether all of it is shown now.
function merge(html, force) {
  const fresh = new DOMParser().parseFromString(html, "text/html").getElementById("run");
  if (!fresh) {
    // Logged out, or shut out: the server has a page for that.
    location.reload();
    return false;
  }
  let whole = true;
  for (const part of fresh.querySelectorAll("[data-stamp]")) {
    const shown = document.getElementById(part.id);
    if (!shown) continue;
    if (part.id !== force && shown.dataset.stamp === part.dataset.stamp) continue;
    if (part.id !== force && busy(shown)) {
      whole = false;
      continue;
    }
    shown.replaceWith(document.importNode(part, true));
  }
  if ("running" in root.dataset !== "running" in fresh.dataset) {
    location.reload();
    return false;
  }
  if (whole) root.dataset.event = fresh.dataset.event;
  document.dispatchEvent(new CustomEvent("run:shown"));
  return whole;
}

function focusIn(part) {
  const target =
    part?.querySelector("[aria-invalid=true]") ??
    part?.querySelector("[open] .run-step__done") ??
    part?.querySelector("summary, textarea, button");
  target?.focus({ preventScroll: true });
}

// What is sent again under the same id counts once. Not every browser context has randomUUID.
function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((one) => one.toString(16).padStart(2, "0")).join("");
}

// What others do with this page: js/run-offline.js keeps it, and what could not be sent.
function heard(answer, isNews) {
  const policy = answer.headers.get("Content-Security-Policy");
  document.dispatchEvent(new CustomEvent("run:heard", { detail: { policy, isNews } }));
}

// Whether somebody keeps the form, to send it later.
function leave(form, button, data, part) {
  if (!("runKeep" in form.dataset)) return false;
  const refuse = () => notice(root.dataset.offline);
  const detail = { form, button, data, part: part?.id, refuse };
  return !document.dispatchEvent(new CustomEvent("run:unsent", { detail, cancelable: true }));
}

async function send(form, button) {
  const data = new FormData(form);
  if (button?.name) data.set(button.name, button.value);
  data.set("tick", newId());
  const part = form.closest("[data-stamp]");
  // In its turn: something done before this has not been sent.
  if ("waiting" in root.dataset && leave(form, button, data, part)) return;
  const buttons = [...form.querySelectorAll("button")];
  buttons.forEach((one) => (one.disabled = true));
  let answer;
  try {
    answer = await fetch(form.action, {
      method: "POST",
      body: data,
      headers: { "X-Run-Piece": "1", "X-Run-After": root.dataset.event },
      redirect: "error",
    });
  } catch {
    buttons.forEach((one) => (one.disabled = false));
    button?.focus();
    if (!leave(form, button, data, part)) notice(root.dataset.offline);
    return;
  }
  if (answer.status >= 500 || answer.status === 403 || answer.status === 404) {
    buttons.forEach((one) => (one.disabled = false));
    // A token that is too old, or a server that is away for a moment.
    if (answer.status !== 404 && leave(form, button, data, part)) return;
    // Sent as a form, it gets the server's own page.
    form.dataset.plain = "";
    form.requestSubmit(button);
    return;
  }
  notice("");
  merge(await answer.text(), part?.id);
  heard(answer, true);
  const now = document.getElementById(part?.id);
  focusIn(now);
  if (answer.ok) say(root.dataset.saved);
  else say(now?.querySelector("[role=alert]")?.textContent ?? "");
}

async function ask() {
  if (asking || document.hidden || !("running" in root.dataset)) return;
  asking = true;
  try {
    const answer = await fetch(`${root.dataset.changes}?after=${root.dataset.event}`, {
      redirect: "error",
    });
    if (answer.status === 200) {
      merge(await answer.text(), "");
      say(root.dataset.news);
    }
    if (answer.ok) {
      heard(answer, answer.status === 200);
      notice("");
    }
  } catch {
    // Said when something is sent; asking goes on.
  } finally {
    asking = false;
  }
}

root?.addEventListener("submit", (event) => {
  const form = event.target.closest("[data-run-form]");
  if (!form || "plain" in form.dataset) return;
  event.preventDefault();
  send(form, event.submitter);
});
// Times become time that is left. Without this script they stand there as times.
function span(seconds) {
  const whole = Math.floor(Math.abs(seconds));
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60)];
  const two = (number) => String(number).padStart(2, "0");
  if (hours >= 48) return `${Math.floor(hours / 24)} d`;
  return hours ? `${hours}:${two(minutes)} h` : `${minutes}:${two(whole % 60)} min`;
}

function count() {
  for (const timer of root.querySelectorAll("[data-run-timer]")) {
    const left = (new Date(timer.dataset.runTimer) - Date.now()) / 1000;
    const words = left >= 0 ? root.dataset.left : root.dataset.late;
    timer.textContent = ` (${words.replace("{time}", span(left))})`;
    timer.classList.toggle("run-step__timer--late", left < 0);
  }
}

// A link to a folded step opens it.
function unfold() {
  const step = document.getElementById(location.hash.slice(1));
  const fold = step?.querySelector(".run-step__fold");
  if (fold) fold.open = true;
}

// What is folded would not be on paper.
let folded = [];
addEventListener("beforeprint", () => {
  folded = [...document.querySelectorAll(".run-step__fold:not([open])")];
  for (const fold of folded) fold.open = true;
});
addEventListener("afterprint", () => {
  for (const fold of folded) fold.open = false;
});
addEventListener("hashchange", unfold);
root?.addEventListener("click", (event) => {
  if (event.target.closest(".run-bar__now")) setTimeout(unfold);
});
document.addEventListener("visibilitychange", ask);
addEventListener("online", ask);
document.addEventListener("run:answer", (event) => merge(event.detail, ""));
if (root) {
  setInterval(ask, ASK_EVERY);
  setInterval(count, 1000);
  count();
  unfold();
  ask();
}
