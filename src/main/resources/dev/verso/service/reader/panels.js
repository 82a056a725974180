// The panels beside the text: quotes, check, trace.

import { html, nothing } from 'lit-html';
import { fragment } from './anchors.js';

const FOUND = /** @type {Record<string, string>} */ ({
  explicit: 'named beside the words',
  coreference: 'by a pronoun or a role that leads to the name',
  neighbour: 'guessed from the sentences around it',
  none: 'nobody is named',
});

/**
 * @param {import('./article.js').Article} article
 * @param {{jump: (quote: import('./article.js').Quote) => void, copy: (text: string) => void}} actions
 */
export function quotesPanel(article, actions) {
  if (!article.quotes.length) {
    return html`<p class="empty">${article.done
      ? 'No quotes were found in this article.'
      : 'Quotes are shown when the whole article is translated.'}</p>`;
  }
  return html`<ol class="quotes">
    ${article.quotes.map((quote) => html`<li>
      <button class="plain jump" @click=${() => actions.jump(quote)}>
        <b class=${quote.attribution === 'neighbour' ? 'guessed' : ''}>${quote.speaker || 'no source named'}</b>
        <span class="how">${quote.type}; ${FOUND[quote.attribution] ?? quote.attribution}</span>
        <q lang="fr">${quote.french}</q>
        ${quote.english ? html`<q lang="en">${quote.english}</q>` : nothing}
      </button>
      ${quote.repaired.map((note) => html`<p class="note">${note}</p>`)}
      <button class="small" @click=${() => actions.copy(citation(article, quote))}>Copy with source</button>
    </li>`)}
  </ol>`;
}

/**
 * What is copied: the English, the French, who said it, where, and a link back.
 *
 * @param {import('./article.js').Article} article
 * @param {import('./article.js').Quote} quote
 */
export function citation(article, quote) {
  const source = article.metadata.url || article.title;
  const first = quote.fr[0];
  const link = article.id && first
    ? `${location.origin}/${fragment(article.id, article.text, article.rows[first.row].source)}`
    : '';
  return [
    quote.english ? `“${quote.english}”` : '',
    `« ${quote.french} »`,
    quote.speaker ? `— ${quote.speaker}` : '— no source named',
    source,
    'English: machine translation by Verso, not revised',
    link,
  ].filter(Boolean).join('\n');
}

const VERDICT = /** @type {Record<string, string>} */ ({
  faithful: 'No difference was found',
  unfaithful: 'It differs from the French',
  not_in_source: 'Not in this article',
});

/**
 * @param {{text: string, busy: boolean, checks: any[], problem: string}} state
 * @param {{input: (text: string) => void, run: () => void, show: (check: any) => void}} actions
 */
export function checkPanel(state, actions) {
  return html`<form @submit=${(/** @type {Event} */ event) => { event.preventDefault(); actions.run(); }}>
      <label for="claim">An English quote, or a whole English article:</label>
      <textarea id="claim" rows="5" .value=${state.text} placeholder="“We will not give in”"
        @input=${(/** @type {any} */ event) => actions.input(event.target.value)}></textarea>
      <button ?disabled=${state.busy || !state.text.trim()}>${state.busy ? 'Checking…' : 'Check against the French'}</button>
    </form>
    ${state.problem ? html`<p class="problem" role="alert">${state.problem}</p>` : nothing}
    <ol class="checks" aria-live="polite">${state.checks.map((check) => html`<li class="verdict ${check.label}">
      <button class="plain jump" @click=${() => actions.show(check)}>
        <b>${VERDICT[check.label] ?? check.label}</b>
        <q lang="en">${differing(check)}</q>
        ${(check.passage ?? []).slice(0, 1).map((/** @type {any} */ at) => html`<q lang="fr">${at.exact}</q>`)}
      </button>
      <p>${check.explanation}</p>
    </li>`)}</ol>`;
}

/** The English quote with the words that differ marked. */
function differing(check) {
  const spans = (check.findings ?? [])
    .map((/** @type {any} */ finding) => finding.target)
    .filter(Boolean)
    .sort((/** @type {number[]} */ a, /** @type {number[]} */ b) => a[0] - b[0]);
  const parts = [];
  let at = 0;
  for (const [from, to] of spans) {
    if (from < at) continue;
    parts.push(check.quote.slice(at, from), html`<mark>${check.quote.slice(from, to)}</mark>`);
    at = to;
  }
  parts.push(check.quote.slice(at));
  return parts;
}

/**
 * @param {{english: string, busy: boolean, found: any, problem: string}} state
 */
export function tracePanel(state) {
  if (state.problem) return html`<p class="problem" role="alert">${state.problem}</p>`;
  if (!state.english) {
    return html`<p class="empty">Select English words in the text, or any English text on this page,
      and their French is shown here.</p>`;
  }
  return html`<p>English: <q lang="en">${state.english}</q></p>
    ${state.busy ? html`<p class="empty">Looking…</p>` : nothing}
    ${(state.found?.source ?? []).map((/** @type {any} */ at) => html`<p>French: <q lang="fr">${at.exact}</q>
      <span class="how">characters ${at.start}–${at.end}${state.found.match === 'exact' ? '' : ', similar'}</span></p>`)}
    ${state.found && !(state.found.source ?? []).length
      ? html`<p class="empty">Nothing in the French is similar enough.</p>` : nothing}`;
}
