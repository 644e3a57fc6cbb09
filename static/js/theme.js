/*
 * The reader's theme. A classic script in the head: it has to run before the first paint.
 * Nothing stored means that the system decides.
 */
(() => {
  const KEY = "theme";
  const root = document.documentElement;
  root.classList.add("js");

  const stored = () => {
    try {
      return localStorage.getItem(KEY);
    } catch {
      return null; // storage is switched off: the choice holds for this page
    }
  };

  const apply = (theme) => {
    if (theme === "light" || theme === "dark") {
      root.dataset.theme = theme;
    } else {
      delete root.dataset.theme;
    }
    for (const button of document.querySelectorAll("[data-theme-choice]")) {
      const chosen = button.dataset.themeChoice === (root.dataset.theme ?? "system");
      button.setAttribute("aria-pressed", String(chosen));
    }
  };

  const choose = (theme) => {
    try {
      if (theme === "system") {
        localStorage.removeItem(KEY);
      } else {
        localStorage.setItem(KEY, theme);
      }
    } catch {
      // see stored()
    }
    apply(theme);
  };

  apply(stored());
  document.addEventListener("DOMContentLoaded", () => apply(root.dataset.theme));
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-theme-choice]");
    if (button) {
      choose(button.dataset.themeChoice);
    }
  });
  // Another tab of the same site chose.
  window.addEventListener("storage", (event) => {
    if (event.key === KEY) {
      apply(event.newValue);
    }
  });
})();
