/*
 * Draws one diagram in a frame without rights: the page posts the source, the frame answers with
 * its height or with an error. A classic script, as the frame's origin is opaque and modules would
 * need permission to cross it.
 */
(() => {
  "use strict";

  const SMALLEST_SCALE = 0.75;
  const drawing = document.getElementById("drawing");
  const answer = (message) => window.parent.postMessage({ diagram: true, ...message }, "*");
  let drawn = 0;

  function configure(theme) {
    document.documentElement.style.colorScheme = theme;
    globalThis.mermaid.initialize({
      startOnLoad: false,
      securityLevel: "strict",
      htmlLabels: false,
      flowchart: { htmlLabels: false, useMaxWidth: true },
      theme: theme === "dark" ? "dark" : "neutral",
      fontFamily: "system-ui, sans-serif",
      maxTextSize: 10000,
      maxEdges: 500,
      suppressErrorRendering: true,
      // What the text of a diagram may not change by a directive of its own.
      secure: ["secure", "securityLevel", "startOnLoad", "maxTextSize", "maxEdges", "htmlLabels",
        "flowchart", "fontFamily", "themeCSS", "suppressErrorRendering"],
    });
  }

  async function draw({ source, theme }) {
    drawn += 1;
    const turn = drawn;
    try {
      configure(theme);
      const { svg } = await globalThis.mermaid.render(`diagram-${turn}`, source);
      if (turn !== drawn) return;
      const parsed = new DOMParser().parseFromString(svg, "text/html").querySelector("svg");
      // On a narrow screen it scrolls rather than shrinks below what can be read.
      parsed.style.minWidth = `${Math.round(parsed.viewBox.baseVal.width * SMALLEST_SCALE)}px`;
      drawing.replaceChildren(parsed);
      drawing.tabIndex = drawing.scrollWidth > drawing.clientWidth ? 0 : -1;
      answer({ state: "drawn", height: Math.ceil(drawing.getBoundingClientRect().height) });
    } catch (error) {
      answer({ state: "failed", reason: String(error?.message ?? error).slice(0, 300) });
    }
  }

  window.addEventListener("message", (event) => {
    // The page that embeds the frame has the address's origin; the frame's own is opaque.
    if (event.source !== window.parent || event.origin !== window.location.origin) return;
    if (typeof event.data?.source === "string") draw(event.data);
  });
  new ResizeObserver(() => {
    const height = Math.ceil(drawing.getBoundingClientRect().height);
    if (height > 0) answer({ state: "drawn", height });
  }).observe(drawing);

  if (globalThis.mermaid) answer({ state: "ready" });
  else answer({ state: "failed", reason: "The drawing library did not load." });
})();
