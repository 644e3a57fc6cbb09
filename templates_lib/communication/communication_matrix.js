// Filters the matrix by channel. Without this script the whole matrix is shown.
const CHANNEL_COLUMN = 1;

function start(root) {
  const filter = root.querySelector(".matrix__filter");
  if (!filter) return;
  const select = root.querySelector("select");
  filter.hidden = false;
  select.addEventListener("change", () => {
    for (const row of root.querySelectorAll("tbody tr")) {
      const channel = row.children[CHANNEL_COLUMN].textContent.trim();
      row.hidden = select.value !== "" && channel !== select.value;
    }
  });
}

document.querySelectorAll("[data-matrix]").forEach(start);
