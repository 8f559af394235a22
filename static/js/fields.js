/* Fields as an office types: a day gets its slashes and a calendar, a file is chosen in our words, a password can be
   read. Whatever is missing is said by our own sentences, so the browser says nothing. */
import { wordsOf } from "./words.js";

const words = wordsOf(document.body);
const REACHED = { 2: "/", 5: "/" };

for (const form of document.forms) {
  form.noValidate = true;
}
document.querySelectorAll("input[data-day]").forEach(enterDay);
document.querySelectorAll("input[type=file][id]").forEach(nameFile);
document.querySelectorAll("input[type=password][id]").forEach(mayBeRead);

function make(tag, className, textContent) {
  const element = Object.assign(document.createElement(tag), { className, textContent });
  if (tag === "button") {
    element.type = "button";
  }
  return element;
}

// -- days

function enterDay(field) {
  field.addEventListener("input", (event) => {
    const atEnd = field.selectionStart === field.value.length;
    if (event.inputType?.startsWith("insert") && atEnd && /^[0-9/]+$/.test(field.value)) {
      field.value += REACHED[field.value.length] || "";
    }
  });
  const picker = Object.assign(make("input", "day-picker", ""), { type: "date", tabIndex: -1 });
  if (!picker.showPicker) {
    return;
  }
  picker.setAttribute("aria-hidden", "true");
  const open = make("button", "button small", words.calendar);
  open.addEventListener("click", () => {
    const [day, month, year] = field.value.split("/");
    picker.value = year?.length === 4 ? `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}` : "";
    picker.showPicker();
  });
  picker.addEventListener("change", () => {
    field.value = picker.value.split("-").reverse().join("/");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
  const place = make("span", "day-place", "");
  field.before(place);
  place.append(field, open, picker);
}

// -- files

function nameFile(input) {
  const open = Object.assign(make("label", "button small", words.chooseFile), { htmlFor: input.id });
  const name = make("span", "quiet", words.noFile);
  input.classList.add("file-hidden");
  input.after(open, " ", name);
  input.addEventListener("change", () => {
    // read after others have: the list of evidence sends at once and empties the field
    setTimeout(() => {
      name.textContent = [...input.files].map((file) => file.name).join(", ") || words.noFile;
    });
  });
}

// -- a password

function mayBeRead(field) {
  const show = make("button", "button small", words.show);
  show.setAttribute("aria-pressed", "false");
  show.addEventListener("click", () => {
    const isRead = field.type === "password";
    field.type = isRead ? "text" : "password";
    show.textContent = isRead ? words.hide : words.show;
    show.setAttribute("aria-pressed", String(isRead));
  });
  const place = make("span", "day-place", "");
  field.before(place);
  place.append(field, show);
}
