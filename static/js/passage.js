/*
 * "Report this passage" beside words that a reader has marked in the text: it opens the form below the
 * text with the words filled in. The form stands on the page anyway, and works without this script.
 */

const button = document.querySelector("[data-report-passage]");
const body = document.querySelector(".artifact__body");
const quoteField = document.getElementById("feedback-quote");
const anchorField = document.getElementById("feedback-anchor");
const textField = document.getElementById("feedback-text");

// Until the reader has stopped to mark, in milliseconds.
const WAIT = 250;
// Between words and button, in pixels; below a finger stand the handles of the marking.
const GAP = 8;
const GAP_OF_TOUCH = 32;

let marked = null;
let timer;
// The button itself is pressed: a touch takes the marking away before it clicks.
let isPressing = false;

const elementOf = (node) => (node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement);

const bare = (range) => range.toString().replace(/\s+/g, "");

/*
 * What is marked of the text; null when it begins or goes on elsewhere. Three clicks on the last
 * paragraph mark up to the beginning of what follows the text, which is no word of it.
 */
const rangeInText = (selection) => {
  const range = selection.rangeCount > 0 ? selection.getRangeAt(0) : null;
  if (!range || range.collapsed || !body.contains(range.startContainer)) {
    return null;
  }
  const inside = range.cloneRange();
  if (!body.contains(range.endContainer)) {
    inside.setEnd(body, body.childNodes.length);
  }
  return bare(inside) === bare(range) ? inside : null;
};

// As one line, no longer than the field takes.
const wordsOf = (selection) => {
  const words = selection.toString().replace(/\s+/g, " ").trim();
  const most = quoteField.maxLength;
  return words.length > most ? `${words.slice(0, most - 1).trimEnd()}…` : words;
};

// The heading under which the words begin, as the form offers it; empty for none.
const anchorOf = (node) => {
  const offered = new Set([...(anchorField?.options ?? [])].map((option) => option.value));
  const before = [...body.querySelectorAll(".part[id]")].filter(
    (part) =>
      part.contains(node) ||
      part.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_FOLLOWING,
  );
  return before.findLast((part) => offered.has(part.id))?.id ?? "";
};

const hide = () => {
  marked = null;
  button.hidden = true;
};

const place = (range) => {
  const isCoarse = window.matchMedia("(pointer: coarse)").matches;
  const last = [...range.getClientRects()].findLast((line) => line.width > 0);
  const below = (last ?? range.getBoundingClientRect()).bottom + (isCoarse ? GAP_OF_TOUCH : GAP);
  const lowest = window.innerHeight - button.offsetHeight - GAP;
  const rightmost = document.documentElement.clientWidth - button.offsetWidth - GAP;
  // Without a positioned part around it the browser names the body, but counts from the page.
  const around = button.offsetParent;
  const from = (around && around !== document.body ? around : document.documentElement).getBoundingClientRect();
  button.style.top = `${Math.min(below, lowest) - from.top}px`;
  button.style.left = `${Math.max(GAP, Math.min(last?.left ?? GAP, rightmost)) - from.left}px`;
};

const offer = () => {
  const selection = document.getSelection();
  const range = rangeInText(selection);
  const words = range ? wordsOf(selection) : "";
  if (!words) {
    hide();
    return;
  }
  marked = { words, anchor: anchorOf(range.startContainer) };
  // To who goes on by keyboard, or hears the page read, it comes after the part in which the words end.
  (elementOf(range.endContainer).closest(".part") ?? body).append(button);
  button.hidden = false;
  place(range);
};

const report = () => {
  quoteField.value = marked.words;
  if (anchorField) {
    anchorField.value = marked.anchor;
  }
  hide();
  document.getSelection().removeAllRanges();
  quoteField.closest("details").open = true;
  textField.focus({ preventScroll: true });
  textField.scrollIntoView({ block: "center" });
};

if (button && body && quoteField && textField) {
  document.addEventListener("selectionchange", () => {
    clearTimeout(timer);
    if (!isPressing && document.activeElement !== button) {
      timer = setTimeout(offer, WAIT);
    }
  });
  // Pressed with a mouse it leaves the marking as it is.
  button.addEventListener("mousedown", (event) => event.preventDefault());
  button.addEventListener("pointerdown", () => {
    isPressing = true;
  });
  for (const end of ["pointerup", "pointercancel"]) {
    document.addEventListener(end, () => {
      // The click comes after the end of the press.
      setTimeout(() => {
        isPressing = false;
      }, WAIT);
    });
  }
  button.addEventListener("click", report);
  button.addEventListener("blur", () => {
    if (marked) {
      setTimeout(offer);
    }
  });
  document.addEventListener("keydown", (event) => {
    if (!marked) {
      return;
    }
    if (event.key === "Escape") {
      hide();
    }
    // From words that are marked Tab leads to the button, not to what the browser held the focus on.
    const words = document.getSelection().anchorNode;
    if (event.key === "Tab" && !event.shiftKey && document.activeElement.contains(words)) {
      event.preventDefault();
      button.focus();
    }
  });
  window.addEventListener("resize", () => {
    if (marked) {
      offer();
    }
  });
}
