// Moving what stands on the board, or in a list: by its handle, with the pointer or the arrow keys. It is moved
// on the page first, and stored when it is let go; Escape puts it back. A list says with data-holds what it
// holds; what takes a row anywhere over it (a column, a card) says so with data-takes.
"use strict";

const where = document.getElementById("where");
let moved = null; // { row, parent, next, send, busy }

export function arrange(root, send) {
  moved = null;
  for (const handle of root.querySelectorAll(".handle")) {
    const row = handle.closest("[data-kind]");
    handle.addEventListener("keydown", (event) => key(event, row, root, send));
    handle.addEventListener("pointerdown", (event) => drag(event, handle, row, send));
    handle.addEventListener("blur", () => { if (moved?.row === row && !moved.busy) drop(); });
  }
}

const handleOf = (row) => row.querySelector(".handle"); // its own comes before those of what it holds
const ofKind = (list, kind) => [...list.children].filter((each) => each.dataset.kind === kind);

// -- lifting, dropping ----------------------------------------------------------------------------------

function lift(row, send) {
  if (moved?.row === row) return;
  moved = { row, parent: row.parentElement, next: row.nextElementSibling, send };
  row.classList.add("lifted");
}

async function drop() {
  const mine = moved;
  const { row, parent, next, send } = mine;
  row.classList.remove("lifted");
  if (row.parentElement === parent && row.nextElementSibling === next) {
    moved = null;
    where.textContent = `${upper(row.dataset.words)} står kvar.`;
    return;
  }
  const place = new URLSearchParams({ i: row.parentElement.dataset.owner ?? "" });
  if (row.nextElementSibling?.dataset.pk) place.set("fore", row.nextElementSibling.dataset.pk);
  mine.busy = true;
  const said = placeOf(row);
  const done = await send(`${row.dataset.place}?${place}`, new FormData(document.getElementById("change")), row.id);
  if (done) where.textContent = `Flyttat. ${said}`;
  else if (row.isConnected) back(mine); // not reached
  if (moved === mine) moved = null;
}

function back({ row, parent, next }) {
  row.classList.remove("lifted");
  const focused = handleOf(row) === document.activeElement;
  parent.insertBefore(row, next);
  if (focused) handleOf(row).focus({ preventScroll: true });
}

function cancel() {
  const put = moved;
  put.busy = true;
  back(put);
  moved = null;
  where.textContent = `${upper(put.row.dataset.words)} är tillbaka där det stod.`;
}

// Puts the row there; moving an element takes its focus, which is given back.
function put(row, list, before) {
  moved.busy = true;
  const handle = handleOf(row);
  const focused = handle === document.activeElement;
  list.insertBefore(row, before);
  if (focused) handle.focus({ preventScroll: true });
  moved.busy = false;
  tell(row);
}

function placeOf(row) {
  const beside = ofKind(row.parentElement, row.dataset.kind);
  return `${upper(row.dataset.words)}: nummer ${beside.indexOf(row) + 1} av ${beside.length} ${row.parentElement.dataset.where}.`;
}

function tell(row) { where.textContent = placeOf(row); }

function upper(words) { return words[0].toUpperCase() + words.slice(1); }

// Last among those of its kind: a list may end with what is not moved.
function end(list, kind) {
  const last = ofKind(list, kind).at(-1);
  return last ? last.nextElementSibling : list.firstElementChild;
}

// -- the keyboard ---------------------------------------------------------------------------------------

function key(event, row, root, send) {
  const arrow = event.key.startsWith("Arrow") && event.key.slice(5).toLowerCase();
  if (arrow) {
    event.preventDefault();
    const step = stepOf(arrow, row, root);
    if (!step) { tell(row); return; }
    lift(row, send);
    put(row, ...step);
    row.scrollIntoView({ block: "nearest" });
  } else if (event.key === "Enter" || event.key === " ") {
    event.preventDefault();
    if (moved?.row === row) drop();
    else tell(row);
  } else if (event.key === "Escape" && moved?.row === row) {
    event.preventDefault();
    cancel();
  }
}

// The list and the row to stand before. Sideways is to another list, where there are several.
function stepOf(arrow, row, root) {
  const list = row.parentElement;
  const kind = row.dataset.kind;
  const lists = [...root.querySelectorAll(`[data-holds="${kind}"]`)];
  const backwards = arrow === "up" || arrow === "left";
  const sideways = (arrow === "left" || arrow === "right") && lists.length > 1;
  if (sideways) {
    const other = lists[lists.indexOf(list) + (backwards ? -1 : 1)];
    return other && [other, end(other, kind)];
  }
  const beside = ofKind(list, kind);
  const at = beside.indexOf(row);
  if (backwards) return at > 0 && [list, beside[at - 1]];
  return at + 1 < beside.length && [list, beside[at + 1].nextElementSibling];
}

// -- the pointer ----------------------------------------------------------------------------------------

const EDGE = 60; // pixels from the edge of the window where it begins to scroll

function drag(event, handle, row, send) {
  if (event.button) return;
  event.preventDefault();
  handle.focus({ preventScroll: true });
  lift(row, send);
  const move = (at) => follow(at, row);
  const stop = (at) => {
    document.removeEventListener("pointermove", move);
    document.removeEventListener("pointerup", stop);
    document.removeEventListener("pointercancel", stop);
    if (moved?.row !== row) return; // put back with Escape
    if (at.type === "pointerup") drop();
    else cancel();
  };
  // Of the document: a row that is moved on the page loses what its handle has captured.
  document.addEventListener("pointermove", move);
  document.addEventListener("pointerup", stop);
  document.addEventListener("pointercancel", stop);
}

function follow(at, row) {
  if (moved?.row !== row) return;
  if (at.clientY < EDGE + 50) scrollBy(0, -12);
  else if (at.clientY > innerHeight - EDGE) scrollBy(0, 12);
  const kind = row.dataset.kind;
  const under = document.elementFromPoint(at.clientX, at.clientY);
  const target = under?.closest(`[data-kind="${kind}"]`);
  if (target === row) return;
  if (target) beside(at, row, target);
  else {
    const list = under?.closest(`[data-takes~="${kind}"]`)?.querySelector(`[data-holds="${kind}"]`);
    if (list && row.parentElement !== list) put(row, list, end(list, kind));
  }
}

// Columns stand beside each other and change places; in a list the upper half of a row means before it.
function beside(at, row, target) {
  const box = target.getBoundingClientRect();
  const list = target.parentElement;
  const columns = list.dataset.columns !== undefined;
  const rows = ofKind(list, row.dataset.kind);
  const after = columns ? rows.indexOf(row) < rows.indexOf(target) : at.clientY > box.top + box.height / 2;
  const before = after ? target.nextElementSibling : target;
  if (before !== row && row.nextElementSibling !== before) put(row, list, before);
  else if (list !== row.parentElement) put(row, list, before);
}
