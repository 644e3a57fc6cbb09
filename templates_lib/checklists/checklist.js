// Keeps ticks in this browser, by page, part and version: a new version starts empty.
const PREFIX = "checklist:";

function load(key) {
  try {
    return new Set(JSON.parse(localStorage.getItem(key)) || []);
  } catch {
    return new Set();
  }
}

function save(key, ticked) {
  try {
    localStorage.setItem(key, JSON.stringify([...ticked]));
  } catch {
    // A private window without storage: ticks last as long as the page.
  }
}

function start(root) {
  const key = PREFIX + root.dataset.checklist;
  const boxes = [...root.querySelectorAll("input[data-step]")];
  const progress = root.querySelector(".checklist__progress");
  const reset = root.querySelector(".checklist__reset");
  let ticked = load(key);

  function show() {
    for (const box of boxes) box.checked = ticked.has(box.dataset.step);
    progress.hidden = false;
    progress.textContent = progress.dataset.template
      .replace("%done", String(boxes.filter((box) => box.checked).length))
      .replace("%all", String(boxes.length));
    reset.hidden = ticked.size === 0;
  }

  root.addEventListener("change", (event) => {
    const step = event.target.dataset.step;
    if (!step) return;
    if (event.target.checked) ticked.add(step);
    else ticked.delete(step);
    save(key, ticked);
    show();
  });
  reset.addEventListener("click", () => {
    ticked = new Set();
    save(key, ticked);
    show();
    boxes[0]?.focus();
  });
  show();
}

document.querySelectorAll("[data-checklist]").forEach(start);
