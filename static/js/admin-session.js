/* An edit form that is sent after the session has ended would be answered with the login form, and
   what was typed would be gone. So it asks first; who is logged out logs in beside it, in another
   tab, and sends it then. */

const { dataset } = document.currentScript;
const EDIT_FORM = "form[data-edit-form]";
const ALL_TOKENS = "input[name=csrfmiddlewaretoken]";

async function session() {
  try {
    const answer = await fetch(dataset.state, { cache: "no-store", credentials: "same-origin" });
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}

/* Logging in made a new token; forms that were open before need it. */
function renew(token) {
  document.querySelectorAll(ALL_TOKENS).forEach((field) => {
    field.value = token;
  });
}

function say(words, ways) {
  const dialog = document.createElement("dialog");
  dialog.className = "session-dialog";
  const text = document.createElement("p");
  text.textContent = words;
  dialog.append(text, ...ways);
  const close = document.createElement("button");
  close.type = "button";
  close.className = "button button-secondary";
  close.textContent = dataset.back;
  close.addEventListener("click", () => dialog.close());
  dialog.append(close);
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

function askToLogIn() {
  const link = document.createElement("a");
  link.className = "button";
  link.href = dataset.login;
  link.target = "_blank";
  link.textContent = dataset.logIn;
  say(dataset.ended, [link, " "]);
}

/* Sends the form as the button would have: what it says is no part of a form sent by script. */
function send(form, button) {
  const said = document.createElement("input");
  if (button?.name) {
    said.type = "hidden";
    said.name = button.name;
    said.value = button.value;
    form.append(said);
  }
  form.dataset.sessionAsked = "yes";
  form.requestSubmit();
  delete form.dataset.sessionAsked;
  said.remove();
}

async function askFirst(event) {
  const form = event.target;
  if (!form.matches(EDIT_FORM) || form.dataset.sessionAsked) {
    return;
  }
  event.preventDefault();
  event.stopImmediatePropagation();
  const now = await session();
  if (now?.person) {
    renew(now.token);
    send(form, event.submitter);
    return;
  }
  // Wagtail has put its button to "Saving…".
  event.submitter?.setAttribute("data-w-progress-loading-value", "false");
  if (now === null) {
    say(dataset.away, []);
  } else {
    askToLogIn();
  }
}

window.addEventListener("submit", askFirst, { capture: true });
/* Back from the tab with the login form. */
window.addEventListener("focus", async () => {
  const now = document.querySelector(EDIT_FORM) && (await session());
  if (now?.person) {
    renew(now.token);
    document.querySelector("dialog.session-dialog")?.close();
  }
});
