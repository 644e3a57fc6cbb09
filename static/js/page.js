/* What every page may gain from a script: menus that close, links to headings, the place in the text. */

/* Menus of the header: one at a time, gone on Escape and on a click elsewhere. */
const menus = [...document.querySelectorAll("details.menu")];

const closeMenus = (except) => {
  for (const menu of menus) {
    if (menu !== except) {
      menu.open = false;
    }
  }
};

document.addEventListener("click", (event) => {
  closeMenus(event.target.closest("details.menu"));
});

document.addEventListener("focusin", (event) => {
  closeMenus(event.target.closest("details.menu"));
});

document.addEventListener("keydown", (event) => {
  const open = menus.find((menu) => menu.open);
  if (event.key === "Escape" && open) {
    open.open = false;
    open.querySelector("summary").focus();
  }
});

/*
 * The shelves scroll sideways on a phone. The one the reader is in and the one with the focus are
 * shown whole; browsers leave those as they are that can be seen in part.
 */
const shelves = document.querySelector(".site-nav__list");

const showShelf = (link) => link?.scrollIntoView({ block: "nearest", inline: "nearest" });

showShelf(shelves?.querySelector("[aria-current]"));
shelves?.addEventListener("focusin", (event) => showShelf(event.target));

/*
 * Folds. Where the style shows their content without the handle they are opened in earnest too, so
 * that assistive technology is told the same as the eye.
 */
const hasHandle = (fold) => getComputedStyle(fold.querySelector("summary")).display !== "none";

const setFolds = () => {
  for (const fold of document.querySelectorAll("details.fold")) {
    fold.open = !hasHandle(fold);
  }
};

setFolds();
for (const width of ["64rem", "80rem"]) {
  window.matchMedia(`(min-width: ${width})`).addEventListener("change", setFolds);
}

/* A link to each heading of the text. The words come from the article, which knows the language. */
const article = document.querySelector("[data-heading-links]");

const headingLink = (anchor, heading) => {
  const link = document.createElement("a");
  link.className = "heading-link";
  link.href = `#${anchor}`;
  link.setAttribute("aria-label", `${article.dataset.headingLinks}: ${heading.textContent.trim()}`);
  const space = "http://www.w3.org/2000/svg";
  const icon = document.createElementNS(space, "svg");
  icon.setAttribute("class", "icon");
  icon.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(space, "use");
  use.setAttribute("href", `${article.dataset.sprite}#link`);
  icon.append(use);
  link.append(icon);
  return link;
};

const parts = article ? [...article.querySelectorAll(".part[id]")] : [];
for (const part of parts) {
  const heading = part.querySelector(":scope > :is(h2, h3, h4):first-child");
  if (heading) {
    heading.append(headingLink(part.id, heading));
  }
}

/* "On this page" marks the part that is being read. */
const contents = document.querySelector("[data-contents]");
const entries = new Map(
  [...(contents?.querySelectorAll("a[href^='#']") ?? [])].map((link) => [
    decodeURIComponent(link.hash.slice(1)),
    link,
  ]),
);

const markPlace = () => {
  const line = window.innerHeight * 0.3;
  let current = null;
  for (const [anchor, link] of entries) {
    const top = document.getElementById(anchor)?.getBoundingClientRect().top;
    if (top !== undefined && top <= line) {
      current = link;
    }
  }
  for (const link of entries.values()) {
    if (link === current) {
      link.setAttribute("aria-current", "true");
    } else {
      link.removeAttribute("aria-current");
    }
  }
};

if (entries.size > 0) {
  let waiting = false;
  const soon = () => {
    if (!waiting) {
      waiting = true;
      requestAnimationFrame(() => {
        waiting = false;
        markPlace();
      });
    }
  };
  document.addEventListener("scroll", soon, { passive: true });
  window.addEventListener("resize", soon);
  markPlace();
  // On a phone the contents close behind the reader who has chosen.
  contents.addEventListener("click", (event) => {
    const fold = contents.querySelector("details");
    if (event.target.closest("a") && hasHandle(fold)) {
      fold.open = false;
    }
  });
}

/*
 * Runs are kept on the device for one person (js/run-offline.js): they go with the logout, and when
 * somebody else or nobody is logged in. The page that lists them is the same for all.
 */
const forgetRuns = async (except) => {
  if (!("caches" in window)) {
    return;
  }
  for (const name of await caches.keys()) {
    if (name.startsWith("run-pages:") && name !== except) {
      await caches.delete(name);
    }
  }
};

if (!document.querySelector("[data-runs-kept]")) {
  const person = document.querySelector("[data-account]")?.dataset.account;
  forgetRuns(person && `run-pages:${person}`);
}
document.querySelector("[data-log-out]")?.addEventListener("submit", () => forgetRuns());

/*
 * A form is sent once. Who clicks twice, or again because the answer takes its time, would start two
 * runs. What was changed meanwhile, or is sent later (a file in another format), goes its way.
 */
const SENT_ONCE_MS = 10_000;
const sent = new WeakMap();

const said = (form, submitter) =>
  JSON.stringify(
    [...new FormData(form, submitter)].map(([name, value]) =>
      value instanceof File ? [name, value.name, value.size, value.lastModified] : [name, value],
    ),
  );

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") {
    return;
  }
  const words = said(form, event.submitter);
  const before = sent.get(form);
  if (before && before.words === words && event.timeStamp - before.at < SENT_ONCE_MS) {
    event.preventDefault();
  } else {
    sent.set(form, { words, at: event.timeStamp });
  }
});

// Who comes back to the page by the history may send it again.
window.addEventListener("pageshow", (event) => {
  if (event.persisted) {
    document.querySelectorAll("form").forEach((form) => sent.delete(form));
  }
});
