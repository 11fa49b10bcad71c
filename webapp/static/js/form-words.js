// What form-js says, in the words of every other form here and in the reader's language.
import { _ } from './words.js';

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
  'Skip to search': () => _('Go to the search'),
  '{page} of {total}': (values) => _('%(page)s of %(total)s', values),
  '{value} files selected': (values) => _('%(value)s files are chosen', values),
  'Click to sort by {value} ascending': (values) => _('Sort by %(value)s, smallest first', values),
  'Click to sort by {value} descending': (values) => _('Sort by %(value)s, largest first', values),
  'Click to remove sorting': () => _('Sort no more'),
  Increment: () => _('More'),
  Decrement: () => _('Less'),
  Collapse: () => _('Show fewer'),
  'Expand all ({value})': (values) => _('Show all %(value)s', values),
  "External content couldn't be loaded.": () => _('What stands here could not be loaded.'),
  'Unable to download document': () => _('The document could not be loaded.'),
};

export function translate(text, values = {}) {
  return SAID[text]?.(values) ?? text.replace(/\{(\w+)\}/g, (hole, name) => values[name] ?? hole);
}

/** What its calendar calls months and days, and with which day a week begins. */
export function calendar() {
  const { lang, dataset } = document.documentElement;
  const names = (options, dates) => dates.map((date) => new Intl.DateTimeFormat(lang, { timeZone: 'UTC', ...options }).format(date));
  // 2023 began on a Sunday.
  const days = Array.from({ length: 7 }, (_, index) => new Date(Date.UTC(2023, 0, index + 1)));
  const months = Array.from({ length: 12 }, (_, index) => new Date(Date.UTC(2023, index, 1)));
  return {
    weekdays: { shorthand: names({ weekday: 'short' }, days), longhand: names({ weekday: 'long' }, days) },
    months: { shorthand: names({ month: 'short' }, months), longhand: names({ month: 'long' }, months) },
    firstDayOfWeek: Number(dataset.weekStart),
    monthAriaLabel: _('Month'),
    yearAriaLabel: _('Year'),
  };
}
