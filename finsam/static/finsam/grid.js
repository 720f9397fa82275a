// The budget as a spreadsheet: moving, choosing a range, copying, pasting, filling, undoing. Typing in a
// cell is in grid-entry.js. Without script the same things are done by plain forms.
"use strict";

const grid = {
  active: null, // the id of the cell where one is
  anchor: null, // the id of the cell where a chosen range began
  leaving: false,

  get table() { return document.querySelector("#table table"); },
  rows() { return [...this.table.querySelectorAll("tbody tr")].map((row) => [...row.querySelectorAll("td[id]")]).filter((cells) => cells.length); },
  cell(id) { return id && document.getElementById(id); },

  place(cell) {
    const rows = this.rows();
    const row = rows.findIndex((cells) => cells.includes(cell));
    return { rows, row, column: row < 0 ? -1 : rows[row].indexOf(cell) };
  },

  go(cell, { extend = false, focus = true } = {}) {
    if (!cell) return;
    if (!extend) this.anchor = cell.id;
    this.active = cell.id;
    for (const each of this.table.querySelectorAll("td[tabindex='0']")) each.tabIndex = -1;
    cell.tabIndex = 0;
    if (focus) cell.focus({ preventScroll: true });
    this.intoView(cell);
    this.mark();
  },

  // Clear of the sticky head and first column.
  intoView(cell) {
    const scroll = cell.closest(".scroll");
    const head = this.table.tHead.getBoundingClientRect();
    const first = cell.parentElement.querySelector("th").getBoundingClientRect();
    const box = cell.getBoundingClientRect();
    const room = scroll.getBoundingClientRect();
    if (box.left < first.right) scroll.scrollLeft -= first.right - box.left;
    else if (box.right > room.right) scroll.scrollLeft += box.right - room.right;
    if (box.top < head.bottom) scroll.scrollTop -= head.bottom - box.top;
    else if (box.bottom > room.bottom) scroll.scrollTop += box.bottom - room.bottom + 4;
    const again = cell.getBoundingClientRect();
    if (again.bottom > window.innerHeight) window.scrollBy(0, again.bottom - window.innerHeight + 8);
    else if (again.top < 60) window.scrollBy(0, again.top - 60);
  },

  move(down, right, extend = false) {
    const cell = this.cell(this.active);
    const { rows, row, column } = this.place(cell);
    const next = Math.min(Math.max(row + down, 0), rows.length - 1);
    this.go(rows[next][Math.min(Math.max(column + right, 0), rows[next].length - 1)], { extend });
  },

  // To the next cell as one reads; null past either end.
  step(by) {
    const { rows, row, column } = this.place(this.cell(this.active));
    const wide = rows[row].length;
    const place = row * wide + column + by;
    return rows[Math.floor(place / wide)]?.[((place % wide) + wide) % wide] ?? null;
  },

  range() {
    const one = this.place(this.cell(this.anchor) ?? this.cell(this.active));
    const other = this.place(this.cell(this.active));
    const [top, bottom] = [one.row, other.row].sort((a, b) => a - b);
    const [left, right] = [one.column, other.column].sort((a, b) => a - b);
    return other.rows.slice(top, bottom + 1).map((cells) => cells.slice(left, right + 1));
  },

  mark() {
    for (const each of this.table.querySelectorAll("td.chosen")) { each.classList.remove("chosen"); each.removeAttribute("aria-selected"); }
    const range = this.range();
    const several = range.length > 1 || range[0].length > 1;
    if (several) for (const each of range.flat()) { each.classList.add("chosen"); each.setAttribute("aria-selected", "true"); }
    const fill = document.getElementById("fill-right");
    if (fill) fill.hidden = range[0].length < 2;
  },

  chosenKeys() {
    const range = this.range();
    const lines = range.map((cells) => cells[0].dataset.line).filter(Boolean);
    const years = this.range()[0].map((cell) => this.yearOf(cell));
    return { lines: lines.join(","), years: years.join(",") };
  },

  yearOf(cell) {
    const column = cell.cellIndex;
    return [...this.table.querySelectorAll("td[data-year]")].find((each) => each.cellIndex === column)?.dataset.year;
  },

  async post(path, fields) {
    const response = await budget.send(budget.address(path), fields);
    if (!response) return;
    if (budget.changed(response)) await budget.take(response);
    else {
      const html = await response.text();
      if (html.includes("<main")) show(html, budget.address(path));
      else complain(html, true);
    }
  },

  undo() { return this.post("angra/", {}); },
  redo() { return this.post("gor-om/", {}); },
  fill(perCent = "") {
    const { lines, years } = this.chosenKeys();
    if (lines && years.includes(",")) this.post("fyll/", { lines, years, per_cent: perCent });
  },
  clear() {
    const { lines, years } = this.chosenKeys();
    if (lines) this.post("tom/", { lines, years });
  },
  source(cell) {
    const [, row, column] = cell.id.match(/^(.*)-(\d+)$/);
    openDialog(budget.address("varifran/", { rad: row, kolumn: column }));
  },
  paste(text) {
    const cell = this.range()[0][0];
    if (!entries.editable(cell)) { complain("Markera en cell som går att skriva i och klistra in igen."); return; }
    if (!/[\t\n]/.test(text.trim())) {
      const entry = entries.open(cell, text.trim());
      entry.focus();
      entries.save(cell);
      return;
    }
    this.post("klistra-in/", { line: cell.dataset.line, year: cell.dataset.year, text });
  },
  copied() {
    const thousand = budget.root.dataset.unit === "tkr";
    return this.range().map((cells) => cells.map((cell) => {
      const amount = cell.dataset.amount;
      if (!amount) return "";
      const exact = thousand ? (Number(amount) / 1000).toFixed(5) : amount;
      return exact.replace(/\.?0+$/, (zeros) => (exact.includes(".") ? "" : zeros)).replace(".", ",");
    }).join("\t")).join("\r\n");
  },
};

