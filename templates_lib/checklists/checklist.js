// Keeps ticks in this browser, by page, part and version: a new version starts empty.
const PREFIX = "checklist:";

// Null when the browser keeps nothing.
function load(key) {
  try {
    return new Set(JSON.parse(localStorage.getItem(key)) || []);
  } catch {
    return null;
  }
}

function save(key, ticked) {
  try {
    if (ticked.size) localStorage.setItem(key, JSON.stringify([...ticked]));
    else localStorage.removeItem(key);
  } catch {
    // Without storage, as in some private windows, ticks last as long as the page.
  }
}

function start(root) {
  const key = PREFIX + root.dataset.checklist;
  const boxes = [...root.querySelectorAll("input[data-step]")];
  const state = root.querySelector(".checklist__state");
  const bar = root.querySelector(".checklist__bar");
  const progress = root.querySelector(".checklist__progress");
  const reset = root.querySelector(".checklist__reset");
  let ticked = load(key) ?? new Set();

  function sentence(done, left) {
    const { complete, left: some, done: count } = progress.dataset;
    const pattern = done === boxes.length ? complete : left ? some : count;
    return pattern
      .replace("{done}", String(done))
      .replace("{all}", String(boxes.length))
      .replace("{left}", String(left));
  }

  function show() {
    for (const box of boxes) box.checked = ticked.has(box.dataset.step);
    const open = boxes.filter((box) => !box.checked);
    const done = boxes.length - open.length;
    bar.value = done;
    progress.textContent = sentence(done, open.filter((box) => "mandatory" in box.dataset).length);
    reset.hidden = done === 0;
  }

  root.addEventListener("change", (event) => {
    const step = event.target.dataset.step;
    if (!step) return;
    // Another tab may have ticked since.
    ticked = load(key) ?? ticked;
    if (event.target.checked) ticked.add(step);
    else ticked.delete(step);
    save(key, ticked);
    show();
  });
  reset.addEventListener("click", () => {
    if (!confirm(reset.dataset.question)) return;
    ticked = new Set();
    save(key, ticked);
    show();
    boxes[0]?.focus();
  });
  addEventListener("storage", (event) => {
    if (event.key !== key) return;
    ticked = load(key) ?? ticked;
    show();
  });
  // What is announced are changes, not the state on arrival.
  show();
  state.hidden = false;
}

document.querySelectorAll("[data-checklist]").forEach(start);
