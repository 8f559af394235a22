/* Hash a chosen PDF in this browser and compare it; without crypto.subtle the form goes to the server. */
(function () {
  "use strict";
  var form = document.querySelector("form[data-hashes]");
  if (!form || !window.crypto || !window.crypto.subtle) { return; }
  var input = form.querySelector("input[type=file]"), verdict = document.getElementById("verdict"), known = {};
  form.dataset.hashes.trim().split(/\s+/).forEach(function (pair) { known[pair.split("=")[0]] = pair.split("=")[1]; });
  function compare(file) {
    file.arrayBuffer().then(function (data) { return window.crypto.subtle.digest("SHA-256", data); }).then(function (hash) {
      var hex = Array.prototype.map.call(new Uint8Array(hash), function (b) { return ("0" + b.toString(16)).slice(-2); }).join("");
      var what = known[hex] || "other", box = document.createElement("div"), text = document.createElement("p");
      box.className = "banner " + (what === "other" ? "error" : "good");
      text.textContent = form.dataset[what]; box.append(text); verdict.replaceChildren(box);
    });
  }
  form.addEventListener("submit", function (event) {
    if (!input.files[0]) { return; }
    event.preventDefault(); event.stopImmediatePropagation(); compare(input.files[0]);
  }, true);
  input.addEventListener("change", function () { if (input.files[0]) { compare(input.files[0]); } });
  form.addEventListener("dragover", function (event) { event.preventDefault(); });
  form.addEventListener("drop", function (event) {
    event.preventDefault();
    if (event.dataTransfer.files[0]) { compare(event.dataTransfer.files[0]); }
  });
})();