// -- keys --------------------------------------------------------------------------------------------

const MOVES = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

function typingKey(event, entry) {
  const cell = entry.closest("td");
  const changing = entry.dataset.changing;
  if (event.key === "Escape") {
    event.preventDefault();
    entries.close(cell);
    cell.focus();
  } else if (event.key === "Enter" || event.key === "Tab") {
    event.preventDefault();
    entries.save(cell);
    if (event.key === "Enter") grid.move(event.shiftKey ? -1 : 1, 0);
    else grid.go(grid.step(event.shiftKey ? -1 : 1) ?? cell);
  } else if (MOVES[event.key] && !changing && !event.shiftKey) {
    event.preventDefault();
    entries.save(cell);
    grid.move(...MOVES[event.key]);
  } else if (event.key === "F2") entry.dataset.changing = "yes";
}

function shortcut(event, cell) {
  const key = event.key.toLowerCase();
  if (event.ctrlKey || event.metaKey) {
    if (key === "z" && !event.shiftKey) return () => grid.undo();
    if (key === "y" || key === "z") return () => grid.redo();
    if (key === "r" && grid.range()[0].length > 1) return () => grid.fill();
    if (key === "home") return () => grid.go(grid.rows()[0][0]);
    if (key === "end") return () => { const last = grid.rows().at(-1); grid.go(last.at(-1)); };
    if (key === "a") return () => { const rows = grid.rows(); grid.go(rows[0][0]); grid.go(rows.at(-1).at(-1), { extend: true }); };
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
  const { rows, row } = grid.place(cell);
  if (event.key === "Home") return () => grid.go(rows[row][0], { extend: event.shiftKey });
  if (event.key === "End") return () => grid.go(rows[row].at(-1), { extend: event.shiftKey });
  if (event.key === "PageDown") return () => grid.move(10, 0, event.shiftKey);
  if (event.key === "PageUp") return () => grid.move(-10, 0, event.shiftKey);
  if (event.key === " ") return () => grid.source(cell);
  if (event.key === "Delete" || event.key === "Backspace") return () => grid.clear();
  if (event.key === "Enter") return () => grid.move(event.shiftKey ? -1 : 1, 0);
  if (event.key === "F2") return () => (entries.editable(cell) ? entries.open(cell) : grid.source(cell));
  return null;
}

document.addEventListener("keydown", (event) => {
  const entry = event.target.closest?.("#table input.entry");
  if (entry) { typingKey(event, entry); return; }
  const cell = event.target.closest?.("#table td[id]");
  if (!cell || event.target !== cell || event.isComposing) return;
  if (event.key === "Escape") { grid.leaving = true; grid.go(cell); budget.say("Tabb lämnar nu tabellen."); return; }
  if (event.key === "Tab") {
    const next = grid.leaving ? null : grid.step(event.shiftKey ? -1 : 1);
    if (next) { event.preventDefault(); grid.go(next); }
    return;
  }
  grid.leaving = false;
  const act = shortcut(event, cell);
  if (act) { event.preventDefault(); act(); return; }
  if (MOVES[event.key] && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    grid.move(...MOVES[event.key], event.shiftKey);
  } else if (event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey && entries.editable(cell)) {
    event.preventDefault();
    entries.open(cell, event.key);
  }
});

// Undo and redo work wherever one is on the page, but in a text field.
document.addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.defaultPrevented || event.target.matches?.("input, textarea, select")) return;
  if (document.getElementById("dialog").open) return;
  const key = event.key.toLowerCase();
  if (key === "z" && !event.shiftKey) { event.preventDefault(); grid.undo(); }
  else if (key === "y" || key === "z") { event.preventDefault(); grid.redo(); }
});

