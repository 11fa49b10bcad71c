// A form-js form takes the place of the plain fields: <div data-form-js data-schema data-values>. What it gathers is sent
// as one document beside the page's own fields; the server checks it by the same schema again.
import { touched } from './drafts.js';
import { calendar, translate } from './form-words.js';

let loading;

function loadForms() {
  loading ??= new Promise((resolve, reject) => {
    const base = new URL('../vendor/', import.meta.url);
    const style = document.createElement('link');
    style.rel = 'stylesheet';
    style.href = new URL('form.css', base).href;
    document.head.prepend(style);
    const script = document.createElement('script');
    script.src = new URL('form.js', base).href;
    script.onload = () => {
      // Its calendar has no other way to learn a language.
      window.flatpickr?.localize(calendar());
      resolve(window.FormViewer);
    };
    script.onerror = () => reject(new Error('The form viewer could not be loaded.'));
    document.head.append(script);
  });
  return loading;
}

function read(text) {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

async function show(place) {
  const plain = place.querySelector('[data-form-js-plain]');
  const sent = place.querySelector('input[name=document]');
  const container = document.createElement('div');
  const { createForm } = await loadForms();
  // What this browser kept because the server did not take it goes before what the server gave.
  const data = read(sent.value || place.dataset.values);
  const form = await createForm({
    schema: read(place.dataset.schema),
    data,
    container,
    additionalModules: [{ translate: ['value', translate] }],
  });
  // Its buttons would send it by themselves; ours does.
  for (const button of container.querySelectorAll('button[type=submit], button[type=reset]')) button.closest('.fjs-form-field')?.remove();
  container.querySelector('form')?.addEventListener('submit', (event) => event.preventDefault());
  // A form within a form is none: what it holds lives beside the page's own.
  plain.remove();
  place.append(container);
  sent.disabled = false;
  const keep = () => {
    sent.value = JSON.stringify(form._getState().data);
  };
  keep();
  form.on('changed', () => {
    const before = sent.value;
    keep();
    // It says so of its own first values, too.
    if (sent.value !== before) touched(sent.form);
  });
  sent.form.addEventListener(
    'submit',
    (event) => {
      if (event.submitter?.hasAttribute('formaction')) return;
      keep();
      const wrong = Object.keys(form.validate()).length;
      if (!wrong) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      container.querySelector('.fjs-has-errors input, .fjs-has-errors textarea, .fjs-has-errors select')?.focus();
    },
    true,
  );
}

export function showForms(places) {
  for (const place of places) {
    place.dataset.ready = 'loading';
    show(place)
      .then(() => (place.dataset.ready = 'yes'))
      // The plain fields are still there and ask the same.
      .catch(() => (place.dataset.ready = 'no'));
  }
}
