// A form's fields are checked before it is sent, by the rules that the server gave with each and in its words.
// The server checks again; what this misses it finds.

const { decimal = '.', group = ',' } = document.documentElement.dataset;
const literal = (mark) => mark.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const grouped = new RegExp(`^[+-]?\\d{1,3}(${literal(group)}\\d{3})+(${literal(decimal)}\\d*)?$`);

/** As `plain_number` of the server's locale_formats.py reads it. */
const plainNumber = (text) => {
  const packed = text.replace(/[\s\u00a0\u202f'’]/g, '');
  return (grouped.test(packed) ? packed.replaceAll(group, '') : packed).replace(/^([^.,]*),([^.,]*)$/, '$1.$2');
};

const reads = {
  integer: (text) => /^[+-]?\d+$/.test(plainNumber(text.trim())),
  number: (text) => /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(plainNumber(text.trim())),
  json: (text) => {
    try {
      JSON.parse(text);
      return true;
    } catch {
      return false;
    }
  },
};
reads.decimal = reads.number;

const breaks = {
  min: (text, bound) => Number(plainNumber(text)) < Number(bound),
  max: (text, bound) => Number(plainNumber(text)) > Number(bound),
  minlength: (text, bound) => [...text].length < Number(bound),
  maxlength: (text, bound) => [...text].length > Number(bound),
  pattern: (text, bound) => {
    try {
      return !new RegExp(`^(?:${bound})$`, 'u').test(text);
    } catch {
      return false; // A pattern of another dialect: the server knows it.
    }
  },
};

function valueOf(field) {
  const inputs = [...field.querySelectorAll('input, select, textarea')].filter((each) => each.type !== 'hidden');
  const boxes = inputs.filter((each) => ['checkbox', 'radio'].includes(each.type));
  if (boxes.length) return boxes.some((each) => each.checked) ? 'chosen' : '';
  return inputs[0]?.value ?? '';
}

function problem(field) {
  const check = JSON.parse(field.dataset.check);
  const text = valueOf(field);
  if (check.kind === 'boolean') return '';
  if (!text.trim()) return check.needed ?? '';
  if (reads[check.kind] && !reads[check.kind](text)) return check.unreadable;
  return (check.rules ?? []).find((rule) => breaks[rule.name]?.(text, rule.bound))?.message ?? '';
}

function show(field, words) {
  const place = field.querySelector('.field-error');
  if (!place) return;
  place.querySelector('span').textContent = words;
  place.hidden = !words;
  for (const input of field.querySelectorAll('.form-control, .form-select, .form-check-input')) {
    input.classList.toggle('is-invalid', Boolean(words));
    if (words) input.setAttribute('aria-invalid', 'true');
    else input.removeAttribute('aria-invalid');
  }
}

export function checkForms() {
  document.addEventListener(
    'submit',
    (event) => {
      const { target, submitter } = event;
      if (submitter?.hasAttribute('formaction')) return;
      const wrong = [...target.querySelectorAll('[data-check]')].filter((field) => {
        if (field.closest('[hidden], details:not([open])')) return false;
        const words = problem(field);
        show(field, words);
        return words;
      });
      if (!wrong.length) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      wrong[0].querySelector('input:not([type=hidden]), select, textarea')?.focus();
    },
    true,
  );
  // What was wrong is right as soon as it is; nobody is told of a mistake while still typing the first time.
  document.addEventListener('input', (event) => {
    const field = event.target.closest('[data-check]');
    if (field && !field.querySelector('.field-error')?.hidden) show(field, problem(field));
  });
  document.addEventListener('change', (event) => {
    const field = event.target.closest('[data-check]');
    if (field && valueOf(field)) show(field, problem(field));
  });
  const first = document.querySelector('[data-problem]');
  first?.focus();
}
