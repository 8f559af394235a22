/* Behaviour of every page: confirm what cannot be undone, send once, keep what was typed, focus the summary. */
(function () {
  "use strict";
  var summary = document.querySelector("[data-focus]");
  if (summary) { summary.focus(); }

  function confirmFirst(form, by) {
    if (form.dataset.confirmed || !window.HTMLDialogElement) { return true; }
    var dialog = document.createElement("dialog");
    var text = document.createElement("p");
    text.textContent = (by && by.dataset.confirm) || form.dataset.confirm;
    var row = document.createElement("p");
    row.className = "actions";
    var pressed = by || form.querySelector("button:not([type=button])");
    var yes = document.createElement("button");
    yes.className = "button primary"; yes.type = "button"; yes.textContent = pressed ? pressed.textContent : "";
    var no = document.createElement("button");
    no.className = "button"; no.type = "button"; no.textContent = "Đóng";
    row.append(yes, no); dialog.append(text, row); document.body.append(dialog);
    dialog.setAttribute("aria-label", yes.textContent);
    yes.addEventListener("click", function () { form.dataset.confirmed = "1"; dialog.close(); form.requestSubmit(by || null); });
    no.addEventListener("click", function () { dialog.close(); });
    dialog.addEventListener("close", function () { dialog.remove(); });
    dialog.showModal();
    return false;
  }

  function tooBig(form) {
    var wrong = false;
    form.querySelectorAll("input[type=file][data-max-bytes]").forEach(function (input) {
      var file = input.files[0];
      if (!file || file.size <= Number(input.dataset.maxBytes)) { return; }
      wrong = true;
      input.setCustomValidity("Tệp này lớn hơn giới hạn cho phép nên chưa được gửi. Hãy chọn tệp nhỏ hơn.");
      input.reportValidity();
      input.addEventListener("change", function () { input.setCustomValidity(""); }, { once: true });
    });
    return wrong;
  }

  document.addEventListener("submit", function (event) {
    var form = event.target;
    var by = event.submitter;  // a button may ask for itself what its form does not ask
    if (((by && by.dataset.confirm) || form.dataset.confirm) && !confirmFirst(form, by)) { event.preventDefault(); return; }
    if (tooBig(form)) { event.preventDefault(); return; }
    if (form.method === "post") {
      if (form.dataset.sent) { event.preventDefault(); return; }
      form.dataset.sent = "1";
      setTimeout(function () { delete form.dataset.sent; }, 8000);
    }
  });
  window.addEventListener("pageshow", function () {
    document.querySelectorAll("form[data-sent]").forEach(function (form) { delete form.dataset.sent; delete form.dataset.confirmed; });
  });

  /* A long form keeps its text in this browser until the server took it: the next page clears the mark. */
  var SENT = "kept-sent";
  if (sessionStorage.getItem(SENT) && !document.querySelector("[role=alert]")) {
    localStorage.removeItem(sessionStorage.getItem(SENT));
  }
  sessionStorage.removeItem(SENT);
  document.querySelectorAll("form[data-keep]").forEach(function (form) {
    var key = "kept:" + location.pathname + "#" + (form.id || "form");
    var fields = Array.prototype.filter.call(form.elements, function (f) {
      return f.name && ["hidden", "password", "file", "submit"].indexOf(f.type) < 0 && f.tagName !== "BUTTON";
    });
    function read(f) { return f.type === "checkbox" || f.type === "radio" ? f.checked : f.value; }
    function name(f) { return f.name + (f.type === "radio" ? "=" + f.value : ""); }
    var first = {}; fields.forEach(function (f) { first[name(f)] = read(f); });
    var kept = null;
    try { kept = JSON.parse(localStorage.getItem(key)); } catch (error) { kept = null; }
    if (kept && JSON.stringify(kept) !== JSON.stringify(first)) { offer(kept); }
    function offer(values) {
      var bar = document.createElement("div");
      bar.className = "banner info"; bar.setAttribute("role", "status");
      var text = document.createElement("p");
      text.textContent = "Máy này còn giữ nội dung nhập dở lần trước, chưa gửi.";
      var row = document.createElement("p"); row.className = "actions";
      var take = document.createElement("button"); take.type = "button"; take.className = "button small"; take.textContent = "Lấy lại nội dung đó";
      var drop = document.createElement("button"); drop.type = "button"; drop.className = "button small"; drop.textContent = "Bỏ";
      take.addEventListener("click", function () {
        fields.forEach(function (f) {
          if (!(name(f) in values)) { return; }
          if (f.type === "checkbox" || f.type === "radio") { f.checked = values[name(f)]; } else { f.value = values[name(f)]; }
        });
        bar.remove();
      });
      drop.addEventListener("click", function () { localStorage.removeItem(key); bar.remove(); });
      row.append(take, drop); bar.append(text, row); form.before(bar);
    }
    form.addEventListener("input", function () {
      var now = {}; fields.forEach(function (f) { now[name(f)] = read(f); });
      try { localStorage.setItem(key, JSON.stringify(now)); } catch (error) { /* the browser's own store is full */ }
    });
    form.addEventListener("submit", function () { sessionStorage.setItem(SENT, key); });
  });
})();
