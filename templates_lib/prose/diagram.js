/*
 * Draws diagrams. The text of a diagram stands on the page in any case; this script puts a frame
 * without rights beside it, posts the text there and folds the text away once the drawing is there.
 */
const GIVE_UP_AFTER_MS = 15000;
const MAX_HEIGHT = 4000;
const darkSystem = window.matchMedia("(prefers-color-scheme: dark)");

function theme() {
  const chosen = document.documentElement.dataset.theme;
  if (chosen === "light" || chosen === "dark") return chosen;
  return darkSystem.matches ? "dark" : "light";
}

function start(figure) {
  const text = figure.querySelector(".diagram__text");
  const source = text.querySelector("code").textContent;
  const note = figure.querySelector(".diagram__note");
  const frame = document.createElement("iframe");
  let patience = 0;

  frame.className = "diagram__frame";
  frame.title = figure.dataset.title;
  frame.loading = "lazy";
  frame.setAttribute("sandbox", "allow-scripts");
  frame.src = figure.dataset.frame;

  const post = () => {
    // The frame's origin is opaque, so no other target than "*" reaches it.
    frame.contentWindow?.postMessage({ source, theme: theme() }, "*");
  };
  const giveUp = () => {
    window.removeEventListener("message", listen);
    clearTimeout(patience);
    frame.remove();
    text.open = true;
    note.hidden = false;
  };
  const listen = (event) => {
    if (event.source !== frame.contentWindow || event.data?.diagram !== true) return;
    const { state, height } = event.data;
    if (state === "ready") {
      patience = setTimeout(giveUp, GIVE_UP_AFTER_MS);
      post();
    } else if (state === "drawn" && Number.isFinite(height)) {
      clearTimeout(patience);
      frame.height = String(Math.min(Math.max(height, 0), MAX_HEIGHT));
      if (!figure.classList.contains("diagram--drawn")) text.open = false;
      figure.classList.add("diagram--drawn");
    } else if (state === "failed") {
      giveUp();
    }
  };

  window.addEventListener("message", listen);
  darkSystem.addEventListener("change", post);
  new MutationObserver(post).observe(document.documentElement, { attributeFilter: ["data-theme"] });
  // A drawing in dark colours is not readable on paper; its text is.
  window.addEventListener("beforeprint", () => {
    if (theme() === "dark") text.open = true;
  });
  figure.querySelector(".diagram__drawing").append(frame);
}

document.querySelectorAll("[data-diagram]").forEach(start);
