// A diagram on a page: <figure class="diagram" data-source="address of the XML" data-overlay='{"<element id>": {...}}'>.
// Each element of the overlay may have `markers` (class names), `discs` ([{text or sign, kind: [names], title}]).
import { _ } from './words.js';

let loading;

/** The viewer's script and style come only with the first diagram of a page. */
function loadViewer() {
  loading ??= new Promise((resolve, reject) => {
    const base = new URL('../vendor/', import.meta.url);
    const style = document.createElement('link');
    style.rel = 'stylesheet';
    style.href = new URL('viewer.css', base).href;
    document.head.prepend(style);
    const script = document.createElement('script');
    script.src = new URL('viewer.js', base).href;
    script.onload = () => resolve(window.BpmnViewer);
    script.onerror = () => reject(new Error(_('The diagram viewer could not be loaded.')));
    document.head.append(script);
  });
  return loading;
}

const FONT = '"Inter Variable", system-ui, sans-serif';
const LABEL_SIZE = 11;
const MARGIN = 20;
const FOOT = 40; // the licence mark stands there
const MOST_ZOOM = 1.25;

function translate(text, values = {}) {
  if (text === 'Open {element}') return _('Open %(element)s', values);
  return text.replace(/\{(\w+)\}/g, (hole, name) => values[name] ?? hole);
}

const LOOK = {
  additionalModules: [{ translate: ['value', translate] }],
  bpmnRenderer: { defaultFillColor: 'var(--shape)', defaultStrokeColor: 'var(--stroke)', defaultLabelColor: 'var(--text)' },
  textRenderer: {
    defaultStyle: { fontFamily: FONT, fontSize: 12 },
    externalStyle: { fontSize: LABEL_SIZE },
  },
};

/** Colours carry meaning here, so those that the drawing brings are left out of the picture (not of the file). */
function dropColours(definitions) {
  for (const diagram of definitions.diagrams ?? []) {
    for (const shape of diagram.plane?.planeElement ?? []) {
      for (const name of ['bioc:fill', 'bioc:stroke', 'color:background-color', 'color:border-color']) {
        if (shape.get(name)) shape.set(name, undefined);
      }
      if (shape.label?.get?.('color:color')) shape.label.set('color:color', undefined);
    }
  }
}

/** Texts are laid out in our font: a label's box that is too narrow for its longest word grows around its centre. */
function widenLabels(definitions) {
  const pen = document.createElement('canvas').getContext('2d');
  pen.font = `${LABEL_SIZE}px ${FONT}`;
  for (const diagram of definitions.diagrams ?? []) {
    for (const shape of diagram.plane?.planeElement ?? []) {
      const box = shape.label?.bounds;
      const name = shape.bpmnElement?.name;
      if (!box || !name) continue;
      const needed = Math.max(...name.split(/\s+/).map((word) => pen.measureText(word).width)) + 4;
      if (box.width >= needed) continue;
      box.x -= (needed - box.width) / 2;
      box.width = needed;
    }
  }
}

/** Some tools say that a drawing shows the file as a whole: it shows its collaboration, or else its process. */
function mendPlanes(definitions) {
  const roots = definitions.rootElements ?? [];
  const shown = roots.find((each) => each.$type === 'bpmn:Collaboration') ?? roots.find((each) => each.$type === 'bpmn:Process');
  for (const diagram of definitions.diagrams ?? []) {
    if (diagram.plane?.bpmnElement?.$type === 'bpmn:Definitions') diagram.plane.bpmnElement = shown;
  }
}

/** As high as the drawing needs at the width there is, within what the page allows. */
function setHeight(viewer, target) {
  if (target.classList.contains('short')) return;
  const { inner } = viewer.get('canvas').viewbox();
  if (!inner.width) return;
  const scale = Math.min((target.clientWidth - 2 * MARGIN) / inner.width, MOST_ZOOM);
  target.style.height = `${Math.max(220, inner.height * scale + MARGIN + FOOT)}px`;
  viewer.get('canvas').resized();
}

function fit(viewer) {
  const canvas = viewer.get('canvas');
  const { outer, inner } = canvas.viewbox();
  if (!inner.width || !inner.height) return;
  const scale = Math.min((outer.width - 2 * MARGIN) / inner.width, (outer.height - MARGIN - FOOT) / inner.height, MOST_ZOOM);
  const width = outer.width / scale;
  const height = outer.height / scale;
  const above = MARGIN / scale + Math.max(0, (height - inner.height - (MARGIN + FOOT) / scale) / 2);
  canvas.viewbox({ x: inner.x - (width - inner.width) / 2, y: inner.y - above, width, height });
}

// The verdicts' signs, as beside their words on the page.
const SIGNS = {
  link: '<circle cx="8" cy="12" r="4.5"/><circle cx="16" cy="12" r="4.5"/>',
  hand: '<path d="M4 9h10.5M4 9v7.5h6.5a3 3 0 0 0 3-3V12h4.5a1.5 1.5 0 0 0 0-3H14"/>',
  dash: '<path d="M6 12h12"/>',
  cross: '<path d="m6.5 6.5 11 11M17.5 6.5l-11 11"/>',
};

function discOf({ text, sign, kind, title }) {
  const disc = document.createElement('div');
  disc.className = `disc ${kind.map((each) => `disc-${each}`).join(' ')}`;
  disc.title = title ?? '';
  if (sign in SIGNS) disc.innerHTML = `<svg class="icon" viewBox="0 0 24 24">${SIGNS[sign]}</svg>`;
  else disc.textContent = text;
  return disc;
}

