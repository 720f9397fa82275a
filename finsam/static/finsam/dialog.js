// Opens the plain pages of a line, a column or a figure over the budget, and keeps one where one was.
"use strict";

const dialog = document.getElementById("dialog");
const content = document.getElementById("dialog-content");
let openedFrom = null; // a selector of where one was, or the element itself where it is never replaced

function show(html, address) {
  const page = new DOMParser().parseFromString(html, "text/html");
  content.replaceChildren(...document.importNode(page.querySelector("main"), true).childNodes);
  content.dataset.address = address;
  if (!dialog.open) dialog.showModal();
  dialog.scrollTop = 0;
  const first = content.querySelector("[aria-invalid=true], [autofocus], input:not([type=hidden]), select, textarea:not([hidden]), button, a[href]");
  first?.focus();
}

async function openDialog(address) {
  if (!dialog.open) {
    const active = document.activeElement;
    const cell = active?.closest?.("#table td[id]");
    openedFrom = cell ? `#${CSS.escape(cell.id)}` : placeOf(active) ?? (active === document.body ? null : active);
  }
  const response = await budget.send(address);
  if (!response) return;
  if (response.ok) show(await response.text(), address);
  else { notices.complain("Det finns inte längre. Någon annan kan ha tagit bort det."); budget.refresh(); }
}

dialog.addEventListener("close", () => {
  content.replaceChildren();
  const back = typeof openedFrom === "string" ? document.querySelector(openedFrom) : openedFrom;
  if (back?.isConnected) back.focus();
  else document.dispatchEvent(new CustomEvent("grid-focus"));
});
dialog.querySelector(".close").addEventListener("click", () => dialog.close());
dialog.addEventListener("mousedown", (event) => {
  if (event.target !== dialog) return;
  const box = dialog.getBoundingClientRect();
  const inside = event.clientX >= box.left && event.clientX <= box.right && event.clientY >= box.top && event.clientY <= box.bottom;
  if (!inside) dialog.close();
});

document.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  const link = event.target.closest("a[data-dialog], a[data-close]");
  if (!link) return;
  if (link.matches("[data-dialog]")) {
    event.preventDefault();
    openDialog(link.href);
  } else if (dialog.contains(link)) {
    event.preventDefault();
    const place = link.hash.slice(1);
    if (place) openedFrom = `#${CSS.escape(place)}`;
    dialog.close();
  }
});

const linesShown = () => new Set([...document.querySelectorAll("#table td[data-line]")].map((each) => each.dataset.line));

document.addEventListener("submit", async (event) => {
  const form = event.target.closest("form[data-change]");
  if (!form) return;
  event.preventDefault();
  const button = event.submitter;
  const inside = dialog.contains(form);
  const address = form.getAttribute("action") || content.dataset.address;
  if (button) button.disabled = true;
  const response = await budget.send(address, new FormData(form));
  if (button) button.disabled = false;
  if (!response) { if (inside) notices.complain("Inget svar från servern. Det du skrev står kvar. Försök igen."); return; }
  if (budget.changed(response)) {
    const before = linesShown();
    notices.done();
    await budget.take(response);
    budget.say("Sparat.");
    // On to a line that is new; two at once cannot be told apart.
    const added = [...linesShown()].filter((line) => !before.has(line));
    if (inside && added.length === 1) openedFrom = `#table td[data-line="${added[0]}"]`;
    if (inside) dialog.close();
    return;
  }
  const html = await response.text();
  if (html.includes("<main") && response.status !== 404) show(html, address);
  else refused(html);
});

// Why the server did not do it, in its own words.
function refused(html) {
  const parsed = document.createElement("template");
  parsed.innerHTML = html;
  const message = parsed.content.querySelector(".message, .entry-message");
  if (!message) { notices.complain("Det finns inte längre. Någon annan kan ha tagit bort det."); budget.refresh(); return; }
  message.className = "message error";
  notices.complain(document.importNode(message, true));
}

// A part of a figure is found in the table.
window.addEventListener("hashchange", () => document.getElementById(location.hash.slice(1))?.focus());
