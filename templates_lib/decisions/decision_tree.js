// Shows one question at a time. The answers so far stand in the address after "#", so that a walk
// can be shared and the browser's own way back works. The tree is read from the page itself.
const SEPARATOR = "~";

function pack(words) {
  return encodeURIComponent(words).replaceAll("~", "%7E");
}

function unpack(words) {
  try {
    return decodeURIComponent(words);
  } catch {
    return "";
  }
}

function start(root) {
  const name = root.dataset.tree;
  const parts = [...root.querySelectorAll("[data-key]")];
  const byKey = new Map(parts.map((part) => [part.dataset.key, part]));
  const trail = root.querySelector(".tree__trail");
  const tools = root.querySelector(".tree__tools").content.firstElementChild.cloneNode(true);
  const [back, again, whole] = ["back", "again", "whole"].map((act) =>
    tools.querySelector(`[data-act=${act}]`),
  );
  let given = fromAddress();

  for (const part of parts) {
    titleOf(part).tabIndex = -1;
    if (part.dataset.input === "number") askNumber(part);
  }
  root.append(tools);
  root.classList.add("tree--walking");

  function titleOf(part) {
    return part.querySelector(".tree__title");
  }

  function askNumber(part) {
    const form = part.querySelector(".tree__ask").content.firstElementChild.cloneNode(true);
    const input = form.querySelector("input");
    const error = form.querySelector(".field__error");
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (pick(part, input.value)) {
        error.textContent = "";
        input.removeAttribute("aria-invalid");
        answer(input.value);
      } else {
        error.textContent = error.dataset.message;
        input.setAttribute("aria-invalid", "true");
        input.focus();
      }
    });
    part.querySelector(".tree__answers").before(form);
  }

  // The answer that these words or this number pick; undefined when it is none.
  function pick(part, said) {
    const ways = [...part.querySelectorAll(".tree__answer")];
    if (part.dataset.input !== "number") return ways.find((way) => way.dataset.label === said);
    const number = Number(said);
    if (said.trim() === "" || !Number.isFinite(number)) return undefined;
    const from = (way) => ("atLeast" in way.dataset ? Number(way.dataset.atLeast) : -Infinity);
    return ways
      .filter((way) => from(way) <= number)
      .reduce((best, way) => (!best || from(way) > from(best) ? way : best), undefined);
  }

  // The steps that can be followed; what comes after a word that is no answer is forgotten.
  function walk() {
    const path = [];
    let part = parts[0];
    for (const said of given) {
      const way = part?.dataset.input && pick(part, said);
      if (!way || path.length >= parts.length) break;
      path.push({ part, said, way });
      part = byKey.get(way.dataset.leadsTo);
    }
    given = path.map((step) => step.said);
    return { path, part };
  }

  function fromAddress() {
    const [first, ...rest] = location.hash.slice(1).split(SEPARATOR);
    return unpack(first) === name ? rest.map(unpack) : [];
  }

  function go(words) {
    given = words;
    history.pushState(null, "", "#" + [name, ...given].map(pack).join(SEPARATOR));
    show(true);
  }

  function answer(said) {
    go([...given, said]);
  }

  function line(step) {
    const made = document.createElement("li");
    const said = document.createElement("strong");
    const number = step.part.dataset.input === "number";
    said.textContent = number ? `${step.said} (${step.way.dataset.label})` : step.said;
    made.append(`${titleOf(step.part).textContent} `, said);
    return made;
  }

  function show(focus) {
    const { path, part } = walk();
    for (const one of parts) one.hidden = one !== part;
    trail.replaceChildren(...path.map(line));
    trail.hidden = path.length === 0;
    back.hidden = again.hidden = path.length === 0;
    for (const input of root.querySelectorAll(".tree__number input")) input.value = "";
    if (focus && part) titleOf(part).focus();
  }

  root.addEventListener("click", (event) => {
    const way = event.target.closest(".tree__answer");
    if (!way || !root.classList.contains("tree--walking")) return;
    event.preventDefault();
    answer(way.dataset.label);
  });
  back.addEventListener("click", () => go(given.slice(0, -1)));
  again.addEventListener("click", () => go([]));
  whole.addEventListener("click", () => {
    const walking = root.classList.toggle("tree--walking");
    whole.setAttribute("aria-pressed", String(!walking));
    if (walking) show(false);
    else {
      for (const one of parts) one.hidden = false;
      trail.hidden = back.hidden = again.hidden = true;
    }
  });
  addEventListener("popstate", () => {
    if (!root.classList.contains("tree--walking")) return;
    given = fromAddress();
    show(given.length > 0);
  });
  show(given.length > 0);
}

document.querySelectorAll("[data-tree]").forEach(start);
