// The task pages: selecting several, and naming people in a comment.
import { _ } from './words.js';

function count() {
  const said = document.querySelector('[data-selected]');
  if (!said) return;
  const number = document.querySelectorAll('.pick input:checked').length;
  said.textContent = number === 1 ? _('1 task selected') : _('%(number)s tasks selected', { number });
}

function selection() {
  document.addEventListener('change', (event) => event.target.closest('.pick') && count());
  document.addEventListener('reset', () => setTimeout(count));
  document.addEventListener('click', (event) => {
    if (!event.target.closest('[data-select-all]')) return;
    for (const box of document.querySelectorAll('.pick input')) box.checked = true;
    count();
  });
}

/** The name being typed behind an @, before the caret. */
function begun(area) {
  const before = area.value.slice(0, area.selectionStart);
  return before.match(/(?:^|[^\w@.])@([\w.-]*)$/)?.[1];
}

function people(letters) {
  const wanted = letters.toLowerCase();
  const all = [...document.querySelectorAll('#people option')];
  const begins = (each) => each.value.toLowerCase().startsWith(wanted) || each.textContent.toLowerCase().startsWith(wanted);
  const holds = (each) => !begins(each) && each.textContent.toLowerCase().includes(wanted);
  return [...all.filter(begins), ...all.filter(holds)].slice(0, 8);
}

function close(area) {
  area.form.querySelector('.suggestions')?.remove();
  area.removeAttribute('aria-activedescendant');
}

function take(area, name) {
  const start = area.selectionStart - begun(area).length;
  area.setRangeText(`${name} `, start, area.selectionStart, 'end');
  close(area);
  area.focus();
  area.dispatchEvent(new Event('input', { bubbles: true }));
}

function suggest(area) {
  close(area);
  const letters = begun(area);
  const found = letters === undefined ? [] : people(letters);
  if (!found.length || (found.length === 1 && found[0].value === letters)) return;
  const list = document.createElement('div');
  list.className = 'suggestions';
  list.setAttribute('role', 'listbox');
  list.setAttribute('aria-label', 'People');
  found.forEach((person, index) => {
    const line = document.createElement('button');
    line.type = 'button';
    line.id = `person-${index}`;
    line.tabIndex = -1;
    line.setAttribute('role', 'option');
    line.setAttribute('aria-selected', String(index === 0));
    line.textContent = person.textContent === person.value ? person.value : `${person.textContent} (${person.value})`;
    line.addEventListener('mousedown', (event) => event.preventDefault());
    line.addEventListener('click', () => take(area, person.value));
    list.append(line);
  });
  area.after(list);
  area.setAttribute('aria-activedescendant', 'person-0');
}

function mentionKeys(event) {
  const area = event.target.closest?.('[data-mentions]');
  const lines = [...(area?.form.querySelectorAll('.suggestions button') ?? [])];
  if (!lines.length) return;
  const at = lines.findIndex((line) => line.getAttribute('aria-selected') === 'true');
  if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
    const next = (at + (event.key === 'ArrowDown' ? 1 : -1) + lines.length) % lines.length;
    lines.forEach((line, index) => line.setAttribute('aria-selected', String(index === next)));
    area.setAttribute('aria-activedescendant', lines[next].id);
  } else if (event.key === 'Enter' || event.key === 'Tab') lines[at].click();
  else if (event.key === 'Escape') close(area);
  else return;
  event.preventDefault();
}

export function tasks() {
  selection();
  document.addEventListener('keydown', mentionKeys, true);
  document.addEventListener('input', (event) => event.target.matches('[data-mentions]') && suggest(event.target));
  document.addEventListener('focusout', (event) => event.target.matches('[data-mentions]') && close(event.target));
}