/** At the corner; beside a gateway on the side where no name is written; at the start of a flow. */
function placeOf(element, place) {
  if (element.waypoints) return { bottom: 12, left: place * 28 };
  if (element.type.endsWith('Gateway')) {
    const below = element.label && element.label.y + element.label.height / 2 > element.y + element.height / 2;
    return { top: below ? -12 : 36, left: 36 + place * 28 };
  }
  return { top: -13, right: 13 + place * 28 };
}

function paint(viewer, overlay, before = {}) {
  const canvas = viewer.get('canvas');
  const registry = viewer.get('elementRegistry');
  const overlays = viewer.get('overlays');
  overlays.clear();
  for (const [id, { markers = [] }] of Object.entries(before)) {
    if (registry.get(id)) for (const marker of markers) canvas.removeMarker(id, marker);
  }
  for (const [id, { markers = [], discs = [] }] of Object.entries(overlay)) {
    const element = registry.get(id);
    if (!element) continue;
    for (const marker of markers) canvas.addMarker(id, marker);
    discs.forEach((disc, place) => {
      const position = placeOf(element, place);
      overlays.add(id, { position, html: discOf(disc), scale: { min: 0.5, max: 1.2 } });
    });
  }
}

function connectTools(figure, viewer) {
  const acts = {
    in: () => viewer.get('zoomScroll').stepZoom(1),
    out: () => viewer.get('zoomScroll').stepZoom(-1),
    fit: () => fit(viewer),
    full: () => (document.fullscreenElement ? document.exitFullscreen() : figure.requestFullscreen()),
  };
  figure.addEventListener('click', (event) => acts[event.target.closest('[data-act]')?.dataset.act]?.());
  figure.addEventListener('fullscreenchange', () => requestAnimationFrame(() => fit(viewer)));
}

/** A click on the diagram shows the row of the same element in a list, and the other way round. */
function connectList(viewer) {
  const canvas = viewer.get('canvas');
  const registry = viewer.get('elementRegistry');
  let chosen;
  const choose = (id) => {
    if (chosen && registry.get(chosen)) canvas.removeMarker(chosen, 'chosen');
    chosen = id;
    if (registry.get(id)) canvas.addMarker(id, 'chosen');
    for (const row of document.querySelectorAll('[data-element]')) {
      if (row.dataset.element === id) row.setAttribute('aria-current', 'true');
      else row.removeAttribute('aria-current');
    }
  };
  viewer.on('element.click', ({ element }) => {
    const id = element.labelTarget?.id ?? element.id;
    choose(id);
    document.querySelector(`[data-element="${CSS.escape(id)}"]`)?.scrollIntoView({ block: 'nearest' });
  });
  document.addEventListener('click', (event) => {
    const id = event.target.closest('[data-element]')?.dataset.element;
    if (!id || !registry.get(id)) return;
    choose(id);
    canvas.scrollToElement(id, 80);
  });
}

/** A file with several drawings: a list of them in the tool bar. Those of collapsed sub-processes open from their shapes. */
function connectPages(figure, viewer, redraw) {
  const pages = viewer.getDefinitions().diagrams.filter((each) => !each.plane?.bpmnElement?.$type.endsWith('SubProcess'));
  if (pages.length < 2) return;
  const list = document.createElement('select');
  list.className = 'form-select form-select-sm diagram-pages';
  list.ariaLabel = _('Drawing');
  pages.forEach((page, index) => list.add(new Option(page.name || page.plane?.bpmnElement?.name || _('Drawing %(number)s', { number: index + 1 }), index)));
  list.addEventListener('change', async () => {
    await viewer.open(pages[list.value]);
    redraw();
  });
  figure.querySelector('.diagram-tools').prepend(list);
}

async function show(figure) {
  const target = figure.querySelector('.diagram-canvas');
  const note = figure.querySelector('.diagram-state');
  try {
    const [Viewer, answer] = await Promise.all([loadViewer(), fetch(figure.dataset.source)]);
    if (!answer.ok) throw new Error(_('The diagram could not be fetched.'));
    const viewer = new Viewer({ container: target, ...LOOK });
    viewer.on('import.parse.complete', ({ definitions }) => {
      if (!definitions) return;
      mendPlanes(definitions);
      dropColours(definitions);
      widenLabels(definitions);
    });
    await document.fonts?.ready;
    await viewer.importXML(await answer.text());
    note?.remove();
    let shown = JSON.parse(figure.dataset.overlay || '{}');
    const redraw = () => {
      setHeight(viewer, target);
      fit(viewer);
      paint(viewer, shown);
    };
    redraw();
    // Another moment of the same process: the marks change, the drawing stays where the reader has moved it.
    figure.addEventListener('overlay', ({ detail }) => {
      paint(viewer, detail, shown);
      shown = detail;
    });
    connectPages(figure, viewer, redraw);
    connectTools(figure, viewer);
    connectList(viewer);
    figure.dataset.ready = 'yes';
  } catch (error) {
    figure.querySelector('.djs-container, .bjs-container')?.remove();
    figure.dataset.ready = 'no';
    if (note) note.textContent = _('The diagram cannot be shown: %(reason)s The list of elements says the same in words.', { reason: error.message });
  }
}

export function showDiagrams(figures) {
  for (const figure of figures) {
    figure.dataset.ready = 'loading';
    show(figure);
  }
}
