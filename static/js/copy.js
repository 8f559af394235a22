/* A button that copies the text of a field; on plain HTTP the old way, which Chrome 109 knows too. */
(function () {
  "use strict";
  document.querySelectorAll("[data-copies]").forEach(function (button) {
    var field = document.getElementById(button.dataset.copies), first = button.textContent;
    if (!field) { return; }
    button.hidden = false;
    function done() {
      button.textContent = button.dataset.done;
      setTimeout(function () { button.textContent = first; }, 3000);
    }
    button.addEventListener("click", function () {
      if (navigator.clipboard && window.isSecureContext) { navigator.clipboard.writeText(field.value).then(done, old); } else { old(); }
    });
    function old() { field.select(); if (document.execCommand("copy")) { done(); } }
  });
})();
