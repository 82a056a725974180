// An article as the page holds it: rows of French and English, tied by links.

import { places, rendered } from './words.js';

/**
 * @typedef {object} Row
 * @property {number} n its number, from 0
 * @property {string} kind of its block: title, paragraph, boilerplate …
 * @property {boolean} first whether it opens its block
 * @property {string} fr
 * @property {string} en as the machine wrote it, or the person's translation
 * @property {string | null} edit what a person made of it
 * @property {[number, number]} source in the French input
 * @property {number} target where its English begins in the whole English
 * @property {{fr: [number, number], en: [number, number], sure: boolean}[]} links in fr and en
 * @property {number | null} quality
 * @property {string[]} notes
 */

/**
 * @typedef {object} Quote
 * @property {string} speaker empty if nobody is named
 * @property {string} type
 * @property {string} attribution explicit, coreference, neighbour or none
 * @property {{row: number, from: number, to: number}[]} fr
 * @property {{row: number, from: number, to: number}[]} en
 * @property {string} french
 * @property {string} english
 * @property {string[]} repaired
 */

/**
 * @typedef {object} Article
 * @property {string | null} id where it is kept
 * @property {string} name
 * @property {string} title
 * @property {string} text the French input
 * @property {Record<string, string>} metadata
 * @property {string} model
 * @property {Row[]} rows
 * @property {Quote[]} quotes
 * @property {string[]} notices
 * @property {boolean} human whether the English is a person's translation
 * @property {boolean} done
 */

/** @param {string} name @param {string} text @returns {Article} one that is being translated */
export const begun = (name, text) => ({
  id: null,
  name,
  title: name,
  text,
  metadata: {},
  model: '',
  rows: [],
  quotes: [],
  notices: [],
  human: false,
  done: false,
});

/** @param {any} segment an event of the stream @returns {Row} */
export const streamed = (segment) => ({
  n: segment.segment,
  kind: 'paragraph',
  first: true,
  fr: segment.sourceText,
  en: segment.targetText,
  edit: null,
  source: segment.source,
  target: 0,
  links: [],
  quality: segment.quality,
  notes: segment.notes ?? [],
});

/**
 * @param {any} bitext the JSON of a bitext
 * @param {string} text the French input
 * @param {Record<string, string>} edits by number
 * @returns {Article}
 */
export function ofBitext(bitext, text, edits) {
  /** @type {Row[]} */
  const rows = [];
  for (const block of bitext.blocks) {
    block.segments.forEach((/** @type {any} */ segment, /** @type {number} */ i) => {
      rows.push(row(rows.length, block.kind, i === 0, segment, text, edits[rows.length] ?? null));
    });
  }
  return {
    id: null,
    name: bitext.source.name,
    title: bitext.source.metadata.title ?? bitext.source.name,
    text,
    metadata: bitext.source.metadata,
    model: bitext.model.id,
    rows,
    quotes: (bitext.quotes ?? []).map((/** @type {any} */ q) => quote(q, rows, text, bitext.targetText)),
    notices: bitext.source.notices ?? [],
    human: false,
    done: true,
  };
}

/** @returns {Row} */
function row(n, kind, first, segment, text, edit) {
  const raw = text.slice(segment.source[0], segment.source[1]);
  const map = places(raw, segment.sourceText);
  const from = segment.source[0];
  const target = segment.target ? segment.target[0] : 0;
  return {
    n,
    kind,
    first,
    fr: segment.sourceText,
    en: segment.targetText,
    edit,
    source: segment.source,
    target,
    links: (segment.links ?? []).map((/** @type {any[]} */ link) => ({
      fr: [rendered(map, link[0] - from, false), rendered(map, link[1] - from, true)],
      en: [link[2] - target, link[3] - target],
      sure: link[4] === 'S',
    })),
    quality: segment.targetText ? segment.quality : null,
    notes: segment.notes ?? [],
  };
}

/** @returns {Quote} */
function quote(found, rows, text, english) {
  const fr = found.source.flatMap((/** @type {number[]} */ span) => french(rows, text, span));
  const en = found.target ? target(rows, found.target) : [];
  return {
    speaker: found.speaker ?? '',
    type: found.type,
    attribution: found.attribution,
    fr,
    en,
    french: fr.map((/** @type {any} */ at) => rows[at.row].fr.slice(at.from, at.to)).join(' … '),
    english: found.target ? english.slice(found.target[0], found.target[1]).replace(/\s+/g, ' ') : '',
    repaired: found.repaired ?? [],
  };
}

/**
 * @param {Row[]} rows
 * @param {string} text
 * @param {number[]} span in the French input
 * @returns {{row: number, from: number, to: number}[]} where it stands in the rows
 */
export function french(rows, text, span) {
  const found = [];
  for (const one of rows) {
    if (one.source[1] <= span[0] || one.source[0] >= span[1]) continue;
    const map = places(text.slice(one.source[0], one.source[1]), one.fr);
    found.push({
      row: one.n,
      from: rendered(map, Math.max(0, span[0] - one.source[0]), false),
      to: rendered(map, Math.min(one.source[1], span[1]) - one.source[0], true),
    });
  }
  return found;
}

/** @returns {{row: number, from: number, to: number}[]} */
function target(rows, span) {
  const found = [];
  for (const one of rows) {
    const end = one.target + one.en.length;
    if (!one.en || end <= span[0] || one.target >= span[1]) continue;
    found.push({
      row: one.n,
      from: Math.max(0, span[0] - one.target),
      to: Math.min(one.en.length, span[1] - one.target),
    });
  }
  return found;
}

/**
 * @param {any} aligned the JSON of two aligned documents
 * @param {string} text the French
 * @returns {Article}
 */
export function ofBeads(aligned, text) {
  /** @type {Row[]} */
  const rows = aligned.beads.map((/** @type {any} */ bead, /** @type {number} */ n) => {
    const source = bead.source.length
      ? [bead.source[0][0], bead.source[bead.source.length - 1][1]]
      : [0, 0];
    const map = places(text.slice(source[0], source[1]), bead.sourceText);
    const target = bead.target.length ? bead.target[0][0] : 0;
    const whole = bead.target.length < 2 && bead.source.length < 2;
    return {
      n,
      kind: 'paragraph',
      first: true,
      fr: bead.sourceText,
      en: bead.targetText,
      edit: null,
      source,
      target,
      links: (whole ? bead.links : []).map((/** @type {any[]} */ link) => ({
        fr: [rendered(map, link[0] - source[0], false), rendered(map, link[1] - source[0], true)],
        en: [link[2] - target, link[3] - target],
        sure: link[4] === 'S',
      })),
      quality: bead.source.length && bead.target.length ? bead.posterior : null,
      notes: bead.source.length && bead.target.length
        ? (bead.notes ?? [])
        : [bead.source.length ? 'no English for this' : 'no French for this'],
    };
  });
  return {
    ...begun(aligned.source.name, text),
    rows,
    model: `agreement of the two texts ${Math.round(aligned.documentScore * 100)} %`,
    human: true,
    done: true,
  };
}
