// Conveniences; every page works without them.
"use strict";

// <button type="button" data-copy="#id">: copies the text of that element
async function copy(button) {
  const source = document.querySelector(button.dataset.copy);
  const text = "value" in source ? source.value : source.textContent;
  await navigator.clipboard.writeText(text);
  const before = button.textContent;
  button.textContent = button.dataset.copied || before;
  setTimeout(() => { button.textContent = before; }, 1500);
}

// <input type="checkbox" data-all="name">: ticks every checkbox of that name in its form
function tickAll(box) {
  for (const other of box.form.querySelectorAll(`input[name="${box.dataset.all}"]`)) {
    other.checked = box.checked;
  }
}

// <section data-refresh="30">, with an id: fetched anew every so many seconds while it is looked at
async function refresh(section) {
  if (document.hidden || section.contains(document.activeElement)) return;
  if (section.querySelector("input:checked")) return; // what was ticked stays ticked
  const answer = await fetch(location.href, { headers: { accept: "text/html" } });
  if (answer.status === 401) location.reload();
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.getElementById(section.id);
  if (fresh) section.replaceChildren(...fresh.childNodes);
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-copy]");
  if (button) copy(button);
});

document.addEventListener("change", (event) => {
  if (event.target.dataset.all) tickAll(event.target);
  if (event.target.dataset.submit !== undefined) event.target.form.requestSubmit();
});

// <form data-confirm="Really?">, or a button with it: asked before it is sent
document.addEventListener("submit", (event) => {
  const words = event.submitter?.dataset.confirm || event.target.dataset.confirm;
  if (words && !window.confirm(words)) event.preventDefault();
});

for (const section of document.querySelectorAll("[data-refresh]")) {
  setInterval(() => refresh(section).catch(() => {}), 1000 * Number(section.dataset.refresh));
}

// on a phone the navigation is longer than the screen
document.querySelector(".top nav [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });

// what only a script can do is shown only when there is one
for (const element of document.querySelectorAll("[data-script]")) element.hidden = false;
