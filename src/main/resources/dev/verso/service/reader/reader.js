// The page: brings articles, shows them side by side, and answers to pointer and keyboard.

import { html, nothing, render } from 'lit-html';
import * as api from './api.js';
import * as anchors from './anchors.js';
import { begun, french, ofBeads, ofBitext, streamed } from './article.js';
import { light, litRow, mark, paint, pointed, ranges, side } from './highlights.js';
import { PAGE, corpusView, going, helpView, libraryView, settingsView } from './library.js';
import { checkPanel, quotesPanel, tracePanel } from './panels.js';
import { words } from './words.js';

/** Sentences with less are marked: as in the page that `verso translate --to html` writes. */
const LOW = 0.5;

const state = {
  view: /** @type {'start' | 'read' | 'library' | 'corpus' | 'help' | 'settings'} */ ('start'),
  article: /** @type {import('./article.js').Article | null} */ (null),
  draft: '',
  human: '',
  panel: /** @type {'' | 'quotes' | 'check' | 'trace'} */ (''),
  busy: false,
  problem: '',
  said: '',
  folded: true,
  editing: -1,
  expected: 0,
  stop: /** @type {AbortController | null} */ (null),
  check: { text: '', busy: false, checks: /** @type {any[]} */ ([]), problem: '' },
  trace: { english: '', busy: false, found: /** @type {any} */ (null), problem: '' },
  library: {
    articles: /** @type {any[]} */ ([]), jobs: /** @type {any[]} */ ([]),
    glossaries: /** @type {any[]} */ ([]), memories: /** @type {any[]} */ ([]), problem: '',
  },
  corpus: { id: '', part: 'corpus', contains: '', from: 0, page: /** @type {any} */ (null), problem: '' },
  settings: {
    models: /** @type {any[]} */ ([]), key: api.key(), kept: false, said: '', problem: '',
    repository: 'Xenova/opus-mt-fr-en', precision: 'fp32', offer: /** @type {any} */ (null), pull: /** @type {any} */ (null),
  },
};

// ---- drawing

let drawn = false;

/** Draws soon; once for all that changes until then. */
function draw() {
  if (drawn) return;
  drawn = true;
  requestAnimationFrame(() => {
    drawn = false;
    render(page(), /** @type {HTMLElement} */ (document.getElementById('app')));
  });
}

const page = () => html`
  <a class="skip" href="#text">Skip to the text</a>
  <header class="bar">
    <button class="plain brand" @click=${() => show('start')}><img src="/reader/verso.svg" alt="" width="22" height="22"> Verso</button>
    <nav aria-label="Verso">
      ${tab('start', 'New')}${state.article ? tab('read', 'Article') : nothing}${tab('library', 'Library')}
      ${tab('settings', 'Settings')}${tab('help', 'Help')}
    </nav>
    ${state.view === 'read' && state.article ? tools(state.article) : nothing}
  </header>
  <p class="status" role="status" aria-live="polite">${state.said}</p>
  ${state.problem ? html`<p class="problem" role="alert">${state.problem}
    <button class="small" @click=${() => { state.problem = ''; draw(); }}>Close</button></p>` : nothing}
  <main id="text" tabindex="-1">${view()}</main>`;

const tab = (/** @type {any} */ name, /** @type {string} */ label) => html`<button class="tab"
  aria-current=${state.view === name ? 'page' : 'false'} @click=${() => show(name)}>${label}</button>`;

function view() {
  switch (state.view) {
    case 'library': return libraryView(state.library, { open, remove, result, browse, cancel });
    case 'corpus': return corpusView(state.corpus, { look, leave: () => show('library') });
    case 'help': return helpView();
    case 'settings': return settingsView(state.settings, { saveKey, choose, offer, pull, endPull });
    case 'read': return state.article ? reading(state.article) : start();
    default: return start();
  }
}

