// The review desk by keys, and without leaving the page: each form of the story is sent by itself, and the story's part
// of the page is replaced by what comes back. Without this file the same forms work as plain forms.

const story = document.getElementById("story");
const keys = document.getElementById("keys");
const keysOn = document.getElementById("keys-on");
const FRAGMENT = { "X-Story-Fragment": "1" };
let sending = false;

const proposals = () => [...story.querySelectorAll("form.proposal")];
const current = () => story.querySelector("form.proposal.is-current");

// Which proposal is meant

function choose(form, { focus = true } = {}) {
  for (const other of proposals()) other.classList.toggle("is-current", other === form);
  for (const mark of story.querySelectorAll("mark")) {
    mark.classList.toggle("is-current", Boolean(form) && mark.dataset.keys.split(" ").includes(form.id));
  }
  if (!form) return;
  story.querySelector("mark.is-current")?.scrollIntoView({ block: "nearest" });
  form.scrollIntoView({ block: "nearest" });
  if (focus) form.focus({ preventScroll: true });
}

function step(by) {
  const all = proposals();
  const at = all.indexOf(current());
  choose(all[Math.min(Math.max(at + by, 0), all.length - 1)]);
}

// Sending

async function send(form, button) {
  if (sending) return; // a second click while the first is on its way
  sending = true;
  story.setAttribute("aria-busy", "true");
  const at = proposals().indexOf(form);
  try {
    const response = await fetch(form.action, {
      method: "POST",
      headers: FRAGMENT,
      body: new FormData(form, button),
    });
    if (!response.ok || response.redirected) throw new Error(String(response.status));
    story.innerHTML = await response.text();
    settle(at);
  } catch {
    location.assign(location.pathname); // whatever went wrong, signed out or offline, the plain page shows it
  } finally {
    sending = false;
    story.removeAttribute("aria-busy");
  }
}

function settle(at = 0) {
  const all = proposals();
  const refused = story.querySelector("form.proposal.is-answering");
  choose(refused ?? all[Math.min(Math.max(at, 0), all.length - 1)]);
  if (!all.length) story.querySelector("[data-key=p]")?.focus();
  story.querySelector("#show-keys").hidden = false;
}

// Words selected in the body, as their place in code points

function placeOf(node, offset) {
  const run = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest("[data-start]");
  if (!run) return null;
  const before = document.createRange();
  before.setStart(run, 0);
  before.setEnd(node, offset);
  return Number(run.dataset.start) + Array.from(before.toString()).length;
}

function selected() {
  const selection = getSelection();
  const body = document.getElementById("story-body");
  if (selection.isCollapsed || !selection.rangeCount) return null;
  const range = selection.getRangeAt(0);
  if (!body.contains(range.startContainer) || !body.contains(range.endContainer)) return null;
  const words = selection.toString();
  const start = placeOf(range.startContainer, range.startOffset);
  const end = placeOf(range.endContainer, range.endOffset);
  if (start === null || end === null) return null;
  const blank = (text) => Array.from(text.match(/^\s*/)[0]).length;
  const span = [start + blank(words), end - blank([...words].reverse().join(""))];
  return span[0] < span[1] ? { words: words.trim(), span } : null;
}

function give(form, chosen, alone) {
  const apart = ([start, end]) => end <= chosen.span[0] || start >= chosen.span[1];
  const others = alone ? [] : JSON.parse(form.dataset.spans).filter(apart);
  form.elements.spans.value = JSON.stringify([...others, chosen.span].sort((one, other) => one[0] - other[0]));
  send(form, form.querySelector("[value=accept]"));
}

function mark(chosen) {
  const form = document.getElementById("mark-form");
  form.closest("details").open = true;
  form.elements.spans.value = JSON.stringify([chosen.span]);
  form.elements.words.value = chosen.words;
  form.elements.name.focus();
}

// Names offered while typing

let asked = 0;

async function offer(input) {
  const list = document.getElementById(input.getAttribute("list"));
  const address = story.dataset[list.id];
  const term = input.value.trim();
  if (term.length < 2) return;
  asked += 1;
  const mine = asked;
  const response = await fetch(address + encodeURIComponent(term));
  if (!response.ok || mine !== asked) return;
  const { results } = await response.json();
  list.replaceChildren(...results.map(({ text }) => Object.assign(document.createElement("option"), { value: text })));
}

// Events

const typing = (target) => target.closest("input:not([type=radio], [type=checkbox]), textarea, select");

const deeds = {
  j: () => step(1),
  k: () => step(-1),
  a: () => current()?.querySelector("[data-key=a]").click(),
  d: () => current()?.querySelector("[data-key=d]").click(),
  c: () => current()?.elements.name?.select(),
  t: () => story.querySelector("[data-focus=t]").focus(),
  u: () => story.querySelector("[data-key=u]")?.click(),
  p: () => story.querySelector("[data-key=p]")?.click(),
  n: () => story.querySelector("[data-key=n]").click(),
  m: () => current()?.dataset.spans && selected() && give(current(), selected(), false),
  M: () => current()?.dataset.spans && selected() && give(current(), selected(), true),
  q: () => selected() && mark(selected()),
  "?": () => keys.showModal(),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || keys.open) return;
  if (typing(event.target)) {
    if (event.key === "Escape") choose(current());
    return;
  }
  const deed = deeds[event.key];
  if (!deed || !keysOn.checked) return;
  event.preventDefault();
  deed();
});

story.addEventListener("submit", (event) => {
  if ("page" in event.target.dataset) return; // publishing leaves the page
  event.preventDefault();
  send(event.target, event.submitter);
});

story.addEventListener("focusin", (event) => {
  const form = event.target.closest("form.proposal");
  if (form && form !== current()) choose(form, { focus: false });
});

story.addEventListener("click", (event) => {
  if (event.target.closest("#show-keys")) keys.showModal();
  const marked = event.target.closest("mark");
  if (!marked || !getSelection().isCollapsed) return;
  choose(proposals().find((form) => marked.dataset.keys.split(" ").includes(form.id)));
});

let pause;
story.addEventListener("input", (event) => {
  if (event.target.name === "words") event.target.form.elements.spans.value = "";
  if (!event.target.hasAttribute("list")) return;
  clearTimeout(pause);
  pause = setTimeout(() => offer(event.target), 150);
});

keysOn.checked = localStorage.getItem("review keys") !== "off";
keysOn.addEventListener("change", () => localStorage.setItem("review keys", keysOn.checked ? "on" : "off"));

settle();
