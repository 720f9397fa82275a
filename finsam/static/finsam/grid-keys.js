// What keys, mouse and clipboard do in the grid.
"use strict";

const MOVES = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

function typingKey(event, entry) {
  const cell = entry.closest("td");
  if (event.isComposing) return;
  const button = cell.querySelector(".entry-message button");
  if (event.key === "Escape") {
    event.preventDefault();
    entries.close(cell);
    cell.focus();
  } else if (event.key === "Tab" && !event.shiftKey && button && entry.value === entry.refused) {
    event.preventDefault(); // the choices come before the next cell
    button.focus();
  } else if (event.key === "Enter" || event.key === "Tab") {
    event.preventDefault();
    entries.save(cell);
    if (event.key === "Enter") grid.move(event.shiftKey ? -1 : 1, 0);
    else grid.go(grid.step(event.shiftKey ? -1 : 1) ?? cell);
  } else if (MOVES[event.key] && !entry.dataset.changing && !event.shiftKey && !event.ctrlKey) {
    event.preventDefault();
    entries.save(cell);
    grid.move(...MOVES[event.key]);
  } else if (event.key === "F2") entry.dataset.changing = "yes";
}

function shortcut(event, cell) {
  const key = event.key.toLowerCase();
  const rows = () => grid.rows();
  if (event.ctrlKey || event.metaKey) {
    if (key === "r" && !event.shiftKey && grid.range()[0].length > 1) return () => grid.fill();
    if (key === "home") return () => grid.go(rows()[0][0], { extend: event.shiftKey });
    if (key === "end") return () => grid.go(rows().at(-1).at(-1), { extend: event.shiftKey });
    if (key === "a") return () => { const all = rows(); grid.go(all[0][0]); grid.go(all.at(-1).at(-1), { extend: true }); };
    return null;
  }
  if (event.altKey) {
    const line = cell.dataset.line;
    if (key === "enter" && line) return () => openDialog(budget.address(`post/${line}/`));
    if (key === "n") return () => openDialog(budget.address("post/ny/", line ? { efter: line } : {}));
    if (key === "arrowup" && line) return () => grid.post(`post/${line}/flytta/upp/`, {});
    if (key === "arrowdown" && line) return () => grid.post(`post/${line}/flytta/ned/`, {});
    return null;
  }
  if (event.key === "Home") return () => grid.go(cell.parentElement.querySelector("td[id]"), { extend: event.shiftKey });
  if (event.key === "End") return () => grid.go([...cell.parentElement.querySelectorAll("td[id]")].at(-1), { extend: event.shiftKey });
  if (event.key === "PageDown") return () => grid.move(10, 0, event.shiftKey);
  if (event.key === "PageUp") return () => grid.move(-10, 0, event.shiftKey);
  if (event.key === " ") return () => grid.source(cell);
  if (event.key === "Delete" || event.key === "Backspace") return () => grid.clear();
  if (event.key === "Enter") return () => grid.move(event.shiftKey ? -1 : 1, 0);
  if (event.key === "F2") return () => (entries.editable(cell) ? entries.open(cell) : grid.source(cell));
  return null;
}

function cellKey(event, cell) {
  if (event.key === "Escape") { grid.leaving = true; grid.go(cell); budget.say("Tabb lämnar nu tabellen."); return; }
  if (event.key === "Tab") {
    const next = grid.leaving ? null : grid.step(event.shiftKey ? -1 : 1);
    if (next) { event.preventDefault(); grid.go(next); }
    return;
  }
  if (!["Shift", "Control", "Alt", "Meta"].includes(event.key)) grid.leaving = false;
  const act = shortcut(event, cell);
  const bare = !event.ctrlKey && !event.metaKey && !event.altKey;
  if (act) { event.preventDefault(); act(); }
  else if (MOVES[event.key] && bare) { event.preventDefault(); grid.move(...MOVES[event.key], event.shiftKey); }
  else if (event.key.length === 1 && bare || event.getModifierState?.("AltGraph") && event.key.length === 1) {
    event.preventDefault();
    if (entries.editable(cell)) entries.open(cell, event.key);
    else budget.say("Summan räknas fram och går inte att skriva i. Mellanslag visar varifrån den kommer.");
  }
}

