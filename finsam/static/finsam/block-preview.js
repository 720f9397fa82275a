// Shows a live block as the document will have it while its settings are chosen. On a page of its own the
// settings of another block are fetched too; in the dialog of the outline, outline.js does that.
const PAUSE = 150; // milliseconds that boxes checked one after the other are taken together
let waiting = 0;
let asking = null;

for (const each of document.querySelectorAll(".block-form .without-script")) each.remove();

document.addEventListener("change", (event) => {
  const form = event.target.closest?.("form[data-preview]");
  if (!form) return;
  clearTimeout(waiting);
  asking?.abort();
  if (!event.target.matches("[data-shows-settings]")) waiting = setTimeout(() => show(form), PAUSE);
  else if (!form.closest("dialog")) other(form, event.target.value);
});

// What is asked for, without what only a change needs.
function chosen(form) {
  const values = new URLSearchParams(new FormData(form));
  for (const name of ["csrfmiddlewaretoken", "revision", "settings_of"]) values.delete(name);
  return values;
}

async function show(form) {
  const fresh = await part(`${form.dataset.preview}?${chosen(form)}`, "#block-preview");
  const old = form.querySelector("#block-preview");
  if (!old || fresh === null) return;
  if (!fresh) { tell(old); return; }
  // What is told stands in the same element, so that it is read out when it changes.
  old.querySelector(".notes").replaceChildren(...fresh.querySelector(".notes").childNodes);
  fresh.querySelector(".notes").replaceWith(old.querySelector(".notes"));
  old.replaceWith(fresh);
}

async function other(form, block) {
  const asked = new URLSearchParams({ block, revision: form.elements.revision.value });
  const fresh = await part(`${form.action}?${asked}`, ".block-form");
  if (fresh === null) return;
  if (!fresh) { tell(form.querySelector("#block-preview")); return; }
  for (const each of fresh.querySelectorAll(".without-script")) each.remove();
  form.replaceWith(fresh);
  fresh.querySelector("[data-shows-settings]").focus();
}

// Part of a page; null when something else has been asked for meanwhile, undefined when it was not got.
async function part(address, selector) {
  const mine = new AbortController();
  asking = mine;
  try {
    const response = await fetch(address, { signal: mine.signal });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    if (asking !== mine) return null;
    const found = response.redirected ? null : page.querySelector(selector);
    return found ? document.importNode(found, true) : undefined;
  } catch {
    return mine.signal.aborted ? null : undefined;
  }
}

function tell(preview) {
  const line = document.createElement("p");
  line.textContent = "Det gick inte att hämta visningen. Det du har valt står kvar.";
  preview.querySelector(".notes").replaceChildren(line);
}
