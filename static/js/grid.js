/* The sheet of a pledge and of a quarter's report: every keystroke is kept in this browser at once, each row is saved by itself,
   and what is kept goes away only after the server has acknowledged exactly that text. */
(function () {
  "use strict";
  var form = document.querySelector("form[data-grid]");
  if (!form || !window.fetch || !window.URLSearchParams) { return; }
  var figure = window.figures.read, written = window.figures.written;
  var ORDER = (form.dataset.order || "goal q1 q2 q3 q4 measures reason_lower").split(" ");
  var DEBOUNCE = 600, LONGEST_WAIT = 2000, RETRY = [2000, 5000, 10000, 30000], PATIENCE = 15000, AT_ONCE = 3;
  var TAB = newTab(), seq = 0, flying = 0, closed = false, leaving = false;
  var PREFIX = "gu:" + form.dataset.user + ":" + form.dataset.grid + ":";
  var table = form.querySelector(".sheet"), statusLine = form.querySelector("[data-status]");
  var rows = {}, list = [];
  table.classList.add("live");

  function newTab() {
    var bytes = new Uint8Array(12);
    crypto.getRandomValues(bytes);
    return Array.prototype.map.call(bytes, function (b) { return ("0" + b.toString(16)).slice(-2); }).join("");
  }

  /* ---- the copy in this browser: localStorage at once, IndexedDB (written through to the disk) beside it ---- */
  var memory = null;
  var ready = new Promise(function (resolve) {
    if (!window.indexedDB) { resolve(); return; }
    var asked;
    try { asked = indexedDB.open("giao-uoc", 1); } catch (error) { resolve(); return; }
    asked.onupgradeneeded = function () { asked.result.createObjectStore("typed"); };
    asked.onsuccess = function () { memory = asked.result; resolve(); };
    asked.onerror = asked.onblocked = function () { resolve(); };
    setTimeout(resolve, 1500);
  });
  function inMemory(work) {
    if (!memory) { return; }
    try { work(memory.transaction("typed", "readwrite", { durability: "strict" }).objectStore("typed")); } catch (error) { /* the other copy remains */ }
  }
  function keep(key, entry) {
    try { localStorage.setItem(PREFIX + key, JSON.stringify(entry)); } catch (error) { /* full: IndexedDB remains */ }
    inMemory(function (store) { store.put(entry, PREFIX + key); });
  }
  function forget(key, text) {
    var now = null;
    try { now = JSON.parse(localStorage.getItem(PREFIX + key)); } catch (error) { now = null; }
    if (now && now.v !== text) { return; }
    try { localStorage.removeItem(PREFIX + key); } catch (error) { /* nothing to remove */ }
    inMemory(function (store) {
      var asked = store.get(PREFIX + key);
      asked.onsuccess = function () { if (asked.result && asked.result.v === text) { store.delete(PREFIX + key); } };
    });
  }
  function keptTexts() {
    var found = {};
    function take(key, entry) {
      if (entry && typeof entry.v === "string" && (!found[key] || found[key].at < entry.at)) { found[key] = entry; }
    }
    try {
      for (var i = 0; i < localStorage.length; i++) {
        var name = localStorage.key(i);
        if (name.indexOf(PREFIX) === 0) {
          try { take(name.slice(PREFIX.length), JSON.parse(localStorage.getItem(name))); } catch (error) { /* not ours */ }
        }
      }
    } catch (error) { /* no localStorage: IndexedDB remains */ }
    return ready.then(function () {
      if (!memory) { return found; }
      return new Promise(function (resolve) {
        var asked;
        try { asked = memory.transaction("typed").objectStore("typed").openCursor(IDBKeyRange.bound(PREFIX, PREFIX + "\uffff")); } catch (error) { resolve(found); return; }
        asked.onsuccess = function () {
          var cursor = asked.result;
          if (!cursor) { resolve(found); return; }
          take(String(cursor.key).slice(PREFIX.length), cursor.value);
          cursor.continue();
        };
        asked.onerror = function () { resolve(found); };
      });
    });
  }

  /* ---- rows ---- */
  form.querySelectorAll("[data-row]").forEach(function (tr) {
    var pid = tr.dataset.row;
    var row = { pid: pid, tr: tr, ver: form.elements["ver-" + pid], cells: {}, named: {}, base: {}, unsure: {}, beside: {}, touched: {}, timer: 0, first: 0, busy: false, tries: 0,
      notes: form.querySelector("[data-notes=\"" + pid + "\"]") };
    tr.querySelectorAll("[data-cell]").forEach(function (control) {
      row.cells[control.dataset.cell] = control;
      if (control.tagName !== "OUTPUT") { row.named[control.dataset.cell] = control; }
    });
    table.querySelectorAll("[data-hamlet=\"" + pid + "\"]").forEach(function (control) { row.named[control.name] = control; });
    Object.keys(row.named).forEach(function (name) {
      var control = row.named[name];
      row.base[name] = asSent(control);
      control.addEventListener("input", function () { alone(row, name); typed(row, name); });
      if (control.tagName === "SELECT") { control.addEventListener("change", function () { alone(row, name); typed(row, name); }); }
      control.addEventListener("blur", function () { if (row.timer) { send(row); } });
      control.addEventListener("focus", function () { control.dataset.before = control.value; if (control.tagName === "INPUT") { control.select(); } });
    });
    rows[pid] = row; list.push(row);
  });

  /* What the server sent. A browser that goes back fills in what stood there when the page was left: that is neither the
     server's nor typed now, and what was typed and not saved is kept apart. */
  function asSent(control) {
    if (control.tagName !== "SELECT") { return control.defaultValue; }
    var chosen = Array.prototype.filter.call(control.options, function (o) { return o.defaultSelected; })[0] || control.options[0];
    return chosen ? chosen.value : "";
  }
  function asTheServerSent() {
    list.forEach(function (row) {
      Object.keys(row.named).forEach(function (name) {
        var control = row.named[name];
        if (!row.touched[name] && control.value !== row.base[name]) { control.value = row.base[name]; }
      });
      recount(row);
    });
  }
  window.addEventListener("pageshow", function (event) {
    if (event.persisted) { location.reload(); return; }  // an old page: what others saved meanwhile is not in it
    asTheServerSent();
  });

  /* ---- what a figure was pasted beside goes to the server with it, until somebody types it alone ---- */
  function pastedBeside(row, name, texts) {
    row.beside[name] = texts;
    var control = row.named[name], hidden = row.hidden && row.hidden[name];
    if (!hidden) {
      hidden = document.createElement("input");
      hidden.type = "hidden"; hidden.name = "beside-" + control.name;
      row.hidden = row.hidden || {}; row.hidden[name] = hidden; control.after(hidden);
    }
    hidden.value = texts;
  }
  function alone(row, name) {
    delete row.beside[name];
    if (row.hidden && row.hidden[name]) { row.hidden[name].remove(); delete row.hidden[name]; }
  }

  function dirty(row) { return Object.keys(row.named).filter(function (name) { return row.named[name].value !== row.base[name]; }); }
  function key(row, name) { return row.pid + ":" + name; }

  function typed(row, name) {
    var control = row.named[name];
    row.touched[name] = true;
    keep(key(row, name), { v: control.value, base: row.base[name], at: Date.now(), beside: row.beside[name] });
    recount(row);
    if (control.value === row.base[name] && !row.unsure[name]) {
      forget(key(row, name), control.value); control.removeAttribute("aria-invalid"); mark(row, name, "");
      row.notes.querySelectorAll("[data-of=\"" + name + "\"]").forEach(function (old) { old.remove(); }); tidy(row);
      return;
    }
    if (closed) { mark(row, name, "unsaved"); return; }
    mark(row, name, "saving");
    schedule(row);
  }
  function schedule(row) {
    var now = Date.now();
    if (!row.timer) { row.first = now; } else { clearTimeout(row.timer); }
    row.timer = setTimeout(function () { send(row); }, Math.max(0, Math.min(DEBOUNCE, row.first + LONGEST_WAIT - now)));
  }
  function mark(row, name, how) {
    var place = row.named[name].closest("td.cell, .field") || row.named[name];
    place.classList.remove("saving", "saved", "unsaved");
    if (how) { place.classList.add(how); }
  }

  /* ---- saving one row ---- */
  function csrf() { return form.elements["csrf_token"].value; }
  function send(row, keepalive) {
    clearTimeout(row.timer); row.timer = 0;
    if (closed || (row.busy && !keepalive)) { return; }
    var names = Object.keys(row.named).filter(function (name) { return row.unsure[name] || row.named[name].value !== row.base[name]; });
    if (!names.length) { settle(row); return; }
    if (flying >= AT_ONCE && !keepalive) { row.timer = setTimeout(function () { send(row); }, 120); return; }
    var cells = {}, mine = ++seq, control = window.AbortController ? new AbortController() : null;
    names.forEach(function (name) { cells[name] = row.named[name].value; (row.unsure[name] = row.unsure[name] || []).push(cells[name]); });
    var sending = Object.assign({}, cells);
    names.forEach(function (name) { if (row.beside[name]) { sending["beside-" + name] = row.beside[name]; } });
    row.busy = true; flying++; say("Đang lưu…");
    var patience = setTimeout(function () { if (control) { control.abort(); } }, PATIENCE);
    fetch(row.tr.dataset.save || form.dataset.save.replace("TARGET", row.pid), {
      method: "POST", credentials: "same-origin", keepalive: !!keepalive, signal: control ? control.signal : undefined,
      headers: { "Content-Type": "application/json", "Accept": "application/json", "X-CSRFToken": csrf() },
      body: JSON.stringify({ cells: sending, ver: row.ver.value, tab: TAB, seq: mine })
    }).then(function (answer) {
      return answer.json().catch(function () { return {}; }).then(function (said) { heard(row, cells, answer.status, said); });
    }).catch(function () { failed(row, "Chưa lưu: mất kết nối, nội dung còn trên máy này."); })
      .then(function () { clearTimeout(patience); row.busy = false; flying--; if (!row.timer && !row.retry && dirty(row).some(function (name) { return !row.held || !(name in row.held); })) { schedule(row); } });
  }
  function heard(row, cells, status, said) {
    if (status === 200 || status === 422) { acknowledged(row, cells, said); return; }
    if (status === 409 && said.closed) { shut(row, said); return; }
    if (status === 409 && said.values) { merge(row, cells, said); return; }
    if (status === 401 || status === 400) { expired(row); return; }
    if (status === 403 || status === 404) { failed(row, (said.error || "Không được phép.") + " Nội dung còn trên máy này.", true); return; }
    failed(row, said.error ? said.error : "Chưa lưu: máy chủ đang bận, nội dung còn trên máy này.");
  }
  function acknowledged(row, cells, said) {
    row.tries = 0; row.held = {};
    if (said.ver) { row.ver.value = said.ver; }
    notes(row, said.hints || []);
    assigned(row, said);
    Object.keys(cells).forEach(function (name) {
      var wrong = said.errors && said.errors[name], control = row.named[name];
      delete row.unsure[name];
      if (wrong) {
        row.held[name] = cells[name];
        if (control.value === cells[name]) { mark(row, name, "unsaved"); control.setAttribute("aria-invalid", "true"); suggest(row, name, note(row, name, wrong, "fault"), said.suggestions && said.suggestions[name]); }
        return;
      }
      row.base[name] = cells[name];
      forget(key(row, name), cells[name]);
      if (control.value !== cells[name]) { return; }
      control.removeAttribute("aria-invalid"); mark(row, name, "saved");
      var understood = said.values && said.values[name];
      if (understood !== undefined && control.tagName === "INPUT" && understood !== cells[name].trim()) { note(row, name, understood === "" ? "hiểu là để trống" : "hiểu là " + understood, "echo"); }
    });
    if (said.values && row.cells.goal && row.cells.goal.tagName === "OUTPUT") { row.cells.goal.textContent = said.values.goal; }
    row.tr.classList.toggle("lower", !!said.lower);
    if (said.totals) { total(said.totals); }
    settle(row, said.at);
  }
  /* ---- one press takes what the server thinks was meant ---- */
  function suggest(row, name, item, meant) {
    if (!meant) { return; }
    item.append(" ");
    button(item, "Lấy " + meant, function () {
      alone(row, name);
      row.named[name].value = meant; item.remove(); typed(row, name); row.named[name].focus();
    });
  }
  /* ---- the level above gave another figure while this page was open ---- */
  function assigned(row, said) {
    var cell = row.tr.querySelector("[data-given]");
    if (!cell || said.assigned === undefined || said.assigned === row.tr.dataset.assigned) { return; }
    row.tr.dataset.assigned = said.assigned; cell.textContent = said.given;
    note(row, "assigned", "chỉ tiêu giao vừa đổi thành " + (said.given || "không giao"), "echo");
    recount(row);
  }
  function settle(row, at) {
    var wrong = form.querySelectorAll("[aria-invalid=true]").length;
    if (wrong) { say("Chưa lưu " + wrong + " ô: xem dòng báo lỗi dưới mỗi dòng."); return; }
    if (!list.some(function (other) { return other !== row && (other.timer || other.retry || dirty(other).length); }) && at) { say("Đã lưu lúc " + at); }
  }
  function failed(row, why, forGood) {
    dirty(row).forEach(function (name) { mark(row, name, "unsaved"); });
    Object.keys(row.unsure).forEach(function (name) { mark(row, name, "unsaved"); });
    say(why);
    if (forGood) { row.held = {}; dirty(row).forEach(function (name) { row.held[name] = true; }); }
    if (forGood || row.retry) { return; }
    row.retry = setTimeout(function () { row.retry = 0; send(row); }, RETRY[Math.min(row.tries++, RETRY.length - 1)]);
  }
  function again() {
    list.forEach(function (row) { if (row.retry) { clearTimeout(row.retry); row.retry = 0; send(row); } });
  }
  window.addEventListener("online", again);

  /* ---- the login ended, or began anew in another tab: take the new token and go on ---- */
  var renewing = false;
  function expired(row) {
    failed(row, "Chưa lưu: phiên làm việc đã hết. Nội dung còn trên máy này.");
    var link = document.createElement("a");
    link.href = form.dataset.login; link.target = "_blank"; link.rel = "noopener"; link.textContent = "Đăng nhập trong thẻ khác";
    statusLine.append(" ", link);
    renew();
  }
  function renew() {
    if (renewing) { return; }
    renewing = true;
    fetch(location.pathname, { credentials: "same-origin", headers: { "Accept": "text/html" } }).then(function (answer) { return answer.text(); }).then(function (text) {
      var fresh = new DOMParser().parseFromString(text, "text/html").querySelector("form[data-grid]");
      if (!fresh) { return; }
      if (fresh.dataset.user !== form.dataset.user) { closed = true; say("Người khác đang đăng nhập trên máy này nên nội dung không được gửi; nội dung còn trên máy này."); return; }
      var token = fresh.querySelector("[name=csrf_token]").value;
      if (token !== csrf()) { form.elements["csrf_token"].value = token; again(); }
    }).catch(function () { /* asked again on the next failure */ }).then(function () { renewing = false; });
  }
  window.addEventListener("focus", function () { if (list.some(function (row) { return row.retry; })) { renew(); again(); } });

  /* ---- the pledge went to the leader meanwhile ---- */
  function shut(row, said) {
    closed = true;
    dirty(row).forEach(function (name) { mark(row, name, "unsaved"); });
    say(said.error);
    var link = document.createElement("a");
    link.href = form.dataset.kept; link.textContent = "Xem nội dung đã giữ lại";
    statusLine.append(" ", link);
  }

  /* ---- somebody else saved the row: what only one of us touched goes together, the rest is asked ---- */
  function theirs(said, name) {
    if (said.values && name in said.values) { return said.values[name]; }
    var part = name.indexOf("state-") === 0 ? 0 : 1, hamlet = said.hamlets && said.hamlets[name.replace(/^(state|by)-/, "")];
    return hamlet ? hamlet[part] : undefined;
  }
  function same(a, b) { return plain(a) === plain(b); }
  function plain(text) {
    var number = figure(text);
    return number === null || number === undefined ? String(text === undefined ? "" : text).replace(/\r\n?/g, "\n").trim() : "#" + number;
  }
  function merge(row, cells, said) {
    row.ver.value = said.ver; row.tries = 0;
    assigned(row, said);
    var asked = 0;
    Object.keys(row.named).forEach(function (name) {
      var control = row.named[name], other = theirs(said, name), tried = row.unsure[name] || [];
      if (other === undefined) { return; }
      delete row.unsure[name];
      if (same(other, row.base[name])) { return; }
      if (tried.some(function (text) { return same(text, other); })) {  // our own, whose answer was lost
        row.base[name] = other;
        if (same(control.value, other)) { row.base[name] = control.value; forget(key(row, name), control.value); mark(row, name, "saved"); }
        return;
      }
      if (control.value === row.base[name]) { control.value = other; row.base[name] = other; note(row, name, "người khác vừa ghi " + (other || "để trống"), "echo"); }
      else if (same(control.value, other)) { row.base[name] = control.value; forget(key(row, name), control.value); mark(row, name, "saved"); }
      else { row.base[name] = other; choose(row, name, other, "người khác vừa ghi"); asked++; }
    });
    recount(row);
    if (asked) { say("Chưa lưu: người khác vừa sửa cùng ô. Hãy chọn nội dung ở dòng báo bên dưới dòng đó."); return; }
    if (dirty(row).length) { schedule(row); }
  }
  function choose(row, name, other, how) {
    var control = row.named[name], mine = control.value;
    mark(row, name, "unsaved");
    row.held = row.held || {}; row.held[name] = mine;
    var item = note(row, name, how + " “" + (word(control, other) || "để trống") + "”, của bạn là “" + (word(control, mine) || "để trống") + "”. ", "fault");
    button(item, "Giữ của tôi", function () { delete row.held[name]; item.remove(); tidy(row); schedule(row); mark(row, name, "saving"); });
    button(item, "Lấy nội dung kia", function () {
      control.value = other; delete row.held[name]; forget(key(row, name), mine); row.base[name] = other; mark(row, name, ""); item.remove(); tidy(row); recount(row);
      if (dirty(row).length) { schedule(row); } else { say(""); }
    });
  }
  function word(control, value) {
    if (control.tagName !== "SELECT") { return value; }
    var option = Array.prototype.find.call(control.options, function (o) { return o.value === value; });
    return option ? option.textContent : value;
  }
  function button(item, label, act) {
    var made = document.createElement("button");
    made.type = "button"; made.className = "button small"; made.textContent = label;
    made.addEventListener("click", act); item.append(made, " ");
  }

  /* ---- the line of notes under a row ---- */
  function head(name) {
    var control = table.querySelector("[data-cell=\"" + name + "\"]"), cell = control && control.closest("td");
    return cell ? cell.dataset.label : "";
  }
  function note(row, name, text, kind) {
    var listed = row.notes.querySelector("ul");
    listed.querySelectorAll("[data-of=\"" + name + "\"]").forEach(function (old) { old.remove(); });
    var item = document.createElement("li"), place = head(name) || (row.named[name] ? row.named[name].getAttribute("aria-label") || (row.named[name].labels[0] || {}).textContent : "");
    item.className = kind; item.dataset.of = name; item.textContent = (place ? place + ": " : "") + text;
    listed.append(item); tidy(row);
    return item;
  }
  function notes(row, hints) {
    row.notes.querySelectorAll(".hint, .echo, .theirs").forEach(function (old) { old.remove(); });
    row.notes.querySelectorAll(".fault").forEach(function (old) { if (!row.held || !(old.dataset.of in row.held)) { old.remove(); } });
    hints.forEach(function (hint) {
      var item = document.createElement("li"), link = document.createElement("a");
      item.className = "hint"; link.href = "#" + hint.cell + "-" + row.pid; link.textContent = hint.said;
      item.append(link); row.notes.querySelector("ul").append(item);
    });
    tidy(row);
  }
  function tidy(row) { row.notes.hidden = !row.notes.querySelector("li"); }
  function say(text) { statusLine.textContent = text; }
  function total(t) {
    form.querySelector("[data-totals]").textContent = "Đã nhập " + t.entered + "/" + t.all + " chỉ tiêu" + (t.lower ? "; thấp hơn mức giao: " + t.lower : "");
  }

  /* ---- sums and percentages while typing ---- */
  function value(row, name) { var c = row.cells[name]; return figure(c && c.tagName === "OUTPUT" ? c.textContent : c ? c.value : ""); }
  function recount(row) {
    var states = Object.keys(row.named).filter(function (n) { return n.indexOf("state-") === 0; });
    if (states.length) {
      var good = states.filter(function (n) { return row.named[n].value === "reached" || row.named[n].value === "nearly"; }).length;
      var given = states.some(function (n) { return row.named[n].value; });
      var percent = (BigInt(good) * 2000000n + BigInt(states.length)) / (2n * BigInt(states.length));
      row.cells.goal.textContent = given ? written(percent) : "";
      var out = table.querySelector("[data-good=\"" + row.pid + "\"]");
      if (out) { out.textContent = given ? good + "/" : ""; }
    }
    var goal = value(row, "goal"), assigned = figure(row.tr.dataset.assigned), direction = row.tr.dataset.direction;
    var lower = typeof goal === "bigint" && typeof assigned === "bigint" && (direction === "lower" || direction === "keep_zero" ? goal > assigned : goal < assigned);
    row.tr.classList.toggle("lower", lower);
    row.notes.querySelectorAll("[data-of=sum]").forEach(function (old) { old.remove(); });
    var quarters = ["q1", "q2", "q3", "q4"].map(function (q) { return value(row, q); });
    if (row.tr.dataset.cadence === "cumulative" && quarters.some(function (q) { return typeof q === "bigint"; })) {
      var sum = quarters.reduce(function (s, q) { return typeof q === "bigint" ? s + q : s; }, 0n);
      if (sum !== goal) {
        var item = document.createElement("li");
        item.className = "echo"; item.dataset.of = "sum"; item.textContent = "Cộng bốn quý: " + written(sum) + (typeof goal === "bigint" ? " (chỉ tiêu " + written(goal) + ")" : "");
        row.notes.querySelector("ul").append(item);
      }
    }
    tidy(row);
  }

  /* ---- keys ---- */
  function beside(row, by) { var i = list.indexOf(row) + by; return list[i]; }
  function go(row, name, down) {
    for (var next = beside(row, down); next; next = beside(next, down)) {
      if (next.named[name]) { next.named[name].focus(); return true; }
    }
    return false;
  }
  function sideways(row, name, by) {
    for (var i = ORDER.indexOf(name) + by; i >= 0 && i < ORDER.length; i += by) {
      if (row.named[ORDER[i]]) { row.named[ORDER[i]].focus(); return true; }
    }
    return false;
  }
  table.addEventListener("keydown", function (event) {
    var control = event.target, name = control.dataset ? control.dataset.cell : null;
    if (!name || event.isComposing) { return; }
    var row = rows[control.closest("tr").dataset.row], area = control.tagName === "TEXTAREA", pick = control.tagName === "SELECT", moved = false;
    var start = pick ? 0 : control.selectionStart, end = pick ? 0 : control.selectionEnd, length = pick ? 0 : control.value.length;
    if (event.key === "Enter") {
      if (event.altKey && area) { control.setRangeText("\n", start, end, "end"); typed(row, name); moved = true; }
      else { go(row, name, event.shiftKey ? -1 : 1); moved = true; }
    } else if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) { return; }
    else if (event.key === "Escape" && control.dataset.before !== undefined && control.value !== control.dataset.before) { control.value = control.dataset.before; typed(row, name); moved = true; }
    else if (event.key === "ArrowDown" && !pick && (!area || end === length)) { moved = go(row, name, 1); }
    else if (event.key === "ArrowUp" && !pick && (!area || start === 0)) { moved = go(row, name, -1); }
    else if (event.key === "ArrowRight" && (pick || end === length)) { moved = sideways(row, name, 1); }
    else if (event.key === "ArrowLeft" && (pick || start === 0)) { moved = sideways(row, name, -1); }
    if (moved) { event.preventDefault(); }
  });

  /* ---- a block from Excel, Word or a page ---- */
  var LONGEST_BESIDE = 2000, pastedLine = document.createElement("span");
  pastedLine.dataset.pasted = ""; statusLine.before(pastedLine);

  function put(row, name, text) {
    var control = row.named[name];
    if (control.tagName === "SELECT") {
      var hit = optionFor(control, text.trim().toLowerCase());
      if (!hit) { return false; }
      control.value = hit.value;
    } else if (control.tagName === "INPUT") { control.value = text.replace(/\s*\n\s*/g, " ").trim(); }
    else { control.value = text; }
    typed(row, name);
    return true;
  }
  /* The option of a word: its value, its own words, or the words that the server takes for it. */
  function optionFor(control, wanted) {
    return Array.prototype.filter.call(control.options, function (o) {
      var own = o.textContent.trim().toLowerCase(), others = (o.dataset.words || "").split("|");
      if (wanted === "") { return o.value === ""; }
      return o.value === wanted || own === wanted || others.indexOf(wanted) >= 0 || (wanted.length > 2 && own.indexOf(wanted) === 0);
    })[0];
  }
  /* The heads of the columns, copied with the block. */
  function isHead(line) {
    var heads = Array.prototype.map.call(table.querySelectorAll("thead th"), function (th) { return th.textContent.trim().toLowerCase(); });
    var filled = line.filter(function (cell) { return cell && cell.trim(); });
    return filled.length > 0 && filled.every(function (cell) { return heads.indexOf(cell.trim().toLowerCase()) >= 0; });
  }
  /* The figures of a block that show how it was written; the server judges them. */
  function figuresIn(rows) {
    var found = [];
    rows.forEach(function (line) {
      line.forEach(function (cell) {
        if (cell && cell.length <= 24 && /[0-9][.,][0-9]/.test(cell) && found.indexOf(cell) < 0) { found.push(cell.replace(/[\t\n]/g, " ")); }
      });
    });
    return found.join("\t").slice(0, LONGEST_BESIDE);
  }
  table.addEventListener("paste", function (event) {
    var control = event.target, name = control.dataset ? control.dataset.cell : null, data = event.clipboardData;
    if (!name || !data) { return; }
    var copy = window.copied.read(data), rows_ = copy.rows, area = control.tagName === "TEXTAREA";
    var isBlock = rows_.length > 1 || rows_[0].length > 1;
    if (!isBlock && !copy.isTable) { return; }
    if (area && !copy.isTable && rows_.every(function (line) { return line.length < 2; })) { return; }
    event.preventDefault();
    var row = rows[control.closest("tr").dataset.row];
    if (!isBlock && area) { pasteInto(row, name, rows_[0][0] || ""); return; }
    pasteBlock(row, name, rows_);
  });
  function pasteInto(row, name, text) {
    var control = row.named[name], before = control.value;
    control.setRangeText(text, control.selectionStart, control.selectionEnd, "end");
    typed(row, name);
    told({ done: [{ row: row, name: name, before: before, after: control.value }], blank: 0, head: false, left: [] });
  }
  function pasteBlock(row, name, lines) {
    var first = ORDER.indexOf(name), result = { done: [], blank: 0, head: false, left: [] }, texts = figuresIn(lines);
    if (lines.length > 1 && isHead(lines[0])) { lines = lines.slice(1); result.head = true; }
    lines.forEach(function (line) {
      line.forEach(function (piece, j) { pastePiece(row, ORDER[first + j], piece, texts, result); });
      if (row) { row = beside(row, 1); }
    });
    told(result);
  }
  /* A blank cell gives nothing: it never erases what stands there. */
  function pastePiece(row, column, piece, texts, result) {
    if (piece === null) { return; }
    if (!piece.trim()) {
      if (row && column && row.named[column] && row.named[column].value) { result.blank++; }
      return;
    }
    if (!row || !column || !row.named[column]) { result.left.push(piece.trim()); return; }
    var before = row.named[column].value;
    if (row.named[column].tagName === "INPUT" && texts) { pastedBeside(row, column, texts); }
    if (!put(row, column, piece)) { result.left.push(piece.trim()); return; }
    result.done.push({ row: row, name: column, before: before, after: row.named[column].value });
  }
  function told(result) {
    var said = "Đã dán " + result.done.length + " ô.";
    if (result.head) { said += " Đã bỏ dòng tiêu đề của bảng."; }
    if (result.blank) { said += " " + result.blank + " ô trống trong khối không xóa nội dung đang có."; }
    if (result.left.length) { said += " Không có chỗ cho " + result.left.length + " ô: " + result.left.slice(0, 5).join("; ") + "."; }
    pastedLine.textContent = said + " ";
    if (result.done.length) { button(pastedLine, "Hoàn tác", function () { undo(result.done); }); }
  }
  /* What stood there before goes back, through the same saving; what was typed since stays. */
  function undo(done) {
    var back = 0;
    done.forEach(function (one) {
      var control = one.row.named[one.name];
      if (control.value !== one.after) { return; }
      alone(one.row, one.name);
      control.value = one.before; typed(one.row, one.name); back++;
    });
    var kept = done.length - back;
    pastedLine.textContent = "Đã hoàn tác " + back + " ô." + (kept ? " " + kept + " ô đã sửa sau khi dán được giữ nguyên." : "") + " ";
  }

  /* ---- what an earlier visit left unsent ---- */
  keptTexts().then(function (found) {
    var back = 0;
    Object.keys(found).forEach(function (name) {
      var entry = found[name], at = name.indexOf(":"), row = rows[name.slice(0, at)], cell = name.slice(at + 1);
      if (!row || !row.named[cell] || "unsaved" in row.tr.dataset) { return; }  // the page itself says what was not saved
      var control = row.named[cell];
      if (control.value !== row.base[cell]) { return; }
      if (same(entry.v, control.value)) { forget(name, entry.v); return; }
      var stored = control.value;
      control.value = entry.v; row.touched[cell] = true;
      if (entry.beside) { pastedBeside(row, cell, entry.beside); }
      if (control.value !== entry.v && control.tagName === "SELECT") { control.value = stored; return; }
      if (same(entry.base, stored)) { mark(row, cell, "saving"); schedule(row); back++; }
      else { choose(row, cell, stored, "máy chủ đang có"); }
      recount(row);
    });
    if (back) { say("Đã lấy lại " + back + " ô nhập dở lần trước, đang lưu…"); }
  });

  /* ---- leaving ---- */
  form.addEventListener("submit", function () { leaving = true; list.forEach(function (row) { clearTimeout(row.timer); row.timer = 0; }); });
  document.addEventListener("visibilitychange", function () {
    if (document.visibilityState === "hidden" && !leaving) { list.forEach(function (row) { if (row.timer) { send(row, true); } }); }
  });
  asTheServerSent();
  form.querySelectorAll("[data-notes] [data-suggestion]").forEach(function (item) {
    var row = rows[item.closest("[data-notes]").dataset.notes];
    suggest(row, item.dataset.of, item, item.dataset.suggestion);
  });
  if (location.hash) {
    var wanted = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    var inside = wanted && (wanted.matches("input, select, textarea") ? wanted : wanted.querySelector("input:not([type=hidden]), textarea"));
    if (inside) { inside.focus(); }
  }
})();