const start = () => html`<section class="sheet start" aria-labelledby="start-title">
  <h1 id="start-title">Read French in English, and see the French behind every word</h1>
  <form @submit=${(/** @type {Event} */ event) => { event.preventDefault(); begin({ text: state.draft }); }}>
    <label for="draft">Paste a French article, or drop a file anywhere on this page:</label>
    <textarea id="draft" rows="12" lang="fr" .value=${state.draft}
      @input=${(/** @type {any} */ event) => { state.draft = event.target.value; draw(); }}></textarea>
    <p class="actions">
      <button class="main" id="translate" ?disabled=${!state.draft.trim()}>Translate</button>
      <label class="file">Open a file<input type="file" id="file" @change=${(/** @type {any} */ event) => chosen(event.target)}></label>
    </p>
    <details><summary>There is a person's translation, too</summary>
      <label for="human">Its English; the two are aligned sentence by sentence instead of translated:</label>
      <textarea id="human" rows="8" lang="en" .value=${state.human}
        @input=${(/** @type {any} */ event) => { state.human = event.target.value; draw(); }}></textarea>
      <button id="align" type="button" ?disabled=${!state.draft.trim() || !state.human.trim()}
        @click=${() => align(state.draft, state.human)}>Align</button>
    </details>
  </form>
</section>`;

const tools = (/** @type {import('./article.js').Article} */ article) => html`<div class="tools" role="group" aria-label="Article">
  ${panelButton('quotes', `Quotes${article.quotes.length ? ` (${article.quotes.length})` : ''}`)}
  ${article.human ? nothing : html`${panelButton('check', 'Check')}${panelButton('trace', 'Trace')}`}
  ${article.id ? html`<details class="export"><summary>Export</summary><ul>
    ${['html', 'docx', 'text', 'tsv', 'json', 'tmx', 'xliff'].map((format) => html`<li><button class="plain"
      @click=${() => download(format)}>${format.toUpperCase()}</button></li>`)}</ul></details>` : nothing}
  <button class="small" @click=${() => print()}>Print</button>
</div>`;

const panelButton = (/** @type {any} */ name, /** @type {string} */ label) => html`<button class="small" id="panel-${name}"
  aria-expanded=${state.panel === name ? 'true' : 'false'} aria-controls="panel"
  @click=${() => togglePanel(name)}>${label}</button>`;

