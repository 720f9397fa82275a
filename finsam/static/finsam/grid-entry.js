// Typing in a cell: the entry field, saving, what is wrong with an entry, and two people in the same cell.
"use strict";

const entries = {
  queue: Promise.resolve(),

  editable(cell) { return Boolean(cell?.dataset.line); },
  of(cell) { return cell.querySelector("input.entry"); },

  // `text` is what was typed to open it; undefined: what stands in the cell, to change.
  open(cell, text) {
    let entry = this.of(cell);
    if (entry) { entry.focus(); return entry; }
    entry = document.createElement("input");
    entry.className = "entry";
    entry.autocomplete = "off";
    entry.spellcheck = false;
    entry.value = text ?? cell.dataset.typed;
    entry.dataset.was = cell.dataset.stored;
    entry.dataset.first = cell.dataset.typed;
    entry.dataset.changing = text === undefined ? "yes" : "";
    const row = cell.parentElement.querySelector("th").firstChild.textContent.trim();
    const head = cell.closest("table").tHead.rows[0].cells[cell.cellIndex];
    entry.setAttribute("aria-label", `${row}, ${head.querySelector(".year").textContent} ${head.querySelector(".kind").textContent}`);
    cell.classList.add("editing");
    cell.append(entry);
    entry.focus();
    if (text === undefined) entry.select();
    return entry;
  },

  close(cell) {
    const entry = this.of(cell);
    if (!entry) return;
    cell.querySelector(".entry-message")?.remove();
    entry.remove();
    cell.classList.remove("editing", "wrong", "saving");
  },

  // Saves in the order things were typed; the field stays until the server has said yes.
  save(cell) {
    const entry = this.of(cell);
    if (!entry || entry.readOnly) return;
    const wrong = cell.classList.contains("wrong");
    if (entry.value === entry.dataset.first && !wrong && !entry.dataset.force) { this.close(cell); return; }
    entry.readOnly = true;
    cell.classList.add("saving");
    this.queue = this.queue.then(() => this.send(entry));
  },

  async send(entry) {
    let cell = entry.closest("td");
    if (!cell) return;
    const response = await budget.send(budget.address("belopp/"), {
      line: cell.dataset.line, year: cell.dataset.year, was: entry.dataset.was, text: entry.value,
    });
    cell = entry.closest("td");
    entry.readOnly = false;
    cell.classList.remove("saving");
    if (!response) { cell.classList.add("wrong"); entry.setAttribute("aria-invalid", "true"); return; }
    if (budget.changed(response)) {
      const typing = document.activeElement === entry;
      this.close(cell);
      if (typing) cell.focus();
      await budget.take(response);
      budget.say("Sparat.");
      return;
    }
    this.explain(entry, await response.text());
  },

  // The message from the server stands by the cell until the entry is right.
  explain(entry, html) {
    const cell = entry.closest("td");
    cell.querySelector(".entry-message")?.remove();
    cell.classList.add("wrong");
    entry.setAttribute("aria-invalid", "true");
    const parsed = document.createElement("template");
    parsed.innerHTML = html;
    const message = parsed.content.querySelector(".entry-message, .message");
    message.classList.add("entry-message");
    message.id = `message-${cell.id}`;
    entry.setAttribute("aria-describedby", message.id);
    cell.append(message);
    message.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (!button) return;
      if (button.dataset.text !== undefined) {
        entry.value = button.dataset.text;
      } else if (button.dataset.choose === "mine") {
        entry.dataset.was = message.dataset.stored;
        entry.dataset.force = "yes";
      } else {
        this.close(cell);
        budget.refresh();
        cell.focus();
        return;
      }
      message.remove();
      this.save(cell);
    });
    entry.focus();
  },

  // After the table has been replaced: the open fields go into the cells they belong to.
  settle(kept, typing) {
    for (const [entry, old] of kept) {
      if (!entry.isConnected) {
        const cell = document.querySelector(`#table td[data-line="${old.dataset.line}"][data-year="${old.dataset.year}"]`);
        if (!cell) {
          budget.warn(`Posten eller kolumnen där du skrev ”${entry.value}” har tagits bort av någon annan. Det är inte sparat.`);
          continue;
        }
        const message = old.querySelector(".entry-message");
        cell.classList.add("editing", ...["wrong", "saving"].filter((name) => old.classList.contains(name)));
        cell.append(entry, ...(message ? [message] : []));
      }
    }
    if (typing?.isConnected) typing.focus();
  },
};

window.addEventListener("beforeunload", (event) => {
  if (document.querySelector("input.entry")) event.preventDefault();
});
