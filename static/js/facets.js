/*
 * Filters that answer at once. The form and all links work without this script; with it, the parts
 * of the new page are put in place of the old ones, and the address, the focus and what was opened
 * stay as a reader expects them.
 */

const PARTS = ["listing-head", "listing-filters", "listing-results"];

const listing = document.querySelector("[data-listing]");
const status = document.querySelector("[data-listing-status]");
let asked = 0;

const address = (form) => {
  const data = new URLSearchParams(new FormData(form));
  for (const [name, value] of [...data]) {
    if (value === "") {
      data.delete(name);
    }
  }
  const text = data.toString();
  return form.getAttribute("action") + (text ? `?${text}` : "");
};

const openGroups = () =>
  new Map([...listing.querySelectorAll("details[id]")].map((group) => [group.id, group.open]));

const put = (page) => {
  const groups = openGroups();
  const focused = document.activeElement?.id;
  for (const id of PARTS) {
    const fresh = page.getElementById(id);
    if (!fresh) {
      return false;
    }
    document.getElementById(id).replaceWith(document.adoptNode(fresh));
  }
  for (const [id, open] of groups) {
    const group = document.getElementById(id);
    if (group) {
      group.open = open;
    }
  }
  document.title = page.title;
  if (focused) {
    document.getElementById(focused)?.focus({ preventScroll: true });
  }
  status.textContent = document.querySelector("[data-listing-count]")?.textContent.trim() ?? "";
  return true;
};

const load = async (url, { push }) => {
  const number = ++asked; // a later choice overtakes an earlier one
  listing.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(url, { headers: { Accept: "text/html" } });
    const text = await answer.text();
    if (number !== asked) {
      return;
    }
    const page = new DOMParser().parseFromString(text, "text/html");
    if (!answer.ok || !put(page)) {
      window.location.assign(url);
      return;
    }
    if (push) {
      history.pushState(null, "", url);
    }
  } catch {
    window.location.assign(url); // the browser shows what is wrong
  } finally {
    if (number === asked) {
      listing.removeAttribute("aria-busy");
    }
  }
};

if (listing && status) {
  listing.addEventListener("change", (event) => {
    const form = event.target.form;
    if (form?.matches("[data-facets]")) {
      load(address(form), { push: true });
    }
  });
  listing.addEventListener("submit", (event) => {
    if (event.target.matches("[data-facets]")) {
      event.preventDefault();
      load(address(event.target), { push: true });
    }
  });
  window.addEventListener("popstate", () => load(window.location.href, { push: false }));
}
