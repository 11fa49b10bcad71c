// What is typed into a form is kept on the server while it is typed, and in the browser as long as the server has not
// taken it: a lost connection loses no word. A form without a place on the server is kept in the browser alone.
import { _ } from './words.js';

const LIFE = 7 * 24 * 3600 * 1000;
const PAUSE = 700;
const key = (form) => `draft:${form.dataset.draft}`;
const DOCUMENT = 'document'; // what a form-js form gathers
const typed = (field) =>
  field.name && (field.name === DOCUMENT || !['hidden', 'password', 'file', 'submit', 'button'].includes(field.type));
const fields = (form) => [...form.elements].filter(typed);
const timers = new WeakMap();

function keepHere(form) {
  const values = fields(form).map((field) =>
    ['checkbox', 'radio'].includes(field.type) ? [field.name, field.value, field.checked] : [field.name, field.value],
  );
  localStorage.setItem(key(form), JSON.stringify({ at: Date.now(), values }));
}

function tell(form, words) {
  const state = form.querySelector('[data-draft-state]');
  if (state) state.textContent = words;
}

/** Send the fields; what stands here then is needed no more, unless more was typed meanwhile. */
async function keepThere(form) {
  const before = localStorage.getItem(key(form));
  const body = new FormData(form);
  for (const [name, value] of [...body]) if (value instanceof File) body.delete(name);
  try {
    const answer = await fetch(form.dataset.draftSave, { method: 'POST', body, keepalive: true, redirect: 'manual' });
    if (answer.status !== 204) throw new Error(String(answer.status));
    if (localStorage.getItem(key(form)) === before) localStorage.removeItem(key(form));
    tell(form, _('Draft kept'));
  } catch {
    tell(form, _('Kept in this browser; the server cannot be reached'));
  }
}

function later(form) {
  clearTimeout(timers.get(form));
  timers.set(form, setTimeout(() => form.isConnected && !form.dataset.sent && keepThere(form), PAUSE));
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
  if (form.dataset.draftSave) later(form);
}

function tidy() {
  for (const name of Object.keys(localStorage)) {
    if (!name.startsWith('draft:')) continue;
    const kept = JSON.parse(localStorage.getItem(name));
    if (!(Date.now() - kept.at < LIFE)) localStorage.removeItem(name);
  }
}

export function touched(form) {
  if (!form?.dataset.draft) return;
  keepHere(form);
  if (form.dataset.draftSave) later(form);
}

export function keepDrafts() {
  tidy();
  const open = () => document.querySelectorAll('form[data-draft]').forEach(restore);
  // The server says which draft has arrived by naming it on the page that follows.
  for (const done of document.querySelectorAll('[data-draft-done]')) localStorage.removeItem(`draft:${done.dataset.draftDone}`);
  open();
  document.addEventListener('htmx:afterSwap', open);
  document.addEventListener('input', (event) => touched(event.target.form));
  document.addEventListener('click', (event) => {
    const form = event.target.closest('[data-draft-drop]')?.closest('form');
    if (form) localStorage.removeItem(key(form));
  });
  window.addEventListener('online', () => {
    for (const form of document.querySelectorAll('form[data-draft-save]')) if (localStorage.getItem(key(form))) keepThere(form);
  });
  // Whoever signs out leaves no words behind; whose sign-in ran out finds them again.
  document.querySelector('form[data-forget-drafts]')?.addEventListener('submit', () => {
    for (const name of Object.keys(localStorage)) if (name.startsWith('draft:')) localStorage.removeItem(name);
  });
}
