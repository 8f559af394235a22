/* Behaviour of every page: confirm what cannot be undone, send once, keep what was typed, focus the summary. */
(function () {
  "use strict";
  var summary = document.querySelector("[data-focus]");
  if (summary) { summary.focus(); }

  /* The navigation folds; a cookie remembers it, so that the server draws the next page folded and nothing moves. */
  var fold = document.querySelector(".fold"), frame = document.querySelector(".frame");
  if (fold && frame) {
    fold.hidden = false;
    fold.addEventListener("click", function () {
      var narrow = frame.classList.toggle("narrow");
      fold.setAttribute("aria-expanded", String(!narrow));
      document.cookie = "nav-narrow=" + (narrow ? "1" : "0") + ";path=/;max-age=31536000;samesite=lax";
    });
  }
  document.addEventListener("keydown", function (event) {
    var menu = event.key === "Escape" && document.querySelector(".menu[open], .more[open]");
    if (menu) { menu.open = false; menu.querySelector("summary").focus(); }
  });
  document.addEventListener("click", function (event) {
    document.querySelectorAll(".menu[open], .more[open]").forEach(function (menu) {
      if (!menu.contains(event.target)) { menu.open = false; }
    });
  });

  /* A form that is not kept in this browser asks before it is left half filled. */
  var half = new Set(), person = document.body.dataset.person || "";
  document.addEventListener("input", function (event) {
    var field = event.target, form = field.form;
    if (person && form && form.matches("[method=post]:not([data-keep], [data-grid])") && field.matches("textarea, [type=text]")) { half.add(form); }
  });
  window.addEventListener("beforeunload", function (event) {
    if (half.size) { event.preventDefault(); event.returnValue = ""; }
  });

  function make(tag, css, text) {
    var made = document.createElement(tag);
    made.className = css || ""; made.textContent = text || "";
    if (tag === "button") { made.type = "button"; }
    return made;
  }

  function confirmFirst(form, by) {
    if (form.dataset.confirmed || !window.HTMLDialogElement) { return true; }
    var pressed = by || form.querySelector("button:not([type=button])");
    var dialog = make("dialog"), row = make("p", "actions");
    var yes = make("button", "button primary", pressed ? pressed.textContent : ""), no = make("button", "button", "Đóng");
    row.append(yes, no); dialog.append(make("p", "", (by && by.dataset.confirm) || form.dataset.confirm), row);
    document.body.append(dialog);
    dialog.setAttribute("aria-label", yes.textContent);
    no.autofocus = true;  // a second Enter must not do what cannot be undone
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
      form.dataset.sent = "1"; half.delete(form);
      setTimeout(function () { delete form.dataset.sent; }, 8000);
    }
  });
  window.addEventListener("pageshow", function (event) {
    /* An old page kept by the browser names an old version: look again, unless something half typed stands in it. */
    if (event.persisted && !half.size && document.querySelector("form input[name=ver]")) { location.reload(); return; }
    document.querySelectorAll("form[data-sent]").forEach(function (form) { delete form.dataset.sent; delete form.dataset.confirmed; });
  });

  /* A form that sends on what another one kept: the same mark. */
  document.querySelectorAll("form[data-sends]").forEach(function (form) {
    form.addEventListener("submit", function () {
      sessionStorage.setItem("kept-sent", "kept:" + person + ":" + location.pathname + "#" + form.dataset.sends);
    });
  });

  /* A long form keeps its text in this browser until the server took it: the next page clears the mark. */
  var SENT = "kept-sent";
  if (sessionStorage.getItem(SENT) && !document.querySelector("[role=alert]")) {
    localStorage.removeItem(sessionStorage.getItem(SENT));
  }
  sessionStorage.removeItem(SENT);
  document.querySelectorAll("form[data-keep]").forEach(function (form) {
    var key = "kept:" + person + ":" + location.pathname + "#" + (form.id || "form");
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
      var bar = make("div", "banner info"), row = make("p", "actions");
      bar.setAttribute("role", "status");
      var take = make("button", "button small", "Lấy lại nội dung đó"), drop = make("button", "button small", "Bỏ");
      take.addEventListener("click", function () {
        fields.forEach(function (f) {
          if (!(name(f) in values)) { return; }
          if (f.type === "checkbox" || f.type === "radio") { f.checked = values[name(f)]; } else { f.value = values[name(f)]; }
        });
        bar.remove();
      });
      drop.addEventListener("click", function () { localStorage.removeItem(key); bar.remove(); });
      row.append(take, drop); bar.append(make("p", "", "Máy này còn giữ nội dung nhập dở lần trước, chưa gửi."), row); form.before(bar);
    }
    form.addEventListener("input", function () {
      var now = {}; fields.forEach(function (f) { now[name(f)] = read(f); });
      try { localStorage.setItem(key, JSON.stringify(now)); } catch (error) { /* the browser's own store is full */ }
    });
    form.addEventListener("submit", function () { sessionStorage.setItem(SENT, key); });
  });
})();