// -- mouse, clipboard --------------------------------------------------------------------------------

let dragging = false;
document.addEventListener("mousedown", (event) => {
  const cell = event.target.closest?.("#table td[id]");
  if (!cell || event.button || event.target.closest("a, input, button")) return;
  event.preventDefault();
  for (const entry of document.querySelectorAll("input.entry")) if (entry === document.activeElement) entries.save(entry.closest("td"));
  grid.go(cell, { extend: event.shiftKey });
  dragging = true;
});
document.addEventListener("mouseover", (event) => {
  const cell = dragging && event.target.closest?.("#table td[id]");
  if (cell) grid.go(cell, { extend: true });
});
document.addEventListener("mouseup", () => { dragging = false; });
document.addEventListener("dblclick", (event) => {
  const cell = event.target.closest?.("#table td[id]");
  if (!cell || event.target.closest("input")) return;
  if (entries.editable(cell)) entries.open(cell);
  else grid.source(cell);
});
document.addEventListener("focusin", (event) => {
  const cell = event.target.closest?.("#table td[id]");
  if (cell && event.target === cell && cell.id !== grid.active) grid.go(cell, { focus: false });
});
document.addEventListener("focusout", (event) => {
  if (event.target.matches?.("input.entry") && event.relatedTarget && !event.target.closest("td").contains(event.relatedTarget)) {
    entries.save(event.target.closest("td"));
  }
});
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

document.getElementById("fill-right")?.addEventListener("click", () => {
  content.innerHTML = `<h1 id="dialog-title">Fyll åt höger</h1>
    <form class="fields" id="fill-form"><div class="field"><label for="fill-per-cent">Ökning per kolumn, %</label>
    <input id="fill-per-cent" inputmode="decimal" placeholder="0"><p class="quiet help">Tomt: samma belopp. Ökningen räknas på kolumnen före, i hela kronor.</p></div>
    <p class="actions"><button type="submit" class="primary">Fyll</button></p></form>`;
  document.getElementById("dialog").showModal();
  document.getElementById("fill-per-cent").focus();
});
document.addEventListener("submit", (event) => {
  if (event.target.id !== "fill-form") return;
  event.preventDefault();
  const perCent = document.getElementById("fill-per-cent").value;
  document.getElementById("dialog").close();
  grid.fill(perCent);
});

// -- after a change ----------------------------------------------------------------------------------

function settled(focus) {
  if (!grid.table) return;
  const cell = grid.cell(grid.active) ?? grid.rows()[0]?.[0];
  if (!cell) return;
  if (!grid.cell(grid.anchor)) grid.anchor = cell.id;
  grid.active = cell.id;
  cell.tabIndex = 0;
  if (focus) cell.focus({ preventScroll: true });
  grid.mark();
}
document.addEventListener("budget-changed", (event) => {
  const { kept, focused, typing } = event.detail;
  entries.settle(kept, typing);
  settled(Boolean(focused) && !typing?.isConnected && !document.activeElement?.matches("input.entry"));
});
document.addEventListener("grid-focus", () => settled(true));
settled(false);
