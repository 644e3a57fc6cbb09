// The preview of a template while it is filled: the server makes it, as the Preview button would.
// Fields whose condition does not hold are put away. Without this script the buttons do all of it.
const WAIT = 600;
const form = document.querySelector("[data-fill]");
const status = document.querySelector("[data-fill-status]");
let timer;
let asked;

// What is answered to a key now: texts, none when the field is put away or empty.
function given(key) {
  if (document.getElementById(`ask-${key}`)?.hidden) return [];
  return new FormData(form).getAll(key).filter(Boolean);
}

function conditions() {
  for (const part of form.querySelectorAll("[data-only-if]")) {
    const wanted = JSON.parse(part.dataset.onlyIfAnswers);
    const said = given(part.dataset.onlyIf);
    part.hidden = !(wanted.length ? said.some((one) => wanted.includes(one)) : said.length);
  }
}

async function preview() {
  asked?.abort();
  asked = new AbortController();
  const data = new FormData(form);
  data.set("_do", "preview");
  let answer;
  try {
    // A field of the template may be called action, and then stands in place of the address.
    answer = await fetch(form.getAttribute("action"), { method: "POST", body: data, signal: asked.signal, redirect: "error" });
  } catch (error) {
    if (error.name !== "AbortError") status.textContent = status.dataset.offline;
    return;
  }
  if (!answer.ok) {
    status.textContent = status.dataset.offline;
    return;
  }
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const id of ["preview-text", ...[...form.querySelectorAll("[data-computed]")].map((one) => one.id)]) {
    const shown = document.getElementById(id);
    const news = fresh.getElementById(id);
    if (shown && news) shown.replaceChildren(...news.childNodes);
  }
  status.textContent = "";
}

if (form) {
  conditions();
  form.addEventListener("input", () => {
    conditions();
    clearTimeout(timer);
    timer = setTimeout(preview, WAIT);
  });
}
