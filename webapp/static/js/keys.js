// The portal by keyboard: ? lists the keys, j and k move in a list, Enter opens, Ctrl/⌘ Enter sends the form one is in.

import { openPalette } from './palette.js';

const typing = (target) => target.closest('input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]');

function move(by) {
  const rows = [...document.querySelectorAll('[data-row]')];
  if (!rows.length) return;
  const at = rows.indexOf(document.activeElement);
  const current = at >= 0 ? at : rows.findIndex((row) => row.hasAttribute('aria-current'));
  const next = current < 0 ? 0 : Math.min(Math.max(current + by, 0), rows.length - 1);
  rows[next].focus();
  rows[next].scrollIntoView({ block: 'nearest' });
}

function send(target) {
  const form = target.closest('form') ?? document.querySelector('form[data-main]');
  // A question's answers are buttons of equal rank: no key may choose among them for the reader.
  const small = form && !('main' in form.dataset);
  const button = form?.querySelector('button.btn-primary') ?? (small ? form.querySelector('button.btn') : null);
  if (button) form.requestSubmit(button);
}

const press = (selector) => () => document.querySelector(selector)?.click();
const plain = {
  '?': () => document.querySelector('#keys')?.showModal(),
  j: () => move(1),
  k: () => move(-1),
  x: () => document.activeElement.closest('.mail-item')?.querySelector('.pick input')?.click(),
  c: press('[data-key=claim]'),
  g: press('[data-key=unclaim]'),
  m: () => document.querySelector('#comment')?.focus(),
  '/': () => document.querySelector('[data-key=search]')?.focus(),
};

export function keys() {
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      send(event.target);
      return;
    }
    if (event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      openPalette();
      return;
    }
    if (document.querySelector('dialog[open]')) return;
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    if (!(event.key in plain)) return;
    event.preventDefault();
    plain[event.key]();
  });
  document.addEventListener('click', (event) => {
    if (event.target.closest('[data-open-keys]')) document.querySelector('#keys')?.showModal();
    if (event.target.closest('[data-close]')) event.target.closest('dialog').close();
  });
}
