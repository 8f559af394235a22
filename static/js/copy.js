/* A button that copies the text of a field; on plain HTTP the old way, which Chrome 109 knows too. */

const SHOWN = 3000; // milliseconds that the button says that it is done

document.querySelectorAll("[data-copies]").forEach(offer);

function offer(button) {
  const field = document.getElementById(button.dataset.copies);
  const label = button.textContent;
  if (!field) {
    return;
  }
  button.hidden = false;
  button.addEventListener("click", () => {
    if (navigator.clipboard && window.isSecureContext) {
      navigator.clipboard.writeText(field.value).then(sayDone, copySelected);
    } else {
      copySelected();
    }
  });

  function sayDone() {
    button.textContent = button.dataset.done;
    setTimeout(() => (button.textContent = label), SHOWN);
  }

  function copySelected() {
    field.select();
    if (document.execCommand("copy")) {
      sayDone();
    }
  }
}
