// Names for what the stock admin leaves nameless, for those who hear a page: the parts of a date, the cells of a table
// of rows, the fields of an autocomplete, and the heads of columns that hold none.
"use strict";

const tidy = (text) => text.replace(/[:*\s]+$/, "").trim();

function nameOf(control) {
  const label = control.id && document.querySelector(`label[for="${CSS.escape(control.id)}"]`);
  if (label) return tidy(label.textContent);
  const cell = control.closest("td[class*='field-']");
  const kind = cell && [...cell.classList].find((name) => name.startsWith("field-"));
  const head = kind && cell.closest("table").querySelector(`th.${CSS.escape(kind.replace("field-", "column-"))}`);
  return tidy(head?.textContent ?? "");
}

function giveNames(root) {
  for (const control of root.querySelectorAll("td[class*='field-'] :is(input:not([type=hidden]), select, textarea)")) {
    if (!control.labels?.length && !control.hasAttribute("aria-label")) control.setAttribute("aria-label", nameOf(control));
  }
  for (const box of root.querySelectorAll("td.delete input:not([type=hidden], [aria-label])")) {
    box.setAttribute("aria-label", tidy(`Remove ${box.closest("tr").querySelector("td.original p")?.firstChild?.textContent ?? ""}`));
  }
  for (const moment of root.querySelectorAll("p.datetime")) {
    const of = tidy(moment.closest(".form-row, td")?.querySelector("legend, label")?.textContent ?? "");
    for (const [kind, said] of [[".vDateField", "date"], [".vTimeField", "time"]]) {
      moment.querySelector(kind)?.setAttribute("aria-label", of ? `${of}: ${said}` : said);
    }
  }
  for (const select of root.querySelectorAll("select.select2-hidden-accessible")) {
    const said = select.getAttribute("aria-label") || nameOf(select) || "Choose";
    const shown = select.nextElementSibling;
    for (const part of shown?.querySelectorAll("[role=combobox], [role=textbox], [role=searchbox]") ?? []) {
      part.removeAttribute("aria-labelledby");
      part.setAttribute("aria-label", [said, select.multiple ? "" : select.selectedOptions[0]?.text].filter(Boolean).join(": "));
    }
  }
  for (const head of root.querySelectorAll("th:empty")) {
    const said = document.createElement("span");
    said.className = "visually-hidden";
    said.textContent = head.classList.contains("original") ? "Row" : "Remove";
    head.append(said);
  }
}

function start() {
  giveNames(document);
  document.addEventListener("formset:added", (event) => setTimeout(() => giveNames(event.target)));
  document.addEventListener("change", (event) => event.target.matches("select") && giveNames(event.target.parentElement));
  window.django?.jQuery?.(document).on("select2:open", () => {
    document.querySelector(".select2-container--open .select2-search__field")?.setAttribute("aria-label", "Search");
  });
}

const ready = window.django?.jQuery ?? ((then) => then());
ready(start); // jQuery's turn comes after the autocompletes are made
