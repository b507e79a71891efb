// What is typed into a form marked `data-keeps` is kept in this browser until it is sent, so that no other deed on the
// page, no closed tab and no lost connection takes it away: it is put back wherever the form is drawn again. A button
// marked `data-apart` sends nothing of it.

const nameOf = (form) => `typed ${location.pathname} ${form.id}`;
const fieldsOf = (form) => [...form.elements].filter((field) => field.matches("textarea, select, [type=text], [name=spans], [name=seen]"));
const isChanged = ({ options, value, defaultValue, type }) => options
  ? [...options].some((option) => option.selected !== option.defaultSelected)
  : type !== "hidden" && value !== defaultValue;
const isTyped = (form) => (form.elements.text ? form.elements.text.value : fieldsOf(form).some(isChanged));
const isFilled = (form) => form.elements.text?.value || form.querySelector(".errorlist"); // by the server, with what it refused

export function keep(form) {
  if (!form?.matches("[data-keeps]")) return;
  const typed = fieldsOf(form).map((field) => [field.name, field.value]);
  if (isTyped(form)) localStorage.setItem(nameOf(form), JSON.stringify(typed));
  else forget(form);
}

export const forget = (form) => localStorage.removeItem(nameOf(form));

export const sends = (button) => !button?.matches("[data-apart]");

export function putBack(within) {
  for (const form of within.querySelectorAll("form[data-keeps]")) {
    const typed = JSON.parse(localStorage.getItem(nameOf(form)) ?? "null");
    if (!typed || isFilled(form)) continue;
    for (const [name, value] of typed) if (form.elements[name]) form.elements[name].value = value;
    const details = (form.elements.text ?? form).closest("details");
    if (details) details.open = true;
  }
}
