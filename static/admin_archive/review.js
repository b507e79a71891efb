// The review desk by keys, and without leaving the page: each form of the story is sent by itself, and the story's part
// of the page is replaced by what comes back. Without this file the same forms work as plain forms.

import { forget, keep, putBack as putTypedBack, sends } from "./typed.js";
import { enter, isIn, move, selected, turn } from "./words.js";

const story = document.getElementById("story");
const said = document.getElementById("said");
const keys = document.getElementById("keys");
const keysOn = document.getElementById("keys-on");
const FRAGMENT = { "X-Story-Fragment": "1" };
const PARAGRAPH = 12; // words that an arrow up or down goes over
let sending = false;
let missed = 0; // keys pressed while an answer was on its way

const cards = () => [...story.querySelectorAll(".card")].filter((card) => !card.closest("details:not([open])"));
const proposals = () => cards().filter((card) => card.matches(".proposal"));
const current = () => story.querySelector(".card.is-current");
const formOf = (card) => (card.matches("form") ? card : card.querySelector("form"));
const spansOf = (card) => JSON.parse(card?.dataset.spans ?? "[]");

// Which quote or topic is meant

function choose(card, { focus = true } = {}) {
  for (const other of cards()) other.classList.toggle("is-current", other === card);
  for (const mark of story.querySelectorAll("mark")) {
    mark.classList.toggle("is-current", Boolean(card) && mark.dataset.keys.split(" ").includes(card.id));
  }
  if (!card) return;
  story.querySelector("mark.is-current")?.scrollIntoView({ block: "nearest" });
  card.scrollIntoView({ block: "nearest" });
  if (focus) card.focus({ preventScroll: true });
}

function step(all, by) {
  const order = cards();
  const at = order.indexOf(current());
  const beyond = all.filter((card) => (order.indexOf(card) - at) * by > 0);
  choose((by > 0 ? beyond[0] : beyond.at(-1)) ?? current() ?? all[0]);
}

// Sending

async function send(form, button) {
  if (sending) return; // a second click while the first is on its way
  sending = true;
  missed = 0;
  story.setAttribute("aria-busy", "true");
  const card = form.closest(".confirmed, .note") ?? ((["note-form", "provenance-form"].includes(form.id) && current()) || form);
  const from = { at: proposals().indexOf(form), id: card.id, form: form.id };
  try {
    const response = await fetch(form.action, {
      method: "POST",
      headers: FRAGMENT,
      body: new FormData(form, button),
    });
    if (!response.ok || response.redirected) throw new Error(String(response.status));
    story.innerHTML = await response.text();
    if (sends(button) && !story.querySelector(".errornote[data-said]")) forget(form);
    putTypedBack(story);
    settle(from);
    tell(story.querySelector("[data-said]")?.textContent ?? "");
  } catch {
    location.assign(location.pathname); // whatever went wrong, signed out or offline, the plain page shows it
  } finally {
    sending = false;
    story.removeAttribute("aria-busy");
  }
}

// What was done is in the story, so its telling is for screen readers; that keys were not counted is for all.
function tell(words) {
  said.textContent = missed ? `${words} Keys not counted, pressed before that was done: ${missed}.` : words;
  said.classList.toggle("visually-hidden", !missed);
}

function miss() {
  missed += 1;
  tell("Wait.");
}

// After each answer: at what was refused, else where the editor was, else at the next that waits, else at the end.
function settle({ at = 0, id = "", form = "" } = {}) {
  for (const button of story.querySelectorAll("#show-keys, #leave-note, [value=split]")) button.hidden = false;
  const all = proposals();
  const same = id && cards().find((card) => card.id === id);
  choose(story.querySelector(".card.is-answering") ?? (same || all[Math.min(Math.max(at, 0), all.length - 1)]));
  if (form === "provenance-form" && story.querySelector("#provenance-form .errorlist")) provenance();
  else if (form.startsWith("add-topic")) topicOf(current());
  else if (!current()) story.querySelector("[data-key=p]")?.focus();
}

// What is done with words selected in the body

function give(card, chosen, alone) {
  const form = formOf(card);
  const apart = ([start, end]) => end <= chosen.span[0] || start >= chosen.span[1];
  const others = alone ? [] : spansOf(card).filter(apart);
  form.elements.spans.value = JSON.stringify([...others, chosen.span].sort((one, other) => one[0] - other[0]));
  send(form, form.querySelector("[value=accept], [value=correct]"));
}

function split(card) {
  formOf(card).elements.at.value = selected().span[0];
  send(formOf(card), card.querySelector("[value=split]"));
}

function mark(chosen) {
  const form = document.getElementById("mark-form");
  form.closest("details").open = true;
  form.elements.spans.value = JSON.stringify([chosen.span]);
  form.elements.words.value = chosen.words;
  form.elements.name.focus();
}

// A note on the words selected in the body, or on the story
function leaveNote() {
  const form = document.getElementById("note-form");
  const chosen = selected();
  form.closest("details").open = true;
  if (chosen) {
    form.elements.spans.value = JSON.stringify([chosen.span]);
    form.elements.words.value = chosen.words;
  }
  form.elements.text.focus();
}

