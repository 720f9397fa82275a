// Typing in a cell: the entry field, saving, what is wrong with an entry, and two people in the same cell.
"use strict";

// The field of a cell stays until the server has said yes. Its own marks: `waiting`, how many times it is on
// its way; `refused`, the text that was not taken; `unsent`, when nobody was there to take it.
const entries = {
  queue: Promise.resolve(), // saves, and what must come after them, in the order they were made

  editable(cell) { return Boolean(cell?.dataset.line); },
  of(cell) { return cell.querySelector("input.entry"); },
  then(act) {
    this.queue = this.queue.then(act).catch((error) => { setTimeout(() => { throw error; }); });
    return this.queue;
  },

  // `text` is what was typed to open it; undefined: what stands in the cell, to change.
  open(cell, text) {
    let entry = this.of(cell);
    if (!entry) {
      entry = Object.assign(document.createElement("input"), { className: "entry", autocomplete: "off", spellcheck: false, waiting: 0 });
      entry.value = cell.dataset.typed;
      entry.dataset.was = cell.dataset.stored;
      entry.dataset.first = cell.dataset.typed;
      entry.setAttribute("aria-label", this.name(cell));
      cell.classList.add("editing");
      cell.append(entry);
    }
    cell.tabIndex = -1; // the field is the stop now
    entry.readOnly = false; // also when it is on its way: then this is the next text for it
    entry.dataset.changing = text === undefined ? "yes" : "";
    if (text !== undefined) entry.value = text;
    entry.focus({ preventScroll: true });
    if (text === undefined) entry.select();
    else entry.setSelectionRange(text.length, text.length);
    return entry;
  },

  name(cell) {
    const row = cell.parentElement.querySelector("th .name").textContent.trim();
    const head = cell.closest("table").tHead.rows[0].cells[cell.cellIndex];
    return `${row}, ${head.querySelector(".year").textContent} ${head.querySelector(".kind").textContent}`;
  },

  close(cell) {
    this.of(cell)?.remove();
    cell.querySelector(".entry-message")?.remove();
    cell.classList.remove("editing", "wrong", "saving");
    if (cell.id === grid.active) cell.tabIndex = 0;
  },

  save(cell) {
    const entry = this.of(cell);
    if (!entry || entry.readOnly) return;
    const text = entry.value;
    if (!entry.waiting && !entry.force && !entry.unsent) {
      if (text === entry.refused) return;
      if (text === entry.dataset.first) { this.close(cell); return; }
    }
    entry.readOnly = true;
    entry.waiting += 1;
    cell.querySelector(".entry-message")?.remove();
    cell.classList.add("saving");
    this.then(() => this.send(entry, text));
  },

  async send(entry, text) {
    let cell = entry.closest("td");
    if (!entry.isConnected) return; // taken out, and said so, in settle or Escape
    const response = await budget.send(budget.address("belopp/"), { line: cell.dataset.line, year: cell.dataset.year, was: entry.dataset.was, text });
    const html = await response?.text(); // no waiting from here on: what is typed meanwhile belongs to the new cell
    entry.waiting -= 1;
    if (!entry.isConnected) { if (response && budget.changed(response)) budget.apply(response, html); return; }
    cell = entry.closest("td");
    entry.unsent = !response;
    entry.force = false;
    const again = entry.waiting > 0 || !entry.readOnly; // more was typed meanwhile
    if (!again) { cell.classList.remove("saving"); entry.readOnly = false; }
    if (!response) cell.classList.add("wrong");
    else if (!budget.changed(response)) this.explain(entry, text, html);
    else {
      cell.classList.remove("wrong");
      const { id } = cell;
      if (!again) {
        const focused = document.activeElement === entry;
        this.close(cell);
        if (focused) cell.focus({ preventScroll: true });
      }
      budget.apply(response, html);
      if (again && entry.isConnected) {
        const now = document.getElementById(id).dataset;
        Object.assign(entry.dataset, { was: now.stored, first: now.typed });
      }
      notices.done();
      budget.say("Sparat.");
    }
  },

  // The message from the server stands by the cell until the entry is right. The focus stays where the user
  // is by now: what is typed there must not end up here.
  explain(entry, text, html) {
    const cell = entry.closest("td");
    cell.querySelector(".entry-message")?.remove();
    const parsed = document.createElement("template");
    parsed.innerHTML = html;
    const message = parsed.content.querySelector(".entry-message, .message");
    cell.classList.add("wrong");
    entry.setAttribute("aria-invalid", "true");
    entry.refused = text;
    entry.dataset.changing = "";
    if (!message) { notices.complain("Posten eller kolumnen finns inte längre. Det du skrev är inte sparat."); budget.refresh(); return; }
    message.classList.add("entry-message");
    message.id = `message-${cell.id}`;
    entry.setAttribute("aria-describedby", message.id);
    cell.append(message);
    message.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (button) this.choose(message.closest("td"), message, button.dataset);
    });
    if (document.activeElement === cell) entry.focus({ preventScroll: true });
    this.arrange();
  },

  choose(cell, message, { text, choose }) {
    const entry = this.of(cell);
    if (text === undefined && choose !== "mine") {
      this.close(cell);
      budget.refresh();
    } else {
      if (text !== undefined) entry.value = text;
      else { entry.dataset.was = message.dataset.stored; entry.force = true; }
      this.save(cell);
    }
    cell.focus({ preventScroll: true });
  },

  // One message at a time: that of the cell one is in, else the latest. It is never cut off by the table's
  // edge, and never lies over the cell one is in.
  arrange() {
    const messages = [...document.querySelectorAll(".entry-message")];
    if (!messages.length) return;
    const active = grid.cell(grid.active);
    const shown = messages.find((each) => each.parentElement === active) ?? messages.at(-1);
    for (const each of messages) each.hidden = each !== shown;
    shown.style.removeProperty("top");
    shown.style.removeProperty("left");
    if (matchMedia("(max-width: 48rem)").matches) return;
    const box = shown.parentElement.getBoundingClientRect();
    const table = shown.closest(".scroll").getBoundingClientRect();
    shown.hidden = box.bottom < table.top + 32 || box.top > table.bottom || box.right < table.left || box.left > table.right; // scrolled away
    if (shown.hidden) return;
    const own = shown.getBoundingClientRect();
    const here = active.getBoundingClientRect();
    const overlaps = (top) => here.top < top + own.height && here.bottom > top && active !== shown.parentElement;
    const below = box.bottom + 4, above = box.top - own.height - 4;
    const room = (top) => top > 60 && top + own.height < innerHeight - notices.bar.offsetHeight;
    const top = [below, above, here.bottom + 4, here.top - own.height - 4].find((each) => room(each) && !overlaps(each)) ?? Math.max(60, innerHeight - own.height - 8);
    shown.style.top = `${top}px`;
    shown.style.left = `${Math.min(Math.max(box.right - own.width, 8), innerWidth - own.width - 8)}px`;
  },

  // After the table has been replaced: the open fields go into the cells they belong to.
  settle(kept, typing, caret) {
    for (const [entry, old] of kept) {
      if (entry.isConnected) continue;
      const cell = document.querySelector(`#table td[data-line="${old.dataset.line}"][data-year="${old.dataset.year}"]`);
      if (!cell) {
        if (entry.value === entry.dataset.first) continue;
        const box = notices.complain(`Posten eller kolumnen där du skrev ”${entry.value}” har tagits bort av någon annan. Det är inte sparat.`);
        if (entry === typing) box.focus(); // what is typed on goes into no other cell
        continue;
      }
      const message = old.querySelector(".entry-message");
      cell.classList.add("editing", ...["wrong", "saving"].filter((name) => old.classList.contains(name)));
      cell.append(entry, ...(message ? [message] : []));
      if (entry === typing) cell.tabIndex = -1;
    }
    if (typing?.isConnected && document.activeElement !== typing) {
      typing.focus({ preventScroll: true });
      typing.setSelectionRange(...caret);
    }
    this.arrange();
  },
};

document.addEventListener("budget-reachable", () => {
  for (const entry of document.querySelectorAll("input.entry")) if (entry.unsent && entry !== document.activeElement) entries.save(entry.closest("td"));
});
document.addEventListener("focusout", (event) => {
  const entry = event.target;
  if (!entry.matches?.("input.entry")) return;
  setTimeout(() => { // when the focus has come to rest; a window that is left leaves the field open
    const left = entry.isConnected && document.hasFocus() && !entry.closest("td").contains(document.activeElement);
    if (left) entries.save(entry.closest("td"));
  });
});
window.addEventListener("beforeunload", (event) => {
  const unsaved = [...document.querySelectorAll("input.entry")].some((entry) => entry.value !== entry.dataset.first || entry.waiting);
  if (unsaved) event.preventDefault();
});
