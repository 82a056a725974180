// What is kept, how the page is used, and what it is set to.

import { html, nothing } from 'lit-html';

/**
 * @param {{articles: any[], jobs: any[], glossaries: any[], memories: any[], problem: string}} state
 * @param {{open: (id: string) => void, remove: (id: string) => void, result: (job: any) => void, browse: (id: string) => void, cancel: (job: any) => void}} actions
 */
export function libraryView(state, actions) {
  return html`<section class="sheet" aria-labelledby="library-title">
    <h2 id="library-title">Library</h2>
    ${state.problem ? html`<p class="problem" role="alert">${state.problem}</p>` : nothing}
    <h3>Articles</h3>
    ${state.articles.length ? html`<ul class="list">${state.articles.map((article) => html`<li>
      <button class="plain open" @click=${() => actions.open(article.id)}><b lang="fr">${article.title}</b>
        <span class="how">${article.name} · ${article.segments} sentences${article.edits
          ? ` · ${article.edits} corrected` : ''} · ${day(article.created)}</span></button>
      <button class="small" aria-label="Remove ${article.title}" @click=${() => actions.remove(article.id)}>Remove</button>
    </li>`)}</ul>` : html`<p class="empty">Articles that you translate here are kept and listed here.</p>`}
    <h3>Jobs</h3>
    ${state.jobs.length ? html`<ul class="list">${state.jobs.map((job) => html`<li>
      <span><b>${job.options?.to === 'corpus' ? 'Parallel corpus' : `Translation to ${job.options?.to}`}</b>
        <span class="how">${job.state} · ${total(job.documents)} document${total(job.documents) === 1 ? '' : 's'} · ${day(job.created)}</span>
        ${job.finished ? nothing : html`<progress max="1" value=${job.progress} aria-label="progress"></progress>`}</span>
      ${job.state === 'done' && job.options?.to === 'corpus' ? html`<button class="small"
        @click=${() => actions.browse(job.id)}>Browse</button>` : nothing}
      ${job.state === 'done' ? html`<button class="small" @click=${() => actions.result(job)}>Result</button>` : nothing}
      ${job.finished ? nothing : html`<button class="small" @click=${() => actions.cancel(job)}>Cancel</button>`}</li>`)}</ul>`
      : html`<p class="empty">No jobs. Many documents, or long ones, go to POST /v1/jobs, parallel corpora to POST /v1/corpora.</p>`}
    <h3>Glossaries and memories</h3>
    ${state.glossaries.length + state.memories.length ? html`<ul class="list">
      ${state.glossaries.map((one) => html`<li>${one.name} <span class="how">glossary, ${one.entries} terms</span></li>`)}
      ${state.memories.map((one) => html`<li>${one.name} <span class="how">memory, ${one.units} sentences</span></li>`)}
    </ul>` : html`<p class="empty">None yet. Your corrections make a memory called Corrections.</p>`}
  </section>`;
}

/** Pairs on one page. */
export const PAGE = 50;

/**
 * Pairs of a corpus that a job built.
 *
 * @param {{id: string, part: string, contains: string, from: number, page: any, problem: string}} state
 * @param {{look: (change: object) => void, leave: () => void}} actions
 */
