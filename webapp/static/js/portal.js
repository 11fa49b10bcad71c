// What pages do beyond plain HTML: diagrams, keys, a form sent once, drafts kept, files dropped, toasts closed.
import { keys } from './keys.js';
import { keepDrafts } from './drafts.js';
import { checkForms } from './forms.js';
import { palette } from './palette.js';
import { tasks } from './tasks.js';
import { owners } from './owners.js';

/** The viewer is fetched only when a diagram comes into view: not for one that is folded away. */
function diagrams() {
  const open = [...document.querySelectorAll('figure.diagram:not([data-ready])')].filter(
    (figure) => !figure.closest('details:not([open])'),
  );
  if (open.length) import('./diagram.js').then(({ showDiagrams }) => showDiagrams(open));
}

/** Likewise the viewer of form-js forms. */
function vendorForms() {
  const places = [...document.querySelectorAll('[data-form-js]:not([data-ready])')];
  if (places.length) import('./form-js.js').then(({ showForms }) => showForms(places));
}

/** Exact times on hover, in the reader's own zone and manner; and the server is told the zone, for dates in forms. */
function localTimes() {
  const timeZone = document.documentElement.dataset.zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  const { lang } = document.documentElement;
  const manner = navigator.languages.find((each) => each.split('-')[0] === lang) ?? lang;
  for (const time of document.querySelectorAll('time[datetime]')) {
    time.title = new Date(time.dateTime).toLocaleString(manner, { timeZone });
  }
  document.cookie = `procession_zone=${timeZone}; path=/; max-age=31536000; samesite=lax`;
}

/** A form is sent once; it can be sent again when the reader comes back to it. */
function sendOnce() {
  document.addEventListener('submit', (event) => {
    const { target, submitter } = event;
    const question = submitter?.dataset.confirm ?? target.dataset.confirm;
    if (target.dataset.sent || (question && !window.confirm(question))) {
      event.preventDefault();
      return;
    }
    if (target.method !== 'post') return;
    target.dataset.sent = 'yes';
    submitter?.classList.add('busy');
  });
  window.addEventListener('pageshow', () => {
    for (const form of document.querySelectorAll('form[data-sent]')) delete form.dataset.sent;
    for (const button of document.querySelectorAll('.btn.busy, .answer.busy')) button.classList.remove('busy');
  });
}

function drops() {
  for (const area of document.querySelectorAll('.drop')) {
    const input = area.querySelector('input[type=file]');
    const over = (on) => (event) => {
      event.preventDefault();
      area.classList.toggle('over', on);
    };
    area.addEventListener('dragover', over(true));
    area.addEventListener('dragleave', over(false));
    area.addEventListener('drop', (event) => {
      over(false)(event);
      if (!event.dataTransfer.files.length) return;
      input.files = event.dataTransfer.files;
      area.closest('form').requestSubmit();
    });
    input.addEventListener('change', () => input.files.length && area.closest('form').requestSubmit());
  }
}

function toasts() {
  for (const toast of document.querySelectorAll('.toast')) {
    toast.querySelector('[data-close-toast]').addEventListener('click', () => toast.remove());
    const timer = setTimeout(() => toast.remove(), 8000);
    toast.addEventListener('mouseenter', () => clearTimeout(timer));
    toast.addEventListener('focusin', () => clearTimeout(timer));
  }
}

/** An open menu closes when the reader looks elsewhere. */
function menus() {
  const close = (except) => {
    for (const menu of document.querySelectorAll('details.menu[open]')) if (!menu.contains(except)) menu.open = false;
  };
  document.addEventListener('click', (event) => close(event.target));
  document.addEventListener('keydown', (event) => event.key === 'Escape' && close(null));
}

function autoSubmit() {
  document.addEventListener('change', (event) => {
    if (event.target.matches('[data-submit-on-change]')) event.target.form.requestSubmit();
  });
}

checkForms();
sendOnce();
palette();
tasks();
drops();
toasts();
menus();
autoSubmit();
keys();
keepDrafts();
owners();
diagrams();
vendorForms();
localTimes();
document.addEventListener('toggle', diagrams, true);
// What cannot be shown in its place is shown as the page it is: with its words about what happened.
document.addEventListener('htmx:responseError', (event) => window.location.assign(event.detail.pathInfo.requestPath));
document.addEventListener('htmx:afterSwap', (event) => {
  if (event.target.id !== 'task') return;
  diagrams();
  vendorForms();
  localTimes();
  document.querySelector('.mail-task h1')?.focus({ preventScroll: true });
  for (const row of document.querySelectorAll('.mail-row')) {
    if (row.pathname === window.location.pathname) row.setAttribute('aria-current', 'true');
    else row.removeAttribute('aria-current');
  }
});
