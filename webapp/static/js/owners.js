// What the pages of owners and operators add: looking back step by step, printing, filters without empty ones, lists marked whole.
import { _ } from './words.js';

const figure = () => document.querySelector('#where');
let now; // the marks of the instance as it stands, to come back to

function repaint(overlay) {
  if (!figure()) return;
  now ??= figure().dataset.overlay;
  figure().dispatchEvent(new CustomEvent('overlay', { detail: JSON.parse(overlay) }));
}

async function part(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(_('The server answered %(status)s.', { status: answer.status }));
  return answer.text();
}

/** Move to a step: what changed is fetched, the diagram shows the tokens as they were. Only the last request counts. */
let asked = 0;
async function look(past, step) {
  const mine = ++asked;
  const address = new URL(past.dataset.past, window.location.href);
  address.searchParams.set('part', 'step');
  address.searchParams.set('step', step);
  try {
    const html = await part(address);
    if (mine !== asked) return;
    past.querySelector('#past-step').outerHTML = html;
    repaint(past.querySelector('#past-step').dataset.overlay);
  } catch (error) {
    past.querySelector('.past-when').textContent = _('This step cannot be shown. %(reason)s', { reason: error.message });
  }
}

function lookBack() {
  let pause;
  document.addEventListener('input', ({ target }) => {
    const past = target.matches('input[type=range]') && target.closest('[data-past]');
    if (!past) return;
    clearTimeout(pause);
    pause = setTimeout(() => look(past, target.value), 60);
  });
  document.addEventListener('click', ({ target }) => {
    const by = target.closest('[data-past-by]')?.dataset.pastBy;
    if (!by) return;
    const slider = target.closest('[data-past]').querySelector('input[type=range]');
    slider.value = Number(slider.value) + Number(by);
    slider.dispatchEvent(new Event('input', { bubbles: true }));
  });
  const fold = document.querySelector('[data-look-back]');
  fold?.addEventListener('toggle', async () => {
    if (!fold.open) {
      if (now) repaint(now);
      return;
    }
    const body = fold.querySelector('.panel-body');
    try {
      body.innerHTML = await part(fold.dataset.lookBack);
      repaint(body.querySelector('#past-step').dataset.overlay);
    } catch (error) {
      body.textContent = _('Its past cannot be shown. %(reason)s', { reason: error.message });
    }
  });
}

/** An address tells the filters that are set, and not those that are not. */
function tidyFilters() {
  document.addEventListener('submit', ({ target }) => {
    if (!target.matches('form[data-tidy]')) return;
    for (const field of target.elements) if (field.name && !field.value) field.disabled = true;
  });
  window.addEventListener('pageshow', () => {
    for (const field of document.querySelectorAll('form[data-tidy] :disabled')) field.disabled = false;
  });
}

/** A form whose answer is a file leaves its page where it is, so it may be sent again. */
function downloads() {
  document.addEventListener('submit', ({ target }) => {
    if (!target.matches('form[data-download]')) return;
    setTimeout(() => {
      delete target.dataset.sent;
      target.querySelector('.busy')?.classList.remove('busy');
    }, 1500);
  });
}

/** A box that marks all boxes of its name. */
function markAll() {
  document.addEventListener('change', ({ target }) => {
    const name = target.dataset.marksAll;
    if (!name) return;
    for (const box of target.form.querySelectorAll(`input[name="${name}"]`)) box.checked = target.checked;
  });
}

export function owners() {
  lookBack();
  tidyFilters();
  downloads();
  markAll();
  document.addEventListener('click', ({ target }) => target.closest('[data-print]') && window.print());
}