// The date and the source of the story; at the first of them that was refused
function provenance() {
  const form = document.getElementById("provenance-form");
  form.closest("details").open = true;
  (form.querySelector("[aria-invalid]") ?? form.elements.published_at).focus();
}

// Names offered while typing

let asked = 0;
let pause;

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

// Whether the archive has the name that now stands in a field

async function judge(input) {
  const label = input.closest("label")?.querySelector(".known");
  if (!label) return;
  const name = input.value;
  const response = await fetch(story.dataset.standing + encodeURIComponent(name));
  if (!response.ok || input.value !== name) return;
  const { standing, words } = await response.json();
  label.className = `known is-${standing}`;
  label.textContent = words;
}

function putBack(input) {
  if (!input.matches("[name=name], [name=role]") || input.value === input.defaultValue) return;
  input.value = input.defaultValue;
  judge(input);
}

// Keys

const typing = (target) => target.closest("input:not([type=radio], [type=checkbox]), textarea, select");
const press = (key, within = story) => within?.querySelector(`[data-key=${key}]`)?.click();
const spoken = () => (current()?.dataset.spans ? current() : null);

function correct() {
  const card = current();
  for (const details of card?.matches(".confirmed, .note") ? card.querySelectorAll(".more") : []) details.open = true;
  const fields = card && formOf(card).elements;
  (fields?.name ?? fields?.text)?.select();
}

function topicOf(card) {
  const form = card?.closest(".confirmed")?.querySelector(".add-topic") ?? document.getElementById("add-topic");
  const details = form.closest(".more");
  if (details) details.open = true;
  form.elements.topic.focus();
}

const deeds = {
  j: () => step(proposals(), 1),
  k: () => step(proposals(), -1),
  J: () => step(cards(), 1),
  K: () => step(cards(), -1),
  a: () => current()?.matches(".proposal") && press("a", current()),
  d: () => press("d", current()),
  c: correct,
  o: () => press("o", spoken()),
  s: () => spoken() && selected() && split(spoken()),
  m: () => spoken() && selected() && give(spoken(), selected(), false),
  M: () => spoken() && selected() && give(spoken(), selected(), true),
  q: () => selected() && mark(selected()),
  l: leaveNote,
  e: provenance,
  w: () => enter(spansOf(current())),
  t: () => document.getElementById("add-topic").elements.topic.focus(),
  T: () => topicOf(current()),
  r: () => press("r"),
  R: () => press("R"),
  u: () => press("u"),
  p: () => press("p"),
  n: () => press("n"),
  "?": () => keys.showModal(),
};

const inText = {
  ArrowRight: (extend) => move(1, { extend }),
  ArrowLeft: (extend) => move(-1, { extend }),
  ArrowDown: (extend) => move(PARAGRAPH, { extend }),
  ArrowUp: (extend) => move(-PARAGRAPH, { extend }),
  x: turn,
  Escape: () => { getSelection().removeAllRanges(); choose(current()); },
};

document.addEventListener("keydown", (event) => {
  const writing = event.target.closest("#note-form, .note form");
  if (writing && event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    if (!sending) writing.querySelector("[type=submit]").click();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || keys.open) return;
  if (typing(event.target)) {
    if (event.key !== "Escape") return;
    clearTimeout(pause);
    putBack(event.target);
    choose(current());
    return;
  }
  const deed = (isIn(event.target) && inText[event.key]) || deeds[event.key];
  if (!deed || !keysOn.checked) return;
  event.preventDefault();
  if (sending) miss();
  else deed(event.shiftKey);
});

// The mouse, and forms

story.addEventListener("submit", (event) => {
  if ("page" in event.target.dataset) return; // publishing leaves the page
  event.preventDefault();
  if (event.submitter?.value === "split" && selected()) event.target.elements.at.value = selected().span[0];
  send(event.target, event.submitter);
});

story.addEventListener("focusin", (event) => {
  const card = event.target.closest(".card");
  if (card && card !== current()) choose(card, { focus: false });
});

story.addEventListener("click", (event) => {
  if (event.target.closest("#show-keys")) keys.showModal();
  if (event.target.closest("#leave-note")) leaveNote();
  const link = event.target.closest('a[href^="#note-"]');
  if (link) choose(document.getElementById(link.hash.slice(1)));
  const marked = event.target.closest("mark");
  if (!marked || !getSelection().isCollapsed) return;
  const meant = cards().filter((card) => marked.dataset.keys.split(" ").includes(card.id));
  choose(meant.find((card) => !card.matches(".note")) ?? meant[0]);
});

story.addEventListener("input", (event) => {
  if (event.target.name === "words") event.target.form.elements.spans.value = "";
  keep(event.target.form);
  if (!event.target.hasAttribute("list")) return;
  clearTimeout(pause);
  pause = setTimeout(() => { offer(event.target); judge(event.target); }, 150);
});

keysOn.checked = localStorage.getItem("review keys") !== "off";
keysOn.addEventListener("change", () => localStorage.setItem("review keys", keysOn.checked ? "on" : "off"));

putTypedBack(story);
settle();
const linked = location.hash.startsWith("#note-") && document.getElementById(location.hash.slice(1));
if (linked) choose(linked);
