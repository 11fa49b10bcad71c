// The words that scripts say, in the reader's language: the page brings them, by their English text.
const known = JSON.parse(document.getElementById('words')?.textContent ?? '{}');

export function _(text, values = {}) {
  return (known[text] ?? text).replace(/%\((\w+)\)s/g, (hole, name) => values[name] ?? hole);
}