function reading(/** @type {import('./article.js').Article} */ article) {
  const boilerplate = article.rows.filter((row) => row.kind === 'boilerplate').length;
  return html`<div class="reading ${state.panel ? 'with-panel' : ''}">
    <article aria-label=${article.title}>
      <header class="head">
        <h1 lang="fr">${article.title}</h1>
        <p class="byline">${[article.metadata.author, article.metadata.site, article.metadata.date, article.metadata.url]
          .filter(Boolean).join(' · ')}</p>
        <p class="label">${article.human
          ? html`<strong>A person's translation</strong>, aligned by Verso; ${article.model}.`
          : html`<strong>Machine translation</strong> French → English${article.model ? html` by <b>${article.model}</b>` : nothing},
              not revised by a person. The French is the original and alone counts.`}</p>
        ${article.notices.map((notice) => html`<p class="note">${notice}</p>`)}
        ${state.busy ? html`<p class="progress"><progress max="1" value=${progress(article)}></progress>
          ${article.rows.length} sentences <button class="small" id="cancel" @click=${() => state.stop?.abort()}>Cancel</button></p>` : nothing}
      </header>
      <div class="row heads" aria-hidden="true"><div>French · original</div>
        <div>English · ${article.human ? 'a person’s' : 'machine translation'}</div></div>
      ${boilerplate ? html`<button class="fold" aria-expanded=${state.folded ? 'false' : 'true'}
        @click=${() => { state.folded = !state.folded; draw(); }}>${state.folded ? '▸' : '▾'}
        ${boilerplate} sentence${boilerplate === 1 ? '' : 's'} of the page around the article</button>` : nothing}
      <div class="rows ${state.folded ? 'folded' : ''}" @pointermove=${pointer} @click=${click} @keydown=${rowKey}>
        ${article.rows.map((row) => rowView(article, row))}
      </div>
    </article>
    ${state.panel ? html`<aside id="panel" aria-label=${state.panel}>
      <button class="small close" aria-label="Close the panel" @click=${() => togglePanel(state.panel)}>✕</button>
      ${panel(article)}</aside>` : nothing}
  </div>`;
}

/** @param {import('./article.js').Article} article */
const progress = (article) => {
  const last = article.rows[article.rows.length - 1];
  return last && article.text ? Math.min(1, last.source[1] / article.text.length) : 0;
};

function rowView(/** @type {import('./article.js').Article} */ article, /** @type {import('./article.js').Row} */ row) {
  const doubtful = row.quality !== null && row.quality < LOW && row.edit === null && !article.human;
  const english = row.edit ?? row.en;
  return html`<section class="row ${row.kind} ${row.first ? 'first' : ''}">
    <div class="cell" lang="fr"><p class="side ${doubtful ? 'doubt' : ''}" id="fr${row.n}"
      tabindex=${row.n === 0 ? '0' : '-1'}>${row.fr}</p></div>
    <div class="cell english" lang="en">${state.editing === row.n ? editor(row, english) : html`<p
      class="side ${doubtful ? 'doubt' : ''} ${row.edit === null ? '' : 'edited'}" id="en${row.n}">${english || nothing}</p>
      ${english ? nothing : html`<i class="none">not translated</i>`}`}
      ${row.edit === null ? row.notes.map((note) => html`<p class="note">${note}</p>`) : html`<p class="note corrected">corrected
        <button class="small" @click=${() => undo(row)}>Undo</button></p>`}
      ${article.id && !article.human && state.editing !== row.n && english ? html`<button class="edit small"
        aria-label="Correct sentence ${row.n + 1}" @click=${() => edit(row)}>✎</button>` : nothing}
    </div>
  </section>`;
}

const editor = (/** @type {import('./article.js').Row} */ row, /** @type {string} */ english) => html`<form class="editor"
  @submit=${(/** @type {any} */ event) => { event.preventDefault(); save(row, event.target.elements.english.value); }}>
  <textarea name="english" id="editor" rows="3" aria-label="English of sentence ${row.n + 1}" .value=${english}
    @keydown=${(/** @type {any} */ event) => {
      event.stopPropagation();
      if (event.key === 'Escape') leave(row);
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) save(row, event.target.value);
    }}></textarea>
  <button class="small" id="save">Keep</button>
  <button class="small" type="button" @click=${() => leave(row)}>Leave</button>
