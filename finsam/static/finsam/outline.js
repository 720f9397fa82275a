// The outline as something to work in: renaming in place, forms in a dialog, and all changes without a new
// page. Moving is in outline-moving.js. Without script the same is done by plain forms and links.
import { arrange } from "./outline-moving.js";

const dialog = document.getElementById("dialog");
const content = document.getElementById("dialog-content");
const notice = document.getElementById("notice");
const HEADERS = { "X-Requested-With": "outline" };

const root = () => document.getElementById("outline");

function complain(text) {
  const line = Object.assign(document.createElement("p"), { textContent: text });
  notice.replaceChildren(...(text ? [line] : []));
}

// Asks, and shows what is answered: the outline in place of the old one, or a page in the dialog.
export async function send(address, body) {
  let response;
  try {
    response = await fetch(address, { method: body ? "POST" : "GET", body, headers: HEADERS });
  } catch {
    complain("Det gick inte att nå Finsam, så inget är sparat. Försök igen.");
    return false;
  }
  if (response.redirected) { location.reload(); return false; } // signed out meanwhile
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const fresh = page.getElementById("outline");
  if (fresh && body) {
    complain("");
    replace(fresh, response.headers.get("X-Outline-Section"));
    return response.ok;
  }
  const main = page.querySelector("main");
  if (main && !fresh) show(main, address);
  else complain("Det gick inte. Läs in sidan på nytt.");
  return false;
}

// -- the outline ------------------------------------------------------------------------------------

function replace(fresh, key) {
  const place = placeOf(dialog.open ? openedFrom : document.activeElement);
  const opened = root().querySelector(".outline-history")?.open;
  if (dialog.open) { openedFrom = null; dialog.close(); }
  const next = document.importNode(fresh, true);
  const keep = still(next, [...(place?.rows ?? []), `avsnitt-${key}`]);
  root().replaceWith(next);
  ready();
  const history = next.querySelector(".outline-history");
  if (history && opened) history.open = true;
  keep();
  focusIn(next, place, key);
}

// Where somebody was, or beside it when that is gone, without scrolling away; what was done stands in sight.
function focusIn(next, place, key) {
  const row = document.getElementById(`avsnitt-${key}`);
  const again = place && document.getElementById(place.rows[0]);
  const beside = place && !row && place.rows.map((id) => document.getElementById(id)).find(Boolean);
  const alert = next.querySelector("[role=alert]");
  if (again) (again.querySelector(`:scope > .row ${place.what}`) ?? again.querySelector("a")).focus();
  else if (row) row.querySelector("a").focus();
  else if (beside && !alert) beside.querySelector("a").focus({ preventScroll: true });
  else (alert ?? next.querySelector(".undo button") ?? next.querySelector("a"))?.focus();
  row?.querySelector(".row").classList.add("lit");
  next.querySelector(".undo")?.classList.add("fresh");
}

// What keeps the first of these rows that both outlines have at the same height of the window.
function still(next, rows) {
  const id = rows.find((each) => document.getElementById(each) && next.querySelector(`#${CSS.escape(each)}`));
  const height = () => document.getElementById(id).getBoundingClientRect().top;
  const before = id && height();
  return () => { if (id) scrollBy(0, height() - before); };
}

// How to find what had the focus once its row has been replaced, and the rows after and before it.
function placeOf(element) {
  const row = element?.closest?.("li[data-key]");
  if (!row) return null;
  const what = element.matches(".handle") ? ".handle" : element.matches("a.name, input") ? "a.name" : "summary";
  const near = [row.nextElementSibling, row.previousElementSibling, row.parentElement.closest("li")];
  return { rows: [row, ...near].filter(Boolean).map((each) => each.id), what };
}

function ready() {
  for (const each of root().querySelectorAll(".handle, .with-script")) each.hidden = false;
  arrange(root(), send);
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  const button = event.submitter;
  if (!form.matches("#change, .direct, #dialog form")) return;
  event.preventDefault();
  send(button?.getAttribute("formaction") ?? form.action, new FormData(form, button));
});

// -- the dialog ---------------------------------------------------------------------------------------

let openedFrom = null;

function show(main, address) {
  content.replaceChildren(...document.importNode(main, true).childNodes);
  for (const each of content.querySelectorAll(".without-script")) each.remove();
  if (!dialog.open) { openedFrom = document.activeElement; dialog.showModal(); }
  content.dataset.address = address;
  dialog.scrollTop = 0;
  content.querySelector("[aria-invalid=true], [autofocus], select, input:not([type=hidden]), button, a[href]")?.focus();
}

document.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  const link = event.target.closest("a[data-dialog], #dialog a[data-close], button[data-rename]");
  if (!link) {
    closeMenus(event.target);
    return;
  }
  event.preventDefault();
  if (link.matches("button")) rename(link.closest("li[data-key]"));
  else if (link.matches("[data-close]")) dialog.close();
  else send(link.href);
});

document.addEventListener("change", (event) => {
  if (!event.target.matches("#dialog [data-shows-settings]")) return;
  const form = event.target.form;
  const asked = new URLSearchParams({ block: event.target.value, revision: form.elements.revision.value });
  send(`${form.action}?${asked}`).then(() => content.querySelector("[data-shows-settings]")?.focus());
});

dialog.querySelector(".close").addEventListener("click", () => dialog.close());
dialog.addEventListener("close", () => {
  content.replaceChildren();
  const menu = openedFrom?.closest?.("details");
  if (menu) menu.open = false;
  (menu?.querySelector("summary") ?? openedFrom)?.focus();
  openedFrom = null;
});

// -- menus --------------------------------------------------------------------------------------------

function closeMenus(but) {
  for (const menu of root().querySelectorAll(".row-menu[open]")) if (!menu.contains(but)) menu.open = false;
}

document.addEventListener("keydown", (event) => {
  const menu = event.target.closest?.(".row-menu[open]");
  if (event.key === "Escape" && menu) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
  if (event.key === "F2" && event.target.matches("a.name:not(.no-heading)") && root().querySelector("#change")) {
    event.preventDefault();
    rename(event.target.closest("li"));
  }
});

// -- renaming -----------------------------------------------------------------------------------------

// The heading becomes a field: Enter or leaving it saves, Escape puts it back.
function rename(row) {
  closeMenus(null);
  const link = row.querySelector("a.name");
  const field = Object.assign(document.createElement("input"), { value: row.dataset.words, className: "rename" });
  field.setAttribute("aria-label", `Rubrik på avsnittet ${row.dataset.words}`);
  let done = false;
  const end = async (save) => {
    if (done) return;
    done = true;
    const heading = field.value.trim().replace(/\s+/g, " ");
    if (save && heading && heading !== row.dataset.words) {
      const body = new FormData(document.getElementById("change"));
      body.set("heading", heading);
      field.readOnly = true;
      await send(row.dataset.renameTo, body);
      if (!field.isConnected) return;
      done = field.readOnly = false; // not reached: what is typed stays
      return;
    }
    field.replaceWith(link);
    if (!save || document.activeElement === document.body) link.focus();
  };
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter") { event.preventDefault(); end(true); }
    if (event.key === "Escape") { event.preventDefault(); end(false); }
  });
  field.addEventListener("blur", () => end(true));
  link.replaceWith(field);
  field.focus();
  field.select();
}

ready();
