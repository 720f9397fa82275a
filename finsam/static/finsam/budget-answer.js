// Takes in the answer to a change: every element in it replaces the one with the same id. What is being
// typed stays where it is. Used by the grid, the dialogs and the toolbar.
"use strict";

const budget = {
  root: document.getElementById("budget"),
  get number() { return this.root.dataset.number; },

  address(path, parameters = {}) {
    const query = new URLSearchParams(this.root.dataset.query);
    for (const [name, value] of Object.entries(parameters)) query.set(name, value);
    const text = query.toString();
    return this.root.dataset.base + path + (text ? `?${text}` : "");
  },

  token() { return document.querySelector("[name=csrfmiddlewaretoken]").value; },

  say(text) {
    const said = document.getElementById("said");
    said.textContent = "";
    setTimeout(() => { said.textContent = text; }, 50);
  },

  // The response, or null when the server could not be reached or the user is no longer signed in.
  async send(address, fields) {
    const options = { headers: { "X-Requested-With": "grid" } };
    if (fields) {
      const body = fields instanceof FormData ? fields : new URLSearchParams(fields);
      body.set("seen", this.number);
      options.method = "POST";
      options.body = body;
      options.headers["X-CSRFToken"] = this.token();
    }
    try {
      const response = await fetch(address, options);
      const elsewhere = response.redirected && !new URL(response.url).pathname.startsWith(this.root.dataset.base);
      if (elsewhere || response.status === 403) {
        this.warn("Du är inte längre inloggad, eller har inte längre behörighet. Det du skrev står kvar och är inte sparat. Logga in i en ny flik och försök sedan igen.");
        return null;
      }
      if (response.status >= 500) {
        this.warn("Något gick fel hos oss. Det du skrev står kvar och är inte sparat. Försök igen om en stund.");
        return null;
      }
      this.warn("");
      return response;
    } catch {
      this.warn("Ingen kontakt med servern. Det du skrev står kvar och är inte sparat. Försök igen när nätet är tillbaka.");
      return null;
    }
  },

  warn(text) {
    let box = document.getElementById("warning");
    if (!text) { box?.remove(); return; }
    if (!box) {
      box = document.createElement("div");
      box.id = "warning";
      box.className = "message error";
      box.setAttribute("role", "alert");
      this.root.before(box);
    }
    box.textContent = text;
  },

  changed(response) { return response.headers.has("X-Budget-Change"); },

  // An answer to something asked earlier than what is already shown changes nothing.
  async take(response) {
    const number = response.headers.get("X-Budget-Change");
    if (response.status === 204) return;
    const html = await response.text();
    if (Number(number) < Number(this.number)) { await this.refresh(); return; }
    const parsed = document.createElement("template");
    parsed.innerHTML = html;
    const kept = new Map();
    for (const entry of this.root.querySelectorAll("input.entry")) {
      kept.set(entry, entry.closest("td"));
    }
    const focused = document.activeElement?.closest?.("#budget td[id]");
    const typing = document.activeElement?.matches?.("input.entry") ? document.activeElement : null;
    const opened = new Set([...document.querySelectorAll("#remarks details[open]")].map((each) => each.closest("li").dataset.cells));
    const scroll = this.root.querySelector("#table .scroll");
    const at = scroll && [scroll.scrollLeft, scroll.scrollTop];
    for (const part of parsed.content.querySelectorAll("#table, td[id], #summary, #remarks, #notes")) {
      if (part.matches("td") && part.closest("#table")) continue;
      document.getElementById(part.id)?.replaceWith(document.importNode(part, true));
    }
    const again = this.root.querySelector("#table .scroll");
    if (at && again !== scroll && again) [again.scrollLeft, again.scrollTop] = at;
    for (const details of document.querySelectorAll("#remarks details")) {
      details.open = opened.has(details.closest("li").dataset.cells);
    }
    this.root.dataset.number = number;
    document.dispatchEvent(new CustomEvent("budget-changed", { detail: { kept, focused: focused?.id, typing } }));
    charts.later();
  },

  async refresh() {
    const response = await this.send(this.address("andringar/", { seen: this.number }));
    if (response && this.changed(response)) await this.take(response);
  },
};

const charts = {
  box: document.getElementById("charts"),
  timer: 0,
  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.load(), 500);
  },
  async load() {
    if (!this.box) return;
    try {
      const response = await fetch(this.box.dataset.fetch, { headers: { "X-Requested-With": "grid" } });
      if (response.ok && !response.redirected) this.box.innerHTML = await response.text();
    } catch { /* the charts that are there stay */ }
  },
};

charts.load();

// Others' saved changes appear without a reload.
setInterval(() => { if (!document.hidden) budget.refresh(); }, 4000);
document.addEventListener("visibilitychange", () => { if (!document.hidden) budget.refresh(); });

// A finding lights the cells that it rests on.
function light(event, on) {
  const remark = event.target.closest?.("#remarks [data-cells]");
  if (!remark) return;
  for (const id of remark.dataset.cells.split(" ")) document.getElementById(id)?.classList.toggle("lit", on);
}
for (const [type, on] of [["mouseover", true], ["mouseout", false], ["focusin", true], ["focusout", false]]) {
  document.addEventListener(type, (event) => light(event, on));
}
