/* The findings on what is on the screen. Wagtail sends what was typed to its preview, and says when
   that is there: then the findings on the same text are fetched. */

const panel = document.querySelector("[data-lint-url]");
let running = null;

async function look() {
  running?.abort();
  running = new AbortController();
  const { signal } = running;
  try {
    const answer = await fetch(panel.dataset.lintUrl, { signal, credentials: "same-origin" });
    if (!answer.ok) return;
    const words = await answer.text();
    panel.querySelector("[data-lint-list]").innerHTML = words;
    panel.querySelector("[data-lint-count]").textContent =
      panel.querySelectorAll("[data-lint-show]").length;
  } catch (error) {
    // Another look has begun, or the server is away: what was shown before stays.
    if (error.name !== "AbortError" && !(error instanceof TypeError)) throw error;
  }
}

/* The deepest field on the way to a place; a row that was just added has no mark yet. */
function fieldAt(path) {
  let found = document.querySelector("form[data-edit-form]");
  for (const step of path.split(".")) {
    const next = found.querySelector(`[data-contentpath="${CSS.escape(step)}"]`);
    if (!next) break;
    found = next;
  }
  return found.matches("[data-contentpath]") ? found : null;
}

function open(field) {
  for (let box = field.parentElement; box; box = box.parentElement) {
    if (box.matches('[role="tabpanel"][hidden]')) {
      document.querySelector(`[role="tab"][aria-controls="${CSS.escape(box.id)}"]`)?.click();
    } else if (box.matches("[data-panel]")) {
      const toggle = box.querySelector('[data-panel-toggle][aria-expanded="false"]');
      if (toggle && toggle.closest("[data-panel]") === box) toggle.click();
    }
  }
}

function show(event) {
  const link = event.target.closest("[data-lint-show]");
  const field = link && fieldAt(link.dataset.lintShow);
  if (!field) return;
  event.preventDefault();
  open(field);
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  field.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
  const input = field.querySelector(
    "input:not([type=hidden]), textarea, select, [contenteditable=true]",
  );
  (input ?? field.querySelector("button"))?.focus({ preventScroll: true });
}

if (panel) {
  panel.addEventListener("click", show);
  document.addEventListener("w-preview:loaded", look);
  look();
}
