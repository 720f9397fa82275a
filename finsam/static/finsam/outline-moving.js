// Moving a section in the outline: by its handle, with the pointer or the arrow keys. It is moved on the page
// first, and stored when it is let go; Escape puts it back.

const where = document.getElementById("where");
let moved = null; // { row, parent, next, address, send }

export function arrange(root, send) {
  moved = null;
  for (const handle of root.querySelectorAll(".handle")) {
    const row = handle.closest("li");
    handle.addEventListener("keydown", (event) => key(event, row, send));
    handle.addEventListener("pointerdown", (event) => drag(event, handle, row, send));
    handle.addEventListener("blur", () => { if (moved?.row === row && !moved.busy) drop(); });
  }
}

// -- lifting, dropping ----------------------------------------------------------------------------------

function lift(row, send) {
  if (moved?.row === row) return;
  moved = { row, parent: row.parentElement, next: row.nextElementSibling, send };
  row.classList.add("lifted");
}

async function drop() {
  const { row, parent, next, send } = moved;
  const stays = row.parentElement === parent && row.nextElementSibling === next;
  row.classList.remove("lifted");
  if (stays) { moved = null; where.textContent = `${row.dataset.words} står kvar.`; return; }
  const body = new FormData(document.getElementById("change"));
  body.set("fore", row.nextElementSibling?.dataset.key ?? "");
  body.set("under", row.parentElement.closest("li")?.dataset.key ?? "");
  const mine = moved;
  mine.busy = true;
  const done = await send(row.dataset.place, body);
  if (done) where.textContent = `${row.dataset.words} är flyttat.`;
  else if (row.isConnected) back(mine); // not reached
  if (moved === mine) moved = null;
}

function back({ row, parent, next }) {
  row.classList.remove("lifted");
  const focused = row.querySelector(":scope > .row .handle") === document.activeElement;
  parent.insertBefore(row, next);
  if (focused) row.querySelector(".handle").focus({ preventScroll: true });
}

function cancel() {
  const put = moved;
  put.busy = true;
  back(put);
  moved = null;
  where.textContent = `${put.row.dataset.words} är tillbaka där det stod.`;
}

// Puts the row there; moving an element takes its focus, which is given back.
function put(row, list, before) {
  moved.busy = true;
  const handle = row.querySelector(":scope > .row .handle");
  const focused = handle === document.activeElement;
  list.insertBefore(row, before);
  if (focused) handle.focus({ preventScroll: true });
  moved.busy = false;
  tell(row);
}

function tell(row) {
  const beside = [...row.parentElement.children];
  const above = row.parentElement.closest("li");
  where.textContent = `${row.dataset.words}: nummer ${beside.indexOf(row) + 1} av ${beside.length}` +
    (above ? ` under ${above.dataset.words}.` : " i planen.");
}

// -- the keyboard ---------------------------------------------------------------------------------------

function key(event, row, send) {
  const list = row.parentElement;
  const before = row.previousElementSibling;
  const above = list.closest("li");
  const steps = {
    ArrowUp: before && (() => put(row, list, before)),
    ArrowDown: row.nextElementSibling && (() => put(row, list, row.nextElementSibling.nextElementSibling)),
    ArrowRight: before && !row.dataset.appendix && (() => put(row, listOf(before), null)),
    ArrowLeft: above && (() => put(row, above.parentElement, above.nextElementSibling)),
  };
  if (event.key in steps) {
    event.preventDefault();
    if (!steps[event.key]) { tell(row); return; }
    lift(row, send);
    steps[event.key]();
    row.scrollIntoView({ block: "nearest" });
  } else if (moved?.row === row && (event.key === "Enter" || event.key === " ")) {
    event.preventDefault();
    drop();
  } else if (moved?.row === row && event.key === "Escape") {
    event.preventDefault();
    cancel();
  } else if (event.key === "Enter" || event.key === " ") {
    event.preventDefault();
    tell(row);
  }
}

function listOf(row) { return row.querySelector(":scope > .level"); }

// -- the pointer ----------------------------------------------------------------------------------------

const EDGE = 60; // pixels from the edge of the window where it begins to scroll
const DEEPEST = 6;

function drag(event, handle, row, send) {
  if (event.button) return;
  event.preventDefault();
  handle.focus({ preventScroll: true });
  lift(row, send);
  const from = { x: event.clientX, level: levelOf(row), indent: indentation(row) };
  const move = (at) => follow(at, row, from);
  const end = (at) => {
    document.removeEventListener("pointermove", move);
    document.removeEventListener("pointerup", end);
    document.removeEventListener("pointercancel", end);
    if (moved?.row !== row) return; // put back with Escape
    if (at.type === "pointerup") drop();
    else cancel();
  };
  // Of the document: a row that is moved on the page loses what its handle has captured.
  document.addEventListener("pointermove", move);
  document.addEventListener("pointerup", end);
  document.addEventListener("pointercancel", end);
}

// Up and down say between which rows it goes. The level is that where the drag began, one deeper or less deep
// for each indentation to the side: straight down keeps it.
function follow(at, row, from) {
  if (moved?.row !== row) return;
  if (at.clientY < EDGE + 50) scrollBy(0, -12);
  else if (at.clientY > innerHeight - EDGE) scrollBy(0, 12);
  const level = Math.max(1, from.level + Math.round((at.clientX - from.x) / from.indent));
  const place = placeAt(at.clientY, row, row.dataset.appendix ? 1 : level);
  if (!place || (place.list === row.parentElement && place.before === row.nextElementSibling)) return;
  put(row, place.list, place.before);
}

// The list, and the row there to stand before, at that height of the window and as near that level as can be;
// null where the row cannot be.
function placeAt(height, row, level) {
  const others = [...row.closest(".outline-tree").querySelectorAll("li[data-key]")].filter((each) => !row.contains(each));
  const next = others.find((each) => middle(each.querySelector(".row")) > height) ?? null;
  if (next && levelOf(next) > level) { // within a section of that level: beside it
    const beside = lineage(next).at(-level);
    return { list: beside.parentElement, before: height < middle(beside) ? beside : after(beside, row) };
  }
  const above = others[(next ? others.indexOf(next) : others.length) - 1];
  if (!above) return { list: next?.parentElement ?? row.parentElement, before: next };
  const over = lineage(above);
  const inside = Math.min(level - 1, over.length, DEEPEST - heightOf(row));
  if (inside === over.length) return { list: listOf(above), before: after(null, row, listOf(above)) };
  const beside = over.at(-inside - 1);
  if (next && levelOf(next) > inside + 1) return null; // too deep already for all that lies under it
  return { list: beside.parentElement, before: after(beside, row) };
}

function after(beside, row, list = beside.parentElement) {
  const next = beside ? beside.nextElementSibling : list.firstElementChild;
  return next === row ? row.nextElementSibling : next;
}

function middle(element) {
  const box = element.getBoundingClientRect();
  return box.top + box.height / 2;
}

// The row and those above it, the outermost last.
function lineage(row) {
  const found = [];
  for (let each = row; each; each = each.parentElement.closest("li")) found.push(each);
  return found;
}

function levelOf(row) { return lineage(row).length; }

function heightOf(row) { return 1 + Math.max(0, ...[...listOf(row).children].map(heightOf)); }

function indentation(row) {
  const inner = row.closest(".outline-tree").querySelector(".level .level");
  return parseFloat(getComputedStyle(inner).paddingLeft);
}
