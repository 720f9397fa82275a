// Takes in the answer to a change: every element in it replaces the one with the same id. What is being
// typed stays where it is. Used by the grid, the dialogs and the toolbar.
"use strict";

const NO_ACCESS = "Du är inte längre inloggad, eller har inte längre behörighet. Det du skrev står kvar och sparas när du har loggat in igen.";
const BROKEN = "Något gick fel hos oss. Det du skrev står kvar och är inte sparat. Vi försöker igen.";
const UNREACHABLE = "Ingen kontakt med servern. Det du skrev står kvar och sparas när kontakten är tillbaka.";
const LONGEST_WAIT = 30000; // ms

const budget = {
  root: document.getElementById("budget"),
  get number() { return this.root.dataset.number; },

  address(path, parameters = {}) {
    const query = new URLSearchParams(this.root.dataset.query);
    for (const [name, value] of Object.entries(parameters)) query.set(name, value);
    const text = query.toString();
    return this.root.dataset.base + path + (text ? `?${text}` : "");
  },

  // The cookie's is new after signing in again in another tab; the page's own is not.
  token() {
    return document.cookie.match(/(?:^|; )(?:__Host-)?csrftoken=([^;]+)/)?.[1] ?? document.querySelector("[name=csrfmiddlewaretoken]").value;
  },

  say(text) {
    const said = document.getElementById("said");
    said.textContent = "";
    setTimeout(() => { said.textContent = text; }, 50);
  },

  // The response, or null when the server could not be reached or the user is no longer signed in.
  async send(address, fields) {
    const options = { headers: { "X-Requested-With": "grid" }, signal: AbortSignal.timeout(LONGEST_WAIT) };
    if (fields) {
      const body = fields instanceof FormData ? fields : new URLSearchParams(fields);
      body.set("seen", this.number);
      body.set("around", this.root.dataset.around);
      options.method = "POST";
      options.body = body;
      options.headers["X-CSRFToken"] = this.token();
    }
    try {
      const response = await fetch(address, options);
      const elsewhere = response.redirected && !new URL(response.url).pathname.startsWith(this.root.dataset.base);
      if (elsewhere || response.status === 403) { notices.warn(NO_ACCESS, "Logga in i en ny flik"); return null; }
      if (response.status >= 500) { notices.warn(BROKEN); return null; }
      if (notices.warn("")) setTimeout(() => document.dispatchEvent(new CustomEvent("budget-reachable")));
      return response;
    } catch {
      notices.warn(UNREACHABLE);
      return null;
    }
  },

  changed(response) { return response.headers.has("X-Budget-Change"); },

  async take(response) {
    if (response.status !== 204) this.apply(response, await response.text());
  },

  // All at once: nothing can be typed while it is being done. An answer to something asked earlier than what
  // is already shown changes nothing.
  apply(response, html) {
    const number = response.headers.get("X-Budget-Change");
    if (Number(number) < Number(this.number)) { this.refresh(); return; }
    const parsed = document.createElement("template");
    parsed.innerHTML = html;
    const kept = new Map();
    for (const entry of this.root.querySelectorAll("input.entry")) kept.set(entry, entry.closest("td"));
    const active = document.activeElement;
    const focused = active?.closest?.("#budget td[id]")?.id;
    const typing = active?.matches?.("input.entry") ? active : null;
    const caret = typing && [typing.selectionStart, typing.selectionEnd];
    const again = focused ? null : placeOf(active);
    const opened = new Set([...document.querySelectorAll("#remarks details[open]")].map((each) => each.closest("li").dataset.cells));
    const scroll = this.root.querySelector("#table .scroll");
    const at = scroll && [scroll.scrollLeft, scroll.scrollTop];
    for (const part of parsed.content.querySelectorAll("#table, td[id], #summary, #remarks, #notes")) {
      if (part.matches("td") && part.closest("#table")) continue;
      document.getElementById(part.id)?.replaceWith(document.importNode(part, true));
    }
    const fresh = this.root.querySelector("#table .scroll");
    if (at && fresh && fresh !== scroll) [fresh.scrollLeft, fresh.scrollTop] = at;
    for (const details of document.querySelectorAll("#remarks details")) {
      details.open = opened.has(details.closest("li").dataset.cells);
    }
    this.root.dataset.number = number;
    this.root.dataset.around = response.headers.get("X-Budget-Around");
    document.dispatchEvent(new CustomEvent("budget-changed", { detail: { kept, focused, typing, caret } }));
    if (again && !active.isConnected) document.querySelector(again)?.focus({ preventScroll: true });
    charts.later();
  },

  refreshing: false,
  async refresh() {
    if (this.refreshing) return;
    this.refreshing = true;
    try {
      const response = await this.send(this.address("andringar/", { seen: this.number, around: this.root.dataset.around }));
      if (response && this.changed(response)) await this.take(response);
    } finally { this.refreshing = false; }
  },
};

// How to find a link or a summary again once the part that holds it has been replaced.
function placeOf(element) {
  const part = element?.closest?.("#table, #remarks, #notes, #summary");
  if (!part || !element.matches("a[href], summary")) return null;
  if (element.matches("a")) return `#${part.id} a[href="${CSS.escape(element.getAttribute("href"))}"]`;
  return `#remarks [data-cells="${CSS.escape(element.closest("li").dataset.cells)}"] summary`;
}

// What stands at the foot of the window until it is over or closed: nothing in the page moves for it.
const notices = {
  bar: document.getElementById("notices"),

  // A state that lasts; an empty text ends it. True when there was one to end.
  warn(text, link = "") {
    let box = document.getElementById("warning");
    if (!text) { box?.remove(); return Boolean(box); }
    if (box?.dataset.text === text) return false;
    box?.remove();
    box = this.box(text);
    box.id = "warning";
    box.dataset.text = text;
    if (link) {
      const anchor = Object.assign(document.createElement("a"), { href: location.href, target: "_blank", textContent: link });
      box.append(anchor);
    }
    this.bar.append(box);
    return false;
  },

  // Something that could not be done: said once, until it is closed.
  complain(content) {
    document.querySelectorAll(".complaint").forEach((each) => each.remove());
    const box = typeof content === "string" ? this.box(content) : content;
    box.classList.add("complaint");
    if (dialog.open) { document.getElementById("dialog-content").prepend(box); return box; }
    const close = Object.assign(document.createElement("button"), { type: "button", textContent: "Stäng" });
    close.addEventListener("click", () => { box.remove(); document.dispatchEvent(new CustomEvent("grid-focus")); });
    box.append(close);
    box.tabIndex = -1;
    this.bar.append(box);
    return box;
  },

  done() { this.bar.querySelectorAll(".complaint").forEach((each) => each.remove()); },

  box(text) {
    const box = Object.assign(document.createElement("div"), { className: "message error" });
    box.setAttribute("role", "alert");
    box.append(Object.assign(document.createElement("p"), { textContent: text }));
    return box;
  },
};
notices.bar.addEventListener("keydown", (event) => {
  if (event.key === "Escape") event.target.closest(".complaint")?.querySelector("button").click();
});

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
window.addEventListener("online", () => budget.refresh());

// A finding lights the cells that it rests on.
function light(event, on) {
  const remark = event.target.closest?.("#remarks [data-cells]");
  if (!remark) return;
  for (const id of remark.dataset.cells.split(" ")) document.getElementById(id)?.classList.toggle("lit", on);
}
for (const [type, on] of [["mouseover", true], ["mouseout", false], ["focusin", true], ["focusout", false]]) {
  document.addEventListener(type, (event) => light(event, on));
}