</form>`;

function panel(/** @type {import('./article.js').Article} */ article) {
  if (state.panel === 'quotes') return quotesPanel(article, { jump, copy });
  if (state.panel === 'check') {
    return checkPanel(state.check, {
      input: (text) => { state.check.text = text; draw(); },
      run: check,
      show: showPassage,
    });
  }
  return tracePanel(state.trace);
}

// ---- going about

/** @param {typeof state.view} name */
async function show(name) {
  state.view = name;
  draw();
  if (name === 'library') await load(state.library, library);
  if (name === 'settings') await load(state.settings, models);
}

/** @param {{problem: string}} part @param {() => Promise<void>} work */
async function load(part, work) {
  part.problem = '';
  try {
    await work();
  } catch (error) {
    part.problem = String(/** @type {Error} */ (error).message);
  }
  draw();
}

async function library() {
  const [articles, jobs, glossaries, memories] = await Promise.allSettled([
    api.get('/v1/articles'), api.get('/v1/jobs'), api.get('/v1/glossaries'), api.get('/v1/memories'),
  ]);
  if (articles.status === 'rejected') throw articles.reason;
  state.library.articles = articles.value.articles;
  state.library.jobs = jobs.status === 'fulfilled' ? jobs.value.jobs : [];
  state.library.glossaries = glossaries.status === 'fulfilled' ? glossaries.value.glossaries : [];
  state.library.memories = memories.status === 'fulfilled' ? memories.value.memories : [];
}

/** @param {any} job */
async function result(job) {
  await load(state.library, () => saved(`/v1/jobs/${job.id}/documents/0`, 'result'));
}

/** @param {string} id of the job that built the corpus */
function browse(id) {
  Object.assign(state.corpus, { id, part: 'corpus', contains: '', from: 0, page: null });
  state.view = 'corpus';
  look({});
}

/** @param {object} change of what is shown of the corpus */
async function look(change) {
  Object.assign(state.corpus, change);
  const { id, part, contains, from } = state.corpus;
  await load(state.corpus, async () => {
    state.corpus.page = await api.get(`/v1/corpora/${id}/pairs?${new URLSearchParams({
      part, contains, from: String(from), count: String(PAGE),
    })}`);
  });
}

/** @param {any} job */
async function cancel(job) {
  await load(state.library, async () => {
    await api.request(`/v1/jobs/${job.id}/cancel`, { method: 'POST' });
    await library();
  });
}

// A job's progress is looked at again while it is shown.
setInterval(() => {
  if (state.view === 'library' && state.library.jobs.some((job) => !job.finished)) {
    load(state.library, library);
  }
}, 3000);

async function models() {
  const [listed, pulls] = await Promise.allSettled([api.get('/v1/models'), api.get('/v1/models/pulls')]);
  if (listed.status === 'rejected') throw listed.reason;
  state.settings.models = listed.value.models ?? [];
  state.settings.pull = pulls.status === 'fulfilled' ? pulls.value.pulls[0] ?? null : null;
}

/** @param {string} name */
async function choose(name) {
  await load(state.settings, async () => {
    await api.put('/v1/models/chosen', { name });
    await models();
  });
}

/** @param {string} repository @param {string} precision */
async function offer(repository, precision) {
  Object.assign(state.settings, { repository, precision, offer: null, pull: null });
  await load(state.settings, async () => {
    state.settings.offer = await api.get(`/v1/models/offer?${new URLSearchParams({ repository, precision })}`);
  });
}

async function pull() {
  const { repository, precision } = state.settings;
  await load(state.settings, async () => {
    state.settings.pull = await api.post('/v1/models/pulls', { repository, precision, use: true });
    state.settings.offer = null;
  });
}

async function endPull() {
  await load(state.settings, async () => {
    await api.remove('/v1/models/pulls');
    await models();
  });
}

setInterval(() => {
  if (state.view === 'settings' && state.settings.pull && going(state.settings.pull)) {
    load(state.settings, models);
  }
}, 1000);

/** @param {string} key @param {boolean} kept */
function saveKey(key, kept) {
  api.setKey(key, kept);
  Object.assign(state.settings, { key, kept, said: key ? 'Saved.' : 'Forgotten.' });
  show('settings');
}

/** @param {any} error */
function failed(error) {
  if (error instanceof DOMException && error.name === 'AbortError') {
    state.said = 'Cancelled.';
  } else {
    state.problem = String(error.message ?? error);
  }
}

function say(/** @type {string} */ text) {
  state.said = text;
  draw();
}

// ---- bringing articles

/** @param {{text?: string, file?: File}} asked */
async function begin(asked) {
  state.stop?.abort();
  const stop = new AbortController();
  Object.assign(state, {
    stop, busy: true, problem: '', said: 'Translating…', view: 'read', editing: -1,
    check: { text: '', busy: false, checks: [], problem: '' },
    trace: { english: '', busy: false, found: null, problem: '' },
  });
  let article = begun(asked.file?.name ?? 'pasted text', asked.text ?? '');
  state.article = article;
  const began = performance.now();
  draw();
  try {
    const memory = await corrections();
    let bitext = null;
    let id = null;
    await api.translate({ ...asked, name: 'pasted text', memory }, (event, data) => {
      if (event === 'segment') {
        if (!article.rows.length) performance.measure('verso-first-english', { start: began });
        article.rows.push(streamed(data));
        draw();
      }
      if (event === 'done') bitext = data;
      if (event === 'kept') id = data.id;
    }, stop.signal);
    const kept = id ? await api.get('/v1/articles/' + id) : null;
    article = ofBitext(bitext, kept?.text ?? asked.text ?? '', kept?.edits ?? {});
    article.id = id;
    if (state.stop === stop) {
      state.article = article;
      if (id) history.replaceState(null, '', '#article=' + id);
      const doubtful = article.rows.filter((row) => row.quality !== null && row.quality < LOW).length;
      state.said = `${article.rows.length} sentences, ${doubtful} worth a check, ${article.quotes.length} quotes.`;
    }
  } catch (error) {
    if (state.stop === stop) {
      failed(error);
      if (!article.rows.length) state.view = 'start';
    }
  }
  if (state.stop === stop) Object.assign(state, { busy: false, stop: null });
  draw();
}

/** @returns {Promise<string | undefined>} the memory of the reader's corrections */
async function corrections() {
  try {
    const { memories } = await api.get('/v1/memories');
    return memories.find((/** @type {any} */ one) => one.name === 'Corrections')?.id;
  } catch {
    return undefined; // without the scope for memories, a translation is one all the same
  }
}

/** @param {string} source @param {string} target */
async function align(source, target) {
  Object.assign(state, { busy: true, problem: '', said: 'Aligning…' });
  draw();
  try {
    const aligned = await api.post('/v1/align', { source, target, words: true });
    state.article = ofBeads(aligned, source);
    Object.assign(state, { view: 'read', panel: '', said: `${state.article.rows.length} pairs of sentences.` });
  } catch (error) {
    failed(error);
  }
  state.busy = false;
  draw();
}

/** @param {HTMLInputElement} input */
function chosen(input) {
  const file = input.files?.[0];
  input.value = '';
  if (file) begin({ file });
}

document.addEventListener('dragover', (event) => event.preventDefault());
document.addEventListener('drop', async (event) => {
  event.preventDefault();
  const file = event.dataTransfer?.files[0];
  if (!file) return;
  const right = state.view === 'read' && state.article?.done && event.clientX > window.innerWidth / 2;
  if (right && state.article) {
    align(state.article.text, await file.text());
  } else {
    begin({ file });
  }
});

/** @param {string} id @param {string} [hash] that led here */
async function open(id, hash = '') {
  try {
    const kept = await api.get('/v1/articles/' + encodeURIComponent(id));
    state.article = ofBitext(kept.bitext, kept.text, kept.edits);
    state.article.id = id;
    Object.assign(state, { view: 'read', problem: '', said: '', panel: '', editing: -1 });
    if (!hash) history.replaceState(null, '', '#article=' + id);
    draw();
    const anchor = anchors.parse(hash);
    const span = anchor ? anchors.find(kept.text, anchor) : null;
    if (span) requestAnimationFrame(() => requestAnimationFrame(() => toSpan(span)));
  } catch (error) {
    failed(error);
    draw();
  }
}

/** @param {string} id */
async function remove(id) {
  await load(state.library, async () => {
    await api.remove('/v1/articles/' + id);
    if (state.article?.id === id) state.article = null;
    await library();
  });
}

/** @param {string} format */
async function download(format) {
  try {
    await saved(`/v1/articles/${state.article?.id}/export?to=${format}`, 'article.' + format);
  } catch (error) {
    failed(error);
    draw();
  }
}

/** @param {string} path of what is saved as a file @param {string} standard its name if it has none */
async function saved(path, standard) {
  const response = await api.request(path);
  const name = /filename\*?=(?:UTF-8'')?"?([^";]+)/.exec(response.headers.get('Content-Disposition') ?? '');
  const link = document.createElement('a');
  link.href = URL.createObjectURL(await response.blob());
  link.download = name ? decodeURIComponent(name[1]) : standard;
  link.click();
  URL.revokeObjectURL(link.href);
}

// ---- pointing

const rowOf = (/** @type {number} */ n) => state.article?.rows[n];

/** @param {PointerEvent} event */
function pointer(event) {
  if (event.pointerType === 'touch') return;
  const at = pointed(event, rowOf);
  if (!at) return;
  light(at.row.n);
  mark(at.row, at.language, at.word);
}

/** @param {MouseEvent} event */
function click(event) {
  const at = pointed(event, rowOf);
  if (!at) return;
  light(at.row.n);
  mark(at.row, at.language, at.word);
  focusRow(at.row.n, false);
}

/** @param {number} n @param {boolean} moved whether to bring it into view */
function focusRow(n, moved) {
  for (const node of document.querySelectorAll('.side[tabindex="0"]')) node.setAttribute('tabindex', '-1');
  const node = side(n, 'fr');
  node?.setAttribute('tabindex', '0');
  if (moved) {
    node?.focus({ preventScroll: true });
    node?.scrollIntoView({ block: 'nearest' });
  }
}

let word = -1;

/** @param {KeyboardEvent} event */
function rowKey(event) {
  if (event.altKey || event.ctrlKey || event.metaKey || !state.article) return;
  const rows = [...document.querySelectorAll('.rows .row')];
  const shown = rows.filter((node) => node instanceof HTMLElement && node.offsetParent !== null)
    .map((node) => Number(node.querySelector('.side')?.id.slice(2)));
  const now = litRow() >= 0 ? litRow() : shown[0];
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) {
    event.preventDefault();
    const next = shown[Math.min(shown.length - 1, Math.max(0, shown.indexOf(now) + step))];
    word = -1;
    light(next);
    mark(null, 'fr', null);
    focusRow(next, true);
  }
  const along = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  const row = rowOf(now);
  if (along && row) {
    event.preventDefault();
    const all = words(row.fr);
    word = Math.min(all.length - 1, Math.max(0, word + along));
    light(now);
    const linked = mark(row, 'fr', all[word] ?? null);
    say(all[word] ? `${row.fr.slice(...all[word])}: ${linked || 'no link'}` : '');
  }
  if (event.key === 'e' && row && state.article.id) {
    event.preventDefault();
    event.stopPropagation();
    edit(row);
  }
}

document.addEventListener('keydown', (event) => {
  const typing = event.target instanceof Element && event.target.closest('input, textarea, select');
  if (typing || event.altKey || event.ctrlKey || event.metaKey) return;
  if (event.key === 'Escape') {
    light(-1);
    mark(null, 'fr', null);
    paint('quote', []);
    if (state.panel) togglePanel(state.panel);
  }
  if (event.key === 'n') show('start');
  if (event.key === 'l') show('library');
  if (event.key === '?') show('help');
  if (state.view === 'read' && state.article) {
    if (event.key === 'q') togglePanel('quotes');
    if (event.key === 'c' && !state.article.human) togglePanel('check');
    if (event.key === 't' && !state.article.human) togglePanel('trace');
    if (event.key === 'ArrowDown' && !(event.target instanceof Element && event.target.closest('.rows'))) {
      focusRow(Math.max(0, litRow()), true);
      light(Math.max(0, litRow()));
      event.preventDefault();
    }
  }
});

let selecting = 0;
document.addEventListener('selectionchange', () => {
  clearTimeout(selecting);
  selecting = setTimeout(() => {
    const text = getSelection()?.toString().replace(/\s+/g, ' ').trim() ?? '';
    const cell = getSelection()?.anchorNode?.parentElement?.closest('.side[id^="en"]');
    if (state.panel === 'trace' && cell && text.length > 2) trace(text);
  }, 400);
});

// ---- panels

/** @param {typeof state.panel} name */
function togglePanel(name) {
  state.panel = state.panel === name ? '' : name;
  paint('quote', []);
  draw();
}

/** @param {import('./article.js').Quote} quote */
function jump(quote) {
  paint('quote', [...ranges(quote.fr, 'fr'), ...ranges(quote.en, 'en')]);
  toRow(quote.fr[0]?.row ?? -1);
}

/** @param {number} row */
function toRow(row) {
  if (row < 0) return;
  if (rowOf(row)?.kind === 'boilerplate' && state.folded) {
    state.folded = false;
    draw();
  }
  requestAnimationFrame(() => {
    side(row, 'fr')?.scrollIntoView({ block: 'center' });
    light(row);
    focusRow(row, false);
  });
}

/** @param {[number, number]} span in the French input */
function toSpan(span) {
  if (!state.article) return;
  const at = french(state.article.rows, state.article.text, span);
  paint('quote', ranges(at, 'fr'));
  toRow(at[0]?.row ?? -1);
}

/** @param {any} check */
function showPassage(check) {
  if (!state.article) return;
  const article = state.article;
  const passages = (check.passage ?? []).flatMap((/** @type {any} */ at) => french(article.rows, article.text, [at.start, at.end]));
  const differing = (check.findings ?? []).filter((/** @type {any} */ one) => one.source)
    .flatMap((/** @type {any} */ one) => french(article.rows, article.text, one.source));
  paint('quote', ranges(passages, 'fr'));
  paint('differing', ranges(differing, 'fr'));
  toRow(passages[0]?.row ?? -1);
}

async function check() {
  if (!state.article) return;
  Object.assign(state.check, { busy: true, problem: '', checks: [] });
  draw();
  const english = state.check.text.trim();
  const whole = english.split(/\s+/).length > 60 || /\n\s*\n/.test(english);
  try {
    const answer = await api.post('/v1/check', {
      text: state.article.text,
      name: state.article.name,
      ...(whole ? { against: english } : { quotes: [english.replace(/^["“«\s]+|["”»\s]+$/g, '')] }),
    });
    state.check.checks = answer.checks;
    if (!answer.checks.length) state.check.problem = 'There are no quotes in this English text.';
    if (answer.checks.length) showPassage(answer.checks[0]);
  } catch (error) {
    state.check.problem = String(/** @type {Error} */ (error).message);
  }
  state.check.busy = false;
  draw();
}

/** @param {string} english */
async function trace(english) {
  if (!state.article || state.trace.english === english) return;
  Object.assign(state.trace, { english, busy: true, found: null, problem: '' });
  draw();
  try {
    const answer = await api.post('/v1/trace', { text: state.article.text, name: state.article.name, english: [english] });
    const found = Array.isArray(answer) ? answer[0] : answer;
    if (state.trace.english === english) {
      state.trace.found = found;
      const article = state.article;
      paint('quote', ranges((found.source ?? []).flatMap((/** @type {any} */ at) =>
        french(article.rows, article.text, [at.start, at.end])), 'fr'));
    }
  } catch (error) {
    state.trace.problem = String(/** @type {Error} */ (error).message);
  }
  state.trace.busy = false;
  draw();
}

/** @param {string} text */
async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    say('Copied: English, French, speaker, source and a link.');
  } catch {
    state.problem = 'The browser does not let this page copy.';
    draw();
  }
}

// ---- corrections

/** @param {import('./article.js').Row} row */
function edit(row) {
  state.editing = row.n;
  draw();
  requestAnimationFrame(() => requestAnimationFrame(() => document.getElementById('editor')?.focus()));
}

/** @param {import('./article.js').Row} row */
function leave(row) {
  state.editing = -1;
  draw();
  requestAnimationFrame(() => focusRow(row.n, true));
}

/** @param {import('./article.js').Row} row @param {string} english */
async function save(row, english) {
  const text = english.trim();
  if (!text || text === (row.edit ?? row.en)) return leave(row);
  try {
    await api.put(`/v1/articles/${state.article?.id}/segments/${row.n}`, { target: text });
    row.edit = text;
    say('Kept, and noted in the memory Corrections.');
    leave(row);
  } catch (error) {
    failed(error);
    draw();
  }
}

/** @param {import('./article.js').Row} row */
async function undo(row) {
  try {
    await api.remove(`/v1/articles/${state.article?.id}/segments/${row.n}`);
    row.edit = null;
    say('The machine’s sentence is back.');
  } catch (error) {
    failed(error);
  }
  draw();
}

// ---- beginning

function fromAddress() {
  const anchor = anchors.parse(location.hash);
  if (anchor?.article && anchor.article !== state.article?.id) {
    open(anchor.article, location.hash);
  } else if (anchor?.article && state.article) {
    const span = anchors.find(state.article.text, anchor);
    if (span) toSpan(span);
  } else if (anchor?.text) {
    state.draft = anchor.text;
    begin({ text: anchor.text });
  }
}

window.addEventListener('hashchange', fromAddress);
draw();
fromAddress();
