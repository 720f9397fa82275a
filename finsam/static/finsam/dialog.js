// Opens the plain pages of a line, a column or a figure over the budget, and keeps one where one was.
"use strict";

const dialog = document.getElementById("dialog");
const content = document.getElementById("dialog-content");
let openedFrom = null;

function show(html, address) {
  const page = new DOMParser().parseFromString(html, "text/html");
  content.replaceChildren(...document.importNode(page.querySelector("main"), true).childNodes);
  content.dataset.address = address;
  if (!dialog.open) dialog.showModal();
  const first = content.querySelector("[aria-invalid=true], [autofocus], input:not([type=hidden]), select, textarea, button, a[href]");
  first?.focus();
}

async function openDialog(address) {
  if (!dialog.open) openedFrom = document.activeElement?.closest?.("td, th")?.querySelector?.("[id]")?.id || document.activeElement?.closest?.("[id]")?.id;
  const response = await budget.send(address);
  if (response) show(await response.text(), address);
}

dialog.addEventListener("close", () => {
  content.replaceChildren();
  const back = openedFrom && document.getElementById(openedFrom);
  if (back) back.focus();
  else document.dispatchEvent(new CustomEvent("grid-focus"));
});
dialog.querySelector(".close").addEventListener("click", () => dialog.close());
dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });

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
    if (place) openedFrom = place;
    dialog.close();
  }
});

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
  if (!response) { if (inside) complain("Inget svar från servern. Det du skrev står kvar. Försök igen."); return; }
  if (budget.changed(response)) {
    if (inside) dialog.close();
    await budget.take(response);
    budget.say("Sparat.");
    return;
  }
  const html = await response.text();
  if (html.includes("<main")) show(html, address);
  else complain(html, true);
});

// What could not be done, inside the dialog when it is open, else above the table.
function complain(text, isHtml = false) {
  document.querySelectorAll(".complaint").forEach((each) => each.remove());
  const box = document.createElement("div");
  box.className = "complaint";
  if (isHtml) box.innerHTML = text;
  else {
    box.className = "complaint message error";
    box.setAttribute("role", "alert");
    box.textContent = text;
  }
  if (dialog.open) content.prepend(box);
  else {
    document.querySelector(".toolbar").after(box);
    setTimeout(() => box.remove(), 8000);
  }
}

// A part of a figure is found in the table.
window.addEventListener("hashchange", () => document.getElementById(location.hash.slice(1))?.focus());
