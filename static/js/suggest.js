/*
 * Suggestions below a search box, after the ARIA pattern of an editable combobox with a list.
 * Without this script the form works as it stands. "/" goes to the first box of the page.
 */

const WAIT_MS = 150;
const LEAST_CHARS = 2;
const NOT_A_TEXT_FIELD = /^(button|checkbox|color|file|image|radio|range|reset|submit)$/;

class SuggestBox {
  constructor(form, number) {
    this.form = form;
    this.input = form.querySelector("input[type=search]");
    this.status = form.querySelector("[data-suggest-status]");
    this.options = [];
    this.active = -1;
    this.asked = 0;
    this.list = this.#makeList(`suggestions-${number}`);
    this.#describe();
    this.#listen();
  }

  #makeList(id) {
    const list = document.createElement("ul");
    list.id = id;
    list.className = "suggestions";
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", this.form.dataset.label);
    list.hidden = true;
    this.form.append(list);
    return list;
  }

  #describe() {
    const { input, list } = this;
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-expanded", "false");
    input.setAttribute("aria-controls", list.id);
  }

  #listen() {
    const { input, list } = this;
    let timer;
    input.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(() => this.#ask(), WAIT_MS);
    });
    input.addEventListener("keydown", (event) => this.#key(event));
    input.addEventListener("blur", () => this.#close());
    this.form.addEventListener("submit", () => this.#close());
    // The input keeps the focus while one presses on an option.
    list.addEventListener("pointerdown", (event) => event.preventDefault());
    list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) {
        window.location.assign(option.dataset.url);
      }
    });
  }

  async #ask() {
    const text = this.input.value.trim();
    const number = ++this.asked; // an answer to an older question is dropped
    if (text.length < LEAST_CHARS) {
      this.#close();
      return;
    }
    let suggestions = [];
    try {
      const address = `${this.form.dataset.suggest}?${new URLSearchParams({ q: text })}`;
      const answer = await fetch(address, { headers: { Accept: "application/json" } });
      if (answer.ok) {
        ({ suggestions = [] } = await answer.json());
      }
    } catch {
      // Offline or the server is busy: the search itself will say so.
    }
    if (number === this.asked && document.activeElement === this.input) {
      this.#show(suggestions);
    }
  }

  #show(suggestions) {
    this.options = suggestions.map((suggestion, index) => this.#option(suggestion, index));
    this.list.replaceChildren(...this.options);
    this.#activate(-1);
    this.#expand(this.options.length > 0);
    const { one, many } = this.form.dataset;
    const count = this.options.length;
    this.status.textContent = count === 0 ? "" : count === 1 ? one : many.replace("%n", count);
  }

  #option({ title, url, kind, kind_label: label }, index) {
    const option = document.createElement("li");
    option.id = `${this.list.id}-${index}`;
    option.className = `suggestions__option kind--${kind}`;
    option.dataset.url = url;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    const name = document.createElement("span");
    name.className = "suggestions__title";
    name.textContent = title;
    const sort = document.createElement("span");
    sort.className = `kind kind--${kind}`;
    sort.textContent = label;
    option.append(this.#icon(kind), name, sort);
    return option;
  }

  #icon(name) {
    const space = "http://www.w3.org/2000/svg";
    const icon = document.createElementNS(space, "svg");
    icon.setAttribute("class", "icon");
    icon.setAttribute("aria-hidden", "true");
    const use = document.createElementNS(space, "use");
    use.setAttribute("href", `${this.form.dataset.sprite}#${name}`);
    icon.append(use);
    return icon;
  }

  #expand(open) {
    this.list.hidden = !open;
    this.input.setAttribute("aria-expanded", String(open));
  }

  #close() {
    this.asked += 1;
    this.#activate(-1);
    this.#expand(false);
    this.status.textContent = "";
  }

  #activate(index) {
    this.options[this.active]?.setAttribute("aria-selected", "false");
    this.active = index;
    const option = this.options[index];
    if (option) {
      option.setAttribute("aria-selected", "true");
      option.scrollIntoView({ block: "nearest" });
      this.input.setAttribute("aria-activedescendant", option.id);
    } else {
      this.input.removeAttribute("aria-activedescendant");
    }
  }

  #key(event) {
    const open = !this.list.hidden;
    if (event.isComposing) {
      return;
    }
    if (event.key === "Escape") {
      this.#escape(open);
      event.preventDefault();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (open) {
        this.#move(event.key === "ArrowDown" ? 1 : -1);
      } else {
        this.#ask();
      }
    } else if (event.key === "Enter" && open && this.active >= 0) {
      event.preventDefault();
      window.location.assign(this.options[this.active].dataset.url);
    }
  }

  /* First the list goes, then the text, then the focus. */
  #escape(open) {
    if (open) {
      this.#close();
    } else if (this.input.value) {
      this.input.value = "";
    } else {
      this.input.blur();
    }
  }

  /* One stop beyond the last option is the text itself. */
  #move(step) {
    const stops = this.options.length + 1;
    this.#activate(((this.active + 1 + step + stops) % stops) - 1);
  }
}

const boxes = [...document.querySelectorAll("form[data-suggest]")].map(
  (form, number) => new SuggestBox(form, number),
);

const isTyping = (element) =>
  element?.isContentEditable ||
  /^(TEXTAREA|SELECT)$/.test(element?.tagName ?? "") ||
  (element?.tagName === "INPUT" && !NOT_A_TEXT_FIELD.test(element.type));

document.addEventListener("keydown", (event) => {
  const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
  if (event.key === "/" && plain && boxes.length > 0 && !isTyping(document.activeElement)) {
    event.preventDefault();
    boxes[0].input.focus();
    boxes[0].input.select();
  }
});
