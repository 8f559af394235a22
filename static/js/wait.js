/* A page that waits for a paper: ask every two seconds, load the page again when it is there. */
(function () {
  "use strict";
  document.querySelectorAll("[data-wait]").forEach(function (box) {
    var asked = 0;
    function ask() {
      asked += 1;
      fetch(box.dataset.wait, { headers: { Accept: "application/json" } }).then(function (answer) { return answer.json(); }).then(function (said) {
        var bar = box.querySelector("progress");
        if (bar && said.total) { bar.max = said.total; bar.value = said.done; }
        var count = box.querySelector("[data-count]");
        if (count && said.total) { count.textContent = said.done + "/" + said.total; }
        if (said.state !== "rendering") { location.reload(); } else if (asked < 150) { setTimeout(ask, 2000); }
      }).catch(function () { setTimeout(ask, 5000); });
    }
    setTimeout(ask, 1500);
  });
})();
