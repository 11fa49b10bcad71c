// A form-js form takes the place of the plain fields: <div data-form-js data-schema data-values>. What it gathers is sent
// as one document beside the page's own fields; the server checks it by the same schema again.
import { touched } from './drafts.js';
import { _ } from './words.js';

// What form-js says of an answer, said in the words of every other form here and in the reader's language.
const SAID = {
  'Field is required.': () => _('This is needed.'),
  'Field must match pattern {value}.': () => _('This does not have the form that is asked for.'),
  'Field must have minimum value of {value}.': (values) => _('This must be at least %(bound)s.', { bound: values.value }),
  'Field must have maximum value of {value}.': (values) => _('This must be at most %(bound)s.', { bound: values.value }),
  'Field must have minimum length of {value}.': (values) => _('Write at least %(bound)s characters.', { bound: values.value }),
  'Field must have maximum length of {value}.': (values) => _('Write at most %(bound)s characters.', { bound: values.value }),
  'Field must be a valid email.': () => _('Write an e-mail address, for example ann@example.org.'),
  'Field must be a valid international phone number. (e.g. +4930664040900)': () =>
    _('Write a telephone number, for example +49 30 1234567.'),
  'Value is not a number.': () => _('Write a number, for example 12.5.'),
  'Value is expected to be an integer.': () => _('Write a whole number, for example 12.'),
  'Value is expected to have at most 1 decimal digit.': () => _('Write at most one digit behind the point.'),
  'Value is expected to have at most {value} decimal digits.': (values) =>
    _('Write at most %(value)s digits behind the point.', values),
  'Please select a valid value, the two nearest valid values are {previousValue} and {nextValue}.': (values) =>
    _('This goes in steps: %(previousValue)s or %(nextValue)s are next to it.', values),
  'Date and time must both be entered.': () => _('Write a date and time, for example 2026-03-31 14:30.'),
  'Add new': () => _('Add one'),
  'All values selected': () => _('All are chosen'),
  'Download {fileName}': (values) => _('Download %(fileName)s', values),
  'Next page': () => _('Next page'),
  'Previous page': () => _('Previous page'),
  'No files selected': () => _('No file is chosen'),
  'No results': () => _('Nothing found'),
  'Nothing to show.': () => _('Nothing to show.'),
  'Remove tag': () => _('Remove'),
  Search: () => _('Search'),
};

function translate(text, values = {}) {
  return SAID[text]?.(values) ?? text.replace(/\{(\w+)\}/g, (hole, name) => values[name] ?? hole);
}

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
    script.onload = () => resolve(window.FormViewer);
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
