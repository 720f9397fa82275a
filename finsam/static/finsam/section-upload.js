// Sends picture files to the server, one at a time.
"use strict";

export const LARGEST = 20_000_000; // bytes, as the server takes
const PATIENCE = 300_000; // milliseconds without an answer
const NO_CONNECTION = "Ingen förbindelse: bilden kom inte fram. Det du har skrivit står kvar.";
const SIGNED_OUT = "Du är utloggad. Logga in i en annan flik och försök igen. Det du har skrivit står kvar.";

export function uploadOf(form) {
  let request = new XMLHttpRequest();

  // Gives {key} of the picture, or {said} with why not; `lost` when it can be tried again. Tells how much has gone.
  function send(file, tell) {
    request.abort();
    request = new XMLHttpRequest();
    const mine = request;
    const body = new FormData();
    body.set("file", file);
    mine.open("POST", form.dataset.pictures);
    mine.setRequestHeader("X-CSRFToken", form.elements.csrfmiddlewaretoken.value);
    mine.setRequestHeader("Accept", "application/json");
    mine.responseType = "json";
    mine.timeout = PATIENCE;
    return new Promise((resolve) => {
      mine.upload.addEventListener("progress", ({ loaded, total }) => tell(loaded / total));
      mine.addEventListener("load", () => resolve(answerOf(mine)));
      for (const end of ["error", "timeout", "abort"]) mine.addEventListener(end, () => resolve({ said: NO_CONNECTION, lost: true }));
      mine.send(body);
    });
  }

  return { send, stop: () => request.abort() };
}

function answerOf({ status, response }) {
  if (response?.key || response?.said) return response;
  return { said: status >= 500 ? NO_CONNECTION : SIGNED_OUT, lost: true };
}
