// Shows one question at a time. The answers so far stand in the address after "#", so that a walk
// can be shared. Without this script the whole tree is on the page, joined by links.
const SEPARATOR = "~";

function start(root) {
  const data = JSON.parse(root.querySelector("script[type='application/json']").textContent);
  const prefix = root.dataset.prefix;
  const sections = new Map([...root.querySelectorAll("[data-key]")].map((s) => [s.dataset.key, s]));
  const questions = new Map(data.questions.map((question) => [question.key, question]));
  let given = fromAddress();

  const trail = document.createElement("ol");
  trail.className = "tree__trail";
  root.prepend(trail);
  const controls = document.createElement("p");
  controls.className = "button-row no-print";
  controls.append(button(root.dataset.back, back), button(root.dataset.again, again));
  root.append(controls);
  root.classList.add("tree--walking");
  for (const question of data.questions) if (question.input === "number") addNumber(question);

  function button(label, act) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "button";
    made.textContent = label;
    made.addEventListener("click", act);
    return made;
  }

  function addNumber(question) {
    const section = sections.get(question.key);
    const form = document.createElement("form");
    form.className = "tree__number";
    const input = document.createElement("input");
    input.className = "field__input";
    input.type = "number";
    input.step = "any";
    input.required = true;
    input.setAttribute("aria-label", section.querySelector("h3").textContent);
    const next = document.createElement("button");
    next.className = "button button--primary";
    next.textContent = root.dataset.next;
    form.append(input, next);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      answer(question.key, input.value);
    });
    section.querySelector(".tree__answers").before(form);
  }

  function choose(question, said) {
    if (question.input !== "number") return question.answers.find((one) => one.label === said);
    const number = Number(said);
    if (said === "" || !Number.isFinite(number)) return undefined;
    const reached = question.answers.filter((one) => one.at_least !== null && one.at_least <= number);
    if (!reached.length) return question.answers.find((one) => one.at_least === null);
    return reached.reduce((best, one) => (one.at_least > best.at_least ? one : best));
  }

  function walk() {
    const path = [];
    let key = data.questions[0].key;
    for (const said of given) {
      const question = questions.get(key);
      const picked = question && choose(question, said);
      if (!picked) break;
      path.push({ key, said, label: picked.label });
      key = picked.leads_to;
    }
    given = path.map((step) => step.said);
    return { path, key };
  }

  function fromAddress() {
    const [name, ...rest] = decodeURIComponent(location.hash.slice(1)).split(SEPARATOR);
    return name === prefix ? rest : [];
  }

  function toAddress() {
    const hash = "#" + encodeURIComponent([prefix, ...given].join(SEPARATOR));
    history.pushState(null, "", hash);
  }

  function answer(key, said) {
    given.push(said);
    toAddress();
    show(true);
  }

  function back() {
    given.pop();
    toAddress();
    show(true);
  }

  function again() {
    given = [];
    toAddress();
    show(true);
  }

  function show(focus) {
    const { path, key } = walk();
    for (const [name, section] of sections) section.hidden = name !== key;
    trail.replaceChildren(
      ...path.map((step) => {
        const line = document.createElement("li");
        line.textContent = `${sections.get(step.key).querySelector("h3").textContent} ${step.said}`;
        return line;
      }),
    );
    controls.hidden = path.length === 0;
    if (focus) sections.get(key)?.focus();
  }

  root.addEventListener("click", (event) => {
    const link = event.target.closest("[data-answer]");
    if (!link) return;
    const key = link.closest("[data-key]").dataset.key;
    if (questions.get(key).input === "number") return;
    event.preventDefault();
    answer(key, link.dataset.answer);
  });
  addEventListener("popstate", () => {
    given = fromAddress();
    show(true);
  });
  show(false);
}

document.querySelectorAll("[data-tree]").forEach(start);
