// What is typed into a task's form is kept in the browser until the form has been sent: a lost connection loses no word.

const LIFE = 7 * 24 * 3600 * 1000;
const key = (form) => `draft:${form.dataset.draft}`;
const fields = (form) => [...form.elements].filter((field) => field.name?.startsWith('field.') && !['hidden', 'password'].includes(field.type));

function save(form) {
  const values = fields(form).map((field) =>
    ['checkbox', 'radio'].includes(field.type) ? [field.name, field.value, field.checked] : [field.name, field.value],
  );
  localStorage.setItem(key(form), JSON.stringify({ at: Date.now(), values }));
}

function restore(form) {
  const kept = JSON.parse(localStorage.getItem(key(form)) ?? 'null');
  if (!kept || form.dataset.refused) return;
  const all = fields(form);
  for (const [name, value, checked] of kept.values) {
    const field = all.find((each) => each.name === name && (checked === undefined || each.value === value));
    if (!field) continue;
    if (checked === undefined) field.value = value;
    else field.checked = checked;
  }
  const note = form.querySelector('[data-draft-note]');
  if (note) note.hidden = false;
}

function tidy() {
  for (const name of Object.keys(localStorage)) {
    if (!name.startsWith('draft:')) continue;
    const kept = JSON.parse(localStorage.getItem(name));
    if (!(Date.now() - kept.at < LIFE)) localStorage.removeItem(name);
  }
}

export function keepDrafts() {
  tidy();
  const open = () => document.querySelectorAll('form[data-draft]').forEach(restore);
  open();
  document.addEventListener('htmx:afterSwap', open);
  document.addEventListener('input', (event) => {
    const form = event.target.form;
    if (form?.dataset.draft) save(form);
  });
  // Whoever signs out leaves no words behind; whose sign-in ran out finds them again.
  document.querySelector('form[data-forget-drafts]')?.addEventListener('submit', () => {
    for (const name of Object.keys(localStorage)) if (name.startsWith('draft:')) localStorage.removeItem(name);
  });
  // The server says which draft has arrived by naming it on the page that follows.
  for (const done of document.querySelectorAll('[data-draft-done]')) localStorage.removeItem(`draft:${done.dataset.draftDone}`);
}