export function corpusView(state, actions) {
  const { page } = state;
  return html`<section class="sheet wide" aria-labelledby="corpus-title">
    <h2 id="corpus-title">Parallel corpus</h2>
    ${state.problem ? html`<p class="problem" role="alert">${state.problem}</p>` : nothing}
    <form @submit=${(/** @type {any} */ event) => {
      event.preventDefault();
      const { part, contains } = event.target.elements;
      actions.look({ part: part.value, contains: contains.value.trim(), from: 0 });
    }}>
      <label for="part">Pairs</label>
      <select id="part" name="part"><option value="corpus">of the corpus</option><option value="rejected">that were rejected</option></select>
      <label for="contains">that contain, in French or English:</label>
      <input id="contains" name="contains" autocomplete="off" .value=${state.contains}>
      <button id="look">Show</button> <button class="small" type="button" @click=${actions.leave}>Back to the library</button>
    </form>
    ${page ? html`<p role="status" id="found">${page.found === page.total ? `${page.total} pairs`
        : `${page.found} of ${page.total} pairs`}</p>
      <table class="pairs"><thead><tr><th scope="col">French</th><th scope="col">English</th><th scope="col">${state.part === 'rejected'
        ? 'Why' : 'Quality'}</th></tr></thead>
      <tbody>${page.pairs.map((/** @type {any} */ pair) => html`<tr>
        <td lang="fr">${pair.source.text}<span class="how">${place(pair.source)}</span></td>
        <td lang="en">${pair.target.text}<span class="how">${place(pair.target)}</span></td>
        <td>${pair.reason ? [pair.reason, pair.detail].filter(Boolean).join(': ') : pair.scores.quality?.toFixed(2)}
          ${pair.occurrences?.length > 1 ? html`<span class="how">${pair.occurrences.length} times</span>` : nothing}</td>
      </tr>`)}</tbody></table>
      <p class="actions">${state.from > 0 ? html`<button class="small" id="before"
          @click=${() => actions.look({ from: Math.max(0, state.from - PAGE) })}>Before</button>` : nothing}
        ${state.from + PAGE < page.found ? html`<button class="small" id="after"
          @click=${() => actions.look({ from: state.from + PAGE })}>After</button>` : nothing}</p>` : nothing}
  </section>`;
}

/** @param {any} side @returns {string} where it stands */
const place = (side) => `${side.document}, characters ${side.start}–${side.end}`;

/** @param {Record<string, number>} documents by state, and in all @returns {number} */
const total = (documents) => documents.total;

/** @param {string} time */
const day = (time) => new Date(time).toLocaleDateString('en-GB', { dateStyle: 'medium' });

/** What the colours mean, what keys do, where the limits are. */
export const helpView = () => html`<section class="sheet" aria-labelledby="help-title">
  <h2 id="help-title">Help</h2>
  <p>Left is the French, which alone counts; right is a machine's English, or a person's where you
    aligned one. Each row is one sentence. Point at a sentence and it lights up on both sides; point
    at a word and the words it was translated with light up, <mark class="sure">surely</mark> or
    <mark class="possible">possibly</mark>.</p>
  <p><span class="doubt">A wavy underline</span> marks a sentence that is worth a check: the machine
    was not sure. A note under a sentence says what was noticed, such as a number that differs.
    Menus, comment forms and the like of a web page are folded behind one line.</p>
  <h3>Quotes, check, trace</h3>
  <p><b>Quotes</b> lists who said what, and how it is known who spoke. <b>Check</b> compares an English
    quote with the French: “No difference was found” is no proof, and what it marks is worth reading.
    <b>Trace</b>: select English words, and the French they render is shown.</p>
  <h3>Keyboard</h3>
  <dl class="keys">
    <div><dt><kbd>↓</kbd> <kbd>↑</kbd></dt><dd>next, previous sentence</dd></div>
    <div><dt><kbd>→</kbd> <kbd>←</kbd></dt><dd>next, previous word of it</dd></div>
    <div><dt><kbd>e</kbd></dt><dd>correct the sentence; <kbd>Ctrl</kbd>+<kbd>Enter</kbd> keeps it, <kbd>Esc</kbd> leaves it</dd></div>
    <div><dt><kbd>q</kbd> <kbd>c</kbd> <kbd>t</kbd></dt><dd>quotes, check, trace</dd></div>
    <div><dt><kbd>n</kbd> <kbd>l</kbd> <kbd>?</kbd></dt><dd>new article, library, help</dd></div>
    <div><dt><kbd>Esc</kbd></dt><dd>lets go</dd></div>
  </dl>
  <h3>Limits</h3>
  <p>French into English only. The English can be wrong, leave out or invent: what matters is read in
    French, or by somebody who can. The built-in weights were trained partly on text for
    non-commercial use; their card, in the folder of the model, says which. Settings names a better model.</p>
  <p><a href="/docs">The interface for programs</a></p>
</section>`;

