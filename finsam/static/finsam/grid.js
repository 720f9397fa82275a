// The budget as a spreadsheet: moving, choosing a range, copying, pasting, filling, undoing. Typing in a
// cell is in grid-entry.js, keys and mouse in grid-keys.js. Without script the same is done by plain forms.
"use strict";

const grid = {
  active: null, // the id of the cell where one is
  anchor: null, // the id of the cell where a chosen range began
  at: [0, 0], // row and column of the active cell, for when it is gone
  leaving: false,

  get table() { return document.querySelector("#table table"); },
  rows() {
    return [...this.table.querySelectorAll("tbody tr")].map((row) => [...row.cells].filter((cell) => cell.id && cell.matches("td"))).filter((cells) => cells.length);
  },
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
    const wrong = cell.matches(".wrong:not(.saving)") && !extend && entries.of(cell);
    cell.tabIndex = wrong ? -1 : 0;
    if (focus) (wrong || cell).focus({ preventScroll: true });
    this.intoView(cell);
    this.mark();
    entries.arrange();
  },

  // Clear of the sticky head, the first column, and the notices at the foot of the window.
  intoView(cell) {
    const scroll = cell.closest(".scroll");
    const head = this.table.tHead.rows[0].cells[0].getBoundingClientRect(); // which sticks; the head itself does not
    const first = cell.parentElement.querySelector("th").getBoundingClientRect();
    const box = cell.getBoundingClientRect();
    const room = scroll.getBoundingClientRect();
    const bottom = room.top + scroll.clientHeight;
    if (box.left < first.right) scroll.scrollLeft -= first.right - box.left;
    else if (box.right > room.right) scroll.scrollLeft += box.right - room.right;
    if (box.top < head.bottom) scroll.scrollTop -= head.bottom - box.top;
    else if (box.bottom > bottom) scroll.scrollTop += box.bottom - bottom + 4;
    const again = cell.getBoundingClientRect();
    const foot = window.innerHeight - notices.bar.offsetHeight;
    if (again.bottom > foot) window.scrollBy(0, again.bottom - foot + 8);
    else if (again.top < 60 + head.height) window.scrollBy(0, again.top - 60 - head.height);
  },

  move(down, right, extend = false) {
    const { rows, row, column } = this.place(this.cell(this.active));
    if (row < 0) return;
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
    this.at = [other.row, other.column];
    return other.rows.slice(top, bottom + 1).map((cells) => cells.slice(left, right + 1));
  },

  mark() {
    for (const each of this.table.querySelectorAll("td.chosen")) { each.classList.remove("chosen"); each.removeAttribute("aria-selected"); }
    const range = this.range();
    if (range.length < 2 && range[0].length < 2) return;
    for (const each of range.flat()) { each.classList.add("chosen"); each.setAttribute("aria-selected", "true"); }
  },

  chosenKeys() {
    const range = this.range();
    const lines = range.map((cells) => cells[0].dataset.line).filter(Boolean);
    const years = range[0].map((cell) => this.yearOf(cell));
    return { lines: lines.join(","), years: years.join(",") };
  },

  yearOf(cell) {
    const column = cell.cellIndex;
    return [...this.table.querySelectorAll("td[data-year]")].find((each) => each.cellIndex === column)?.dataset.year;
  },

  // After what has been typed before it, so that an undo takes back what one sees.
  post(path, fields) {
    return entries.then(async () => {
      const response = await budget.send(budget.address(path), fields);
      if (!response) return;
      if (budget.changed(response)) { notices.done(); await budget.take(response); return; }
      const html = await response.text();
      if (html.includes("<main") && response.status !== 404) {
        if (!dialog.open) openedFrom = this.active && `#${CSS.escape(this.active)}`;
        show(html, budget.address(path));
      } else refused(html);
    });
  },

  undo() { return this.post("angra/", {}); },
  redo() { return this.post("gor-om/", {}); },
  fill(perCent = "") {
    const { lines, years } = this.chosenKeys();
    if (lines && years.includes(",")) return this.post("fyll/", { lines, years, per_cent: perCent });
    notices.complain("Markera minst två kolumner först: dra med musen, eller håll ned Skift och tryck →.");
    return null;
  },
  clear() {
    for (const cell of this.range().flat()) if (cell.matches(".wrong:not(.saving)")) entries.close(cell);
    const { lines, years } = this.chosenKeys();
    if (lines) this.post("tom/", { lines, years });
  },
  source(cell) {
    const [, row, column] = cell.id.match(/^(.*)-(\d+)$/);
    openDialog(budget.address("varifran/", { rad: row, kolumn: column }));
  },

  paste(text) {
    const range = this.range();
    const cell = range[0][0];
    const one = text.trim();
    if (!entries.editable(cell)) { notices.complain("Summor räknas fram. Ställ dig i en post och klistra in igen."); return; }
    if (/[\t\n]/.test(one)) {
      this.post("klistra-in/", { line: cell.dataset.line, year: cell.dataset.year, text });
    } else if (range.length === 1 && range[0].length === 1) {
      entries.open(cell, one);
      entries.save(cell);
      cell.focus({ preventScroll: true });
    } else if (range.every((cells) => entries.editable(cells[0]))) {
      const filled = range.map((cells) => cells.map(() => one).join("\t")).join("\n");
      this.post("klistra-in/", { line: cell.dataset.line, year: cell.dataset.year, text: filled });
    } else notices.complain("Ett belopp kan klistras in i flera poster på en gång, men inte i summor. Markera bara poster.");
  },
  // With an empty row for each heading in between: pasted back, every amount comes to its own row again.
  copied() {
    const range = this.range();
    const thousand = budget.root.dataset.unit === "tkr";
    const written = (cell) => {
      const amount = cell.dataset.amount;
      if (!amount) return "";
      const exact = thousand ? (Number(amount) / 1000).toFixed(5) : amount;
      return exact.replace(/\.?0+$/, (zeros) => (exact.includes(".") ? "" : zeros)).replace(".", ",");
    };
    const rows = [...this.table.querySelectorAll("tbody tr:not(.section)")];
    const [first, last] = [range[0], range.at(-1)].map((cells) => rows.indexOf(cells[0].parentElement));
    const chosen = new Map(range.map((cells) => [cells[0].parentElement, cells]));
    return rows.slice(first, last + 1).map((row) => (chosen.get(row)?.map(written) ?? range[0].map(() => "")).join("\t")).join("\r\n");
  },
};

// -- after a change ----------------------------------------------------------------------------------

function settled(focus) {
  if (!grid.table) return;
  const rows = grid.rows();
  const near = rows[Math.min(grid.at[0], rows.length - 1)] ?? [];
  const cell = grid.cell(grid.active) ?? near[Math.min(grid.at[1], near.length - 1)];
  if (!cell) return;
  if (!grid.cell(grid.anchor)) grid.anchor = cell.id;
  grid.active = cell.id;
  cell.tabIndex = 0;
  if (focus) cell.focus({ preventScroll: true });
  grid.mark();
}
document.addEventListener("budget-changed", (event) => {
  const { kept, focused, typing, caret } = event.detail;
  settled(Boolean(focused) && !typing);
  if (grid.table) entries.settle(kept, typing, caret);
});
document.addEventListener("grid-focus", () => settled(true));
settled(false);
