// The command palette: Ctrl/⌘ K opens it, letters find, arrows choose, Enter goes.

const dialog = () => document.querySelector('#palette');
const lines = () => [...dialog().querySelectorAll('[role=option]')];

function choose(by) {
  const all = lines();
  if (!all.length) return;
  const at = all.findIndex((line) => line.getAttribute('aria-selected') === 'true');
  const next = at < 0 ? 0 : (at + by + all.length) % all.length;
  all.forEach((line, index) => line.setAttribute('aria-selected', String(index === next)));
  all[next].scrollIntoView({ block: 'nearest' });
  dialog().querySelector('input').setAttribute('aria-activedescendant', all[next].id);
}

export function openPalette() {
  const found = dialog();
  if (!found || found.open) return;
  found.showModal();
  const input = found.querySelector('input');
  input.select();
  window.htmx?.trigger(input, 'palette');
}

export function palette() {
  const found = dialog();
  if (!found) return;
  document.addEventListener('click', (event) => {
    if (event.target.closest('[data-open-palette]')) openPalette();
    if (event.target === found) found.close();
  });
  found.addEventListener('keydown', (event) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      choose(event.key === 'ArrowDown' ? 1 : -1);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      (lines().find((line) => line.getAttribute('aria-selected') === 'true') ?? lines()[0])?.click();
    }
  });
  found.addEventListener('htmx:afterSwap', (event) => {
    event.stopPropagation();
    found.querySelector('input').removeAttribute('aria-activedescendant');
    choose(1);
  });
  if (/Mac|iPhone|iPad/.test(navigator.platform)) {
    for (const key of document.querySelectorAll('[data-modifier]')) key.textContent = `⌘ ${key.dataset.modifier}`;
  }
}
