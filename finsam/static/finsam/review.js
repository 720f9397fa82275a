// Opens the box of a comment at its place, and the parts of a figure over the budget. Without it both are
// pages of their own.
const box = document.getElementById("comment-box");

function openBox(link) {
  const old = document.querySelector("[data-opened]");
  if (old && old.querySelector("textarea").value.trim() && old.dataset.opened !== link.dataset.place) {
    old.querySelector("textarea").focus(); // what is being written is not taken away
    return;
  }
  old?.remove();
  const form = box.content.cloneNode(true).querySelector("form");
  form.dataset.opened = link.dataset.place;
  form.elements.plats.value = link.dataset.place;
  form.querySelector("[data-name]").textContent = link.dataset.name;
  const row = link.closest("tr");
  if (row) row.after(rowWith(form, row));
  else link.after(form);
  form.querySelector("[data-cancel]").addEventListener("click", () => {
    (form.closest("tr") ?? form).remove();
    link.focus();
  });
  form.elements.text.focus();
}

function rowWith(form, beside) {
  const row = document.createElement("tr");
  const cell = row.insertCell();
  cell.colSpan = [...beside.cells].reduce((columns, each) => columns + each.colSpan, 0);
  cell.append(form);
  row.dataset.opened = form.dataset.opened;
  return row;
}

// A form is sent once, however many times one presses.
document.addEventListener("submit", (event) => {
  if (!event.target.matches(".comment-box")) return;
  if (event.target.dataset.sent) event.preventDefault();
  event.target.dataset.sent = "sent";
});

// -- figures -----------------------------------------------------------------------------------------

let dialog = null;
let trail = []; // the addresses that were opened one from the other

function madeDialog() {
  dialog = document.createElement("dialog");
  dialog.className = "figure-dialog";
  dialog.setAttribute("aria-labelledby", "figure-title");
  const back = document.createElement("button");
  back.type = "button";
  back.className = "back";
  back.textContent = "← Tillbaka";
  back.addEventListener("click", () => { trail.pop(); open(trail.pop()); });
  const close = document.createElement("button");
  close.type = "button";
  close.className = "close";
  close.setAttribute("aria-label", "Stäng");
  close.textContent = "×";
  close.addEventListener("click", () => dialog.close());
  dialog.append(back, close, document.createElement("div"));
  dialog.addEventListener("close", () => { trail = []; });
  document.body.append(dialog);
  return dialog;
}

async function open(address) {
  let response;
  try {
    response = await fetch(address);
  } catch {
    location.assign(address);
    return;
  }
  const found = response.ok && new DOMParser().parseFromString(await response.text(), "text/html").querySelector(".figure-source");
  if (!found) {
    location.assign(address);
    return;
  }
  trail.push(address);
  dialog ??= madeDialog();
  dialog.querySelector(".back").hidden = trail.length < 2;
  dialog.lastElementChild.replaceChildren(document.importNode(found, true));
  if (!dialog.open) dialog.showModal();
  const heading = dialog.querySelector("h1");
  heading.tabIndex = -1;
  heading.focus();
}

document.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  const link = event.target.closest("a[data-place], a[data-source], a[data-close]");
  if (!link) return;
  if (link.matches("[data-place]") && box) {
    event.preventDefault();
    openBox(link);
  } else if (link.matches("[data-source]")) {
    event.preventDefault();
    open(link.href);
  } else if (dialog?.contains(link)) {
    event.preventDefault();
    dialog.close();
  }
});

// -- the years ---------------------------------------------------------------------------------------

const years = document.querySelector(".version-budget thead tr");
if (years) {
  const table = years.closest("table");
  const scroller = table.parentElement;
  let room = 0; // px after the last year
  const furthest = () => scroller.scrollWidth - scroller.clientWidth - room;
  const restAt = (head) => head.offsetLeft - years.cells[0].offsetWidth; // right beside the names

  // Where all of it is not seen, the plan year comes first and earlier years are to the left.
  const planYear = years.querySelector(".plan-year");
  const start = planYear && !location.hash ? restAt(planYear) : 0;
  const begins = start <= furthest() ? start : 0;

  // So much room after the last year that the columns rest beside the names also furthest to the right.
  const makeRoom = () => {
    const end = furthest();
    const rest = [...years.cells].slice(1).map(restAt).find((each) => each >= end) ?? end;
    room = end > 0 ? rest - end : 0;
    table.style.setProperty("--room", `${room}px`);
  };
  new ResizeObserver(makeRoom).observe(scroller);
  makeRoom();
  if (begins) scroller.scrollLeft = begins;
}