const PULLED = /** @type {Record<string, string>} */ ({
  fetching: 'is being fetched.',
  checking: 'is being checked.',
  done: 'is here; the service translates with it from its next start on.',
  failed: 'could not be fetched.',
  cancelled: 'was not fetched to its end; what came is kept for the next try.',
});

/** @param {any} pull whether it goes on */
export const going = (pull) => pull.state === 'fetching' || pull.state === 'checking';

/** @param {number} bytes */
const megabytes = (bytes) => (bytes ? `${(bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0)} MB` : '');

/**
 * @param {{models: any[], key: string, kept: boolean, said: string, problem: string, repository: string,
 *   offer: any, pull: any}} state
 * @param {{saveKey: (key: string, kept: boolean) => void, choose: (name: string) => void,
 *   offer: (repository: string, precision: string) => void, pull: () => void, endPull: () => void}} actions
 */
export const settingsView = (state, actions) => html`<section class="sheet" aria-labelledby="settings-title">
  <h2 id="settings-title">Settings</h2>
  ${state.problem ? html`<p class="problem" role="alert">${state.problem}</p>` : nothing}
  <h3>API key</h3>
  <form @submit=${(/** @type {any} */ event) => {
    event.preventDefault();
    actions.saveKey(event.target.elements.key.value.trim(), event.target.elements.kept.checked);
  }}>
    <label for="key">Only where the service asks for one:</label>
    <input id="key" name="key" type="password" autocomplete="off" .value=${state.key}>
    <label class="check"><input type="checkbox" name="kept" ?checked=${state.kept}> keep it in this browser</label>
    <button>Save</button> <span role="status">${state.said}</span>
  </form>
  <h3>Models</h3>
  <ul class="list">${state.models.map((model) => html`<li><span><b>${model.name}</b>
    <span class="how">${[model.license, megabytes(model.bytes), model.inUse ? 'in use' : '',
      model.chosen && !model.inUse ? 'in use from the next start' : ''].filter(Boolean).join(' · ')}</span></span>
    ${model.chosen ? nothing : html`<button class="small" @click=${() => actions.choose(model.name)}>Use from the next start</button>`}
  </li>`)}</ul>
  <h3>A better model</h3>
  <p>Models trained on far more text are on the hub, many of them free for any use. What you read stays
    here; only the model is fetched.</p>
  <form @submit=${(/** @type {any} */ event) => {
    event.preventDefault();
    const { repository, precision } = event.target.elements;
    actions.offer(repository.value.trim(), precision.value);
  }}>
    <label for="repository">Model, as OWNER/NAME:</label>
    <input id="repository" name="repository" .value=${state.repository} autocomplete="off" spellcheck="false">
    <label for="precision">Weights:</label>
    <select id="precision" name="precision"><option value="fp32">full: best</option>
      <option value="int8">8-bit: a quarter of the size</option></select>
    <button id="offer">Licence and size</button>
  </form>
  ${state.offer ? html`<p id="offered"><b>${state.offer.repository}</b>: licence ${state.offer.license},
    ${megabytes(state.offer.bytes)} <button class="small" id="pull" @click=${actions.pull}>Fetch and use</button></p>` : nothing}
  ${state.pull ? html`<div id="pulled" aria-live="polite"><p>${state.pull.repository}: ${PULLED[state.pull.state]}
    ${state.pull.state === 'failed' ? state.pull.message : ''}</p>
    ${going(state.pull) ? html`<p><progress max=${state.pull.bytes} value=${state.pull.received}
      aria-label="received"></progress> ${megabytes(state.pull.received)} of ${megabytes(state.pull.bytes)}
      <button class="small" id="end-pull" @click=${actions.endPull}>Cancel</button></p>` : nothing}</div>` : nothing}
</section>`;
