// Shows what needs passkeys where the browser has them, and says in Swedish when a key could not be used.
(function () {
  document.addEventListener("allauth.error", (event) => {
    event.preventDefault(); // instead of a line in the console
    const fault = document.getElementById("passkey-fault");
    fault.removeAttribute("role"); // so that it is read out the second time too
    fault.hidden = false;
    requestAnimationFrame(() => fault.setAttribute("role", "alert"));
  });
  const section = document.getElementById("passkey");
  if (section && window.PublicKeyCredential) section.hidden = false;
})();
