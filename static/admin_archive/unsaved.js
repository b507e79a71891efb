// What is typed into a form of the admin survives a closed tab, a lost connection and an ended session: it is kept in
// this browser until it is saved, and offered when the form is opened again. Leaving with unsaved changes asks first.

const form = document.querySelector(".change-form #content-main > form[method=post]");
const PREFIX = "unsaved ";
const key = PREFIX + location.pathname;

// What was on its way when the page was left has arrived where the next page says so.
if (document.querySelector(".messagelist .success")) {
  const sent = Object.keys(localStorage).filter((name) => name.startsWith(PREFIX) && JSON.parse(localStorage[name]).sent);
  for (const name of sent) localStorage.removeItem(name);
}

const kept = (field) => field.name && !["file", "password", "submit", "hidden"].includes(field.type);

function typed() {
  return [...form.elements].filter(kept).map((field) => {
    const value = field.multiple
      ? [...field.selectedOptions].map((option) => [option.value, option.text])
      : ["checkbox", "radio"].includes(field.type) ? field.checked : field.value;
    return [`${field.name}=${field.type === "radio" ? field.value : ""}`, value];
  });
}

function put(values) {
  const known = new Map(values);
  for (const field of [...form.elements].filter(kept)) {
    const value = known.get(`${field.name}=${field.type === "radio" ? field.value : ""}`);
    if (value === undefined) continue;
    if (field.multiple) {
      field.replaceChildren(...value.map(([id, text]) => new Option(text, id, true, true)));
    } else if (["checkbox", "radio"].includes(field.type)) field.checked = value;
    else field.value = value;
    window.django?.jQuery?.(field).trigger("change");
  }
}

function offer({ when, values }) {
  const box = document.createElement("div");
  box.className = "unsaved";
  box.setAttribute("role", "status");
  box.append(`You typed here on ${new Date(when).toLocaleString()} and did not save it. `);
  const button = (label, deed) => {
    const made = Object.assign(document.createElement("button"), { type: "button", className: "button", textContent: label });
    made.addEventListener("click", () => { deed(); box.remove(); });
    box.append(made, " ");
  };
  button("Put it back", () => { put(values); note(); });
  button("Forget it", () => localStorage.removeItem(key));
  form.before(box);
}

let opened;
let leaving = false;
const changed = () => JSON.stringify(typed()) !== opened;

function note() {
  if (!changed()) localStorage.removeItem(key);
  else localStorage.setItem(key, JSON.stringify({ when: Date.now(), values: typed(), sent: false }));
}

function begin() {
  opened = JSON.stringify(typed());
  const before = localStorage[key] && JSON.parse(localStorage[key]);
  const refused = document.querySelector(".errornote"); // then the form has it all
  if (before && !refused && JSON.stringify(before.values) !== opened) offer(before);
  let pause;
  const soon = () => { clearTimeout(pause); pause = setTimeout(note, 300); };
  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
  window.django?.jQuery?.(form).on("change", soon);
  form.addEventListener("submit", () => {
    leaving = true;
    if (changed()) localStorage.setItem(key, JSON.stringify({ when: Date.now(), values: typed(), sent: true }));
  });
  addEventListener("beforeunload", (event) => {
    if (!leaving && changed()) event.preventDefault();
  });
}

if (form) begin();