document.addEventListener("keydown", (event) => {
  const target = event.target;
  const message = target.closest?.("#table .entry-message");
  if (message) {
    if (event.key === "Escape") entries.of(message.parentElement).focus();
    return;
  }
  const entry = target.closest?.("#table input.entry");
  if (entry) { typingKey(event, entry); return; }
  const undoing = (event.ctrlKey || event.metaKey) && !event.altKey && ["z", "y"].includes(event.key.toLowerCase());
  // Undo and redo work wherever one is on the page, but in a text field or a dialog.
  if (undoing && !dialog.open && !target.matches?.("input, textarea, select")) {
    event.preventDefault();
    if (event.key.toLowerCase() === "z" && !event.shiftKey) grid.undo(); else grid.redo();
    return;
  }
  if (target.matches?.("#table td[id]") && !event.isComposing) cellKey(event, target);
});

// -- mouse and finger --------------------------------------------------------------------------------

let dragging = false;
let tapped = null; // the cell where one was already, when it is touched again
// A field that is on its way takes no keys: what is clicked is its cell.
const cellUnder = (event) => (event.target.closest?.("a, input:not([readonly]), button, .entry-message") ? null : event.target.closest?.("#table td[id]"));

document.addEventListener("mousedown", (event) => {
  const cell = cellUnder(event);
  if (!cell || event.button) return;
  event.preventDefault();
  tapped = cell.id === grid.active && document.activeElement === cell ? cell : null;
  grid.leaving = false;
  grid.go(cell, { extend: event.shiftKey });
  dragging = true;
});
document.addEventListener("mouseover", (event) => {
  const cell = dragging && event.buttons === 1 && event.target.closest?.("#table td[id]");
  if (cell && cell.id !== grid.active) grid.go(cell, { extend: true });
});
document.addEventListener("mouseup", () => { dragging = false; });
document.addEventListener("click", (event) => {
  if (event.pointerType === "touch" && tapped && tapped === cellUnder(event) && entries.editable(tapped)) entries.open(tapped);
});
document.addEventListener("dblclick", (event) => {
  const cell = cellUnder(event);
  if (!cell) return;
  if (entries.editable(cell)) entries.open(cell);
  else grid.source(cell);
});
document.addEventListener("focusin", (event) => {
  const cell = event.target.closest?.("#table td[id]");
  if (cell && event.target === cell && cell.id !== grid.active) grid.go(cell, { focus: false });
});
for (const type of ["scroll", "resize"]) window.addEventListener(type, () => entries.arrange(), { capture: true, passive: true });

// -- clipboard ---------------------------------------------------------------------------------------

document.addEventListener("copy", (event) => {
  if (!document.activeElement?.matches("#table td[id]")) return;
  event.preventDefault();
  event.clipboardData.setData("text/plain", grid.copied());
  budget.say("Kopierat.");
});
document.addEventListener("paste", (event) => {
  if (!document.activeElement?.matches("#table td[id]")) return;
  event.preventDefault();
  grid.paste(event.clipboardData.getData("text/plain"));
});

// -- filling to the right ----------------------------------------------------------------------------

document.getElementById("fill-right")?.addEventListener("click", () => {
  if (grid.range()[0].length < 2 || !grid.chosenKeys().lines) { grid.fill(); return; }
  openedFrom = `#${CSS.escape(grid.active)}`;
  content.replaceChildren(document.importNode(document.getElementById("fill-template").content, true));
  dialog.showModal();
  document.getElementById("fill-per-cent").focus();
});
document.addEventListener("submit", (event) => {
  if (event.target.id !== "fill-form") return;
  event.preventDefault();
  const perCent = document.getElementById("fill-per-cent").value;
  dialog.close();
  grid.fill(perCent);
});
