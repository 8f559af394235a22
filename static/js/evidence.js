/* Files are sent one after the other with a bar; what was cut off can be sent again. Without this file the form sends
   one. The list of files renews itself (htmx) when the page hears "evidence-added". */

const LONGEST = 300000; // milliseconds for one file
const form = document.getElementById("attach");
if (form) {
  sendOneByOne(form);
}

function sendOneByOne(form) {
  const input = form.querySelector("input[type=file]");
  const drop = form.querySelector(".drop");
  const waiting = [];
  let isBusy = false;

  function take(files) {
    for (const file of files) {
      const line = lineFor(form, file);
      if (file.size > Number(input.dataset.maxBytes)) {
        fail(line, form.dataset.large);
      } else {
        waiting.push({ file, line, pin: form.elements.pin.value });
      }
    }
    input.value = "";
    sendNext();
  }

  async function sendNext() {
    if (isBusy || !waiting.length) {
      return;
    }
    isBusy = true;
    const one = waiting.shift();
    const answer = await send(form, one);
    isBusy = false;
    if (answer === null) {
      offerAgain(one);
    }
    sendNext();
  }

  function offerAgain(one) {
    fail(one.line, form.dataset.broken);
    const again = make("button", { type: "button", className: "button small", textContent: form.dataset.again });
    again.addEventListener("click", () => {
      again.remove();
      waiting.push(one);
      sendNext();
    });
    one.line.row.append(again);
  }

  input.multiple = true;
  form.querySelector("[data-hint]").hidden = false;
  form.querySelector(".actions").hidden = true;
  input.addEventListener("change", () => take([...input.files]));
  for (const kind of ["dragenter", "dragover", "dragleave", "drop"]) {
    drop.addEventListener(kind, (event) => {
      event.preventDefault();
      drop.classList.toggle("over", kind === "dragenter" || kind === "dragover");
    });
  }
  drop.addEventListener("drop", (event) => take([...event.dataTransfer.files]));
  window.addEventListener("beforeunload", (event) => {
    if (isBusy || waiting.length) {
      event.preventDefault();
      event.returnValue = "";
    }
  });
}

function make(tag, properties) {
  return Object.assign(document.createElement(tag), properties);
}

/* The line of a file in the queue: its name, and what became of it. */
function lineFor(form, file) {
  const row = make("li");
  const state = make("span");
  row.append(make("bdi", { textContent: file.name }), state);
  form.querySelector(".queue").append(row);
  return { row, state };
}

function fail(line, words) {
  line.state.className = "bad";
  line.state.textContent = words;
}

/* Sends one file and shows what the server says; null where it was cut off. */
async function send(form, one) {
  const bar = make("progress", { max: 100, value: 0 });
  bar.setAttribute("aria-label", `${form.dataset.sending}: ${one.file.name}`);
  one.line.state.className = "";
  one.line.state.textContent = form.dataset.sending;
  one.line.row.append(bar);
  const response = await post(form, one, bar);
  bar.remove();
  if (response === null || response.status >= 500) {
    return null;
  }
  if (response.status === 201) {
    one.line.state.textContent = response.answer.said;
    document.body.dispatchEvent(new Event("evidence-added"));
  } else {
    fail(one.line, withoutName(response.answer.error || form.dataset.refused, one.file.name));
  }
  return response;
}

/* The server begins its sentence with the name, which stands beside it already. */
function withoutName(words, name) {
  return words.startsWith(`${name}: `) ? words.slice(name.length + 2) : words;
}

/* By XMLHttpRequest, because fetch tells nothing of what is under way. Answers { status, answer }; null where it was
   cut off. */
function post(form, one, bar) {
  const request = new XMLHttpRequest();
  const body = new FormData();
  body.append("csrf_token", form.elements.csrf_token.value);
  body.append("pin", one.pin);
  body.append("file", one.file);
  request.upload.addEventListener("progress", (event) => {
    if (event.lengthComputable) {
      bar.value = (100 * event.loaded) / event.total;
    }
  });
  request.upload.addEventListener("load", () => {
    bar.removeAttribute("value");
    one.line.state.textContent = form.dataset.checking;
  });
  return new Promise((resolve) => {
    request.addEventListener("load", () => resolve({ status: request.status, answer: answerOf(request) }));
    request.addEventListener("error", () => resolve(null));
    request.addEventListener("timeout", () => resolve(null));
    request.open("POST", form.action);
    request.setRequestHeader("Accept", "application/json");
    request.timeout = LONGEST;
    request.send(body);
  });
}

function answerOf(request) {
  try {
    return JSON.parse(request.responseText);
  } catch (error) {
    return {};
  }
}
