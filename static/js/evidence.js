/* Files are sent one after the other with a bar; what was cut off can be sent again. Without this file the form sends one. */
(function () {
  "use strict";
  var form = document.getElementById("attach");
  if (!form || !window.FormData || !window.DOMParser) { return; }
  var input = form.querySelector("input[type=file]"), drop = form.querySelector(".drop"), list = form.querySelector(".queue");
  var waiting = [], busy = false;
  input.multiple = true;
  form.querySelector("[data-hint]").hidden = false;
  form.querySelector(".actions").hidden = true;

  function take(files) {
    Array.prototype.forEach.call(files, function (file) {
      var row = document.createElement("li"), name = document.createElement("bdi"), said = document.createElement("span");
      name.textContent = file.name;
      row.append(name, said); list.append(row);
      if (file.size > Number(input.dataset.maxBytes)) { fail(said, form.dataset.large); return; }
      waiting.push({ file: file, row: row, said: said, pin: form.elements.pin.value });
    });
    input.value = "";
    next();
  }
  function fail(said, words) { said.className = "bad"; said.textContent = words; }

  function next() {
    if (busy || !waiting.length) { return; }
    busy = true;
    send(waiting.shift());
  }
  function send(one) {
    var request = new XMLHttpRequest(), body = new FormData(), bar = document.createElement("progress");
    body.append("csrf_token", form.elements.csrf_token.value);
    body.append("pin", one.pin); body.append("file", one.file);
    bar.max = 100; bar.value = 0; bar.setAttribute("aria-label", form.dataset.sending + ": " + one.file.name);
    one.said.className = ""; one.said.textContent = form.dataset.sending; one.row.append(bar);
    request.upload.addEventListener("progress", function (event) {
      if (event.lengthComputable) { bar.value = 100 * event.loaded / event.total; }
    });
    request.upload.addEventListener("load", function () { bar.removeAttribute("value"); one.said.textContent = form.dataset.checking; });
    function end() { bar.remove(); busy = false; next(); }
    function cut() {
      fail(one.said, form.dataset.broken);
      var again = document.createElement("button");
      again.type = "button"; again.className = "button small"; again.textContent = form.dataset.again;
      again.addEventListener("click", function () { again.remove(); waiting.push(one); next(); });
      one.row.append(again); end();
    }
    request.addEventListener("load", function () {
      var said = {};
      try { said = JSON.parse(request.responseText); } catch (error) { said = {}; }
      if (request.status === 201) { one.said.textContent = said.said; refresh(); }
      else if (request.status >= 500) { cut(); return; }
      else {
        var words = said.error || form.dataset.refused, named = one.file.name + ": ";
        fail(one.said, words.indexOf(named) === 0 ? words.slice(named.length) : words);
      }
      end();
    });
    request.addEventListener("error", cut);
    request.addEventListener("timeout", cut);
    request.open("POST", form.action);
    request.setRequestHeader("Accept", "application/json");
    request.timeout = 300000;
    request.send(body);
  }
  function refresh() {
    fetch(location.pathname).then(function (answer) { return answer.text(); }).then(function (text) {
      var page = new DOMParser().parseFromString(text, "text/html"), fresh = page.getElementById("evidence-list");
      var old = document.getElementById("evidence-list");
      if (fresh && old) {
        fresh.querySelectorAll("[loading]").forEach(function (image) { image.removeAttribute("loading"); });
        old.replaceWith(document.importNode(fresh, true));
      }
    }).catch(function () { /* the list is right again after the next load */ });
  }

  input.addEventListener("change", function () { take(input.files); });
  ["dragenter", "dragover"].forEach(function (kind) {
    drop.addEventListener(kind, function (event) { event.preventDefault(); drop.classList.add("over"); });
  });
  ["dragleave", "drop"].forEach(function (kind) {
    drop.addEventListener(kind, function (event) { event.preventDefault(); drop.classList.remove("over"); });
  });
  drop.addEventListener("drop", function (event) { take(event.dataTransfer.files); });
  window.addEventListener("beforeunload", function (event) {
    if (busy || waiting.length) { event.preventDefault(); event.returnValue = ""; }
  });
})();
