// A filter chosen by autocomplete takes effect at once; without scripts its button does the same.
"use strict";

window.addEventListener("DOMContentLoaded", () => {
  const $ = django.jQuery;
  for (const form of document.querySelectorAll(".chosen-filter")) {
    form.querySelector("button").hidden = true;
    $(form).find("select").on("change", () => form.submit()); // select2 tells jQuery alone
  }
});
