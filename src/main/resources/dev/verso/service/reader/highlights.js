// What lights up: the sentence pointed at on both sides, the word with those it is linked to, what a
// quote or a check points at. Ranges are painted by the browser; the document's tree is not touched.

import { wordAt } from './words.js';

/** @type {Map<string, Highlight>} */
const painted = new Map();

/** @param {string} name @returns {Highlight} */
function layer(name) {
  let highlight = painted.get(name);
  if (!highlight) {
    highlight = new Highlight();
    painted.set(name, highlight);
    CSS.highlights.set(name, highlight);
  }
  return highlight;
}

/**
 * @param {Element | null} side the element whose text a range is of
 * @param {number} from
 * @param {number} to
 * @returns {Range | null}
 */
export function range(side, from, to) {
  if (!side) return null;
  const walker = document.createTreeWalker(side, NodeFilter.SHOW_TEXT);
  let at = 0;
  const found = document.createRange();
  let started = false;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const length = node.textContent?.length ?? 0;
    if (!started && from < at + length) {
      found.setStart(node, from - at);
      started = true;
    }
    if (started && to <= at + length) {
      found.setEnd(node, to - at);
      return found;
    }
    at += length;
  }
  return null;
}

/** @param {string} name @param {(Range | null)[]} ranges */
export function paint(name, ranges) {
  const highlight = layer(name);
  highlight.clear();
  for (const one of ranges) if (one) highlight.add(one);
}

/** @param {number} row @param {string} language @returns {HTMLElement | null} */
export const side = (row, language) => document.getElementById(`${language}${row}`);

/** @type {number} */
let lit = -1;

/** @param {number} row lights on both sides; -1 for none */
export function light(row) {
  if (row === lit) return;
  for (const language of ['fr', 'en']) {
    side(lit, language)?.classList.remove('on');
    side(row, language)?.classList.add('on');
  }
  lit = row;
}

/** @returns {number} the row that is lit, or -1 */
export const litRow = () => lit;

/**
 * Marks a word and what it is linked to.
 *
 * @param {import('./article.js').Row | null} row
 * @param {'fr' | 'en'} language of the word
 * @param {[number, number] | null} word in that side's text
 * @returns {string} the words on the other side
 */
export function mark(row, language, word) {
  const other = language === 'fr' ? 'en' : 'fr';
  if (!row || !word || row.edit !== null) {
    paint('word-sure', []);
    paint('word-possible', []);
    return '';
  }
  const own = side(row.n, language);
  const far = side(row.n, other);
  const links = row.links.filter((link) => link[language][0] < word[1] && link[language][1] > word[0]);
  const sure = links.filter((link) => link.sure);
  const possible = links.filter((link) => !link.sure);
  paint('word-sure', [
    range(own, word[0], word[1]),
    ...sure.map((link) => range(far, link[other][0], link[other][1])),
  ]);
  paint('word-possible', possible.map((link) => range(far, link[other][0], link[other][1])));
  return links.map((link) => row[other].slice(link[other][0], link[other][1])).join(' ');
}

/**
 * @param {MouseEvent} event
 * @param {(n: number) => import('./article.js').Row | undefined} rowOf
 * @returns {{row: import('./article.js').Row, language: 'fr' | 'en', word: [number, number] | null} | null}
 */
export function pointed(event, rowOf) {
  const cell = event.target instanceof Element ? event.target.closest('.side') : null;
  const row = cell ? rowOf(Number(cell.id.slice(2))) : undefined;
  if (!cell || !row) return null;
  const language = /** @type {'fr' | 'en'} */ (cell.id.slice(0, 2));
  const caret = document.caretPositionFromPoint
    ? document.caretPositionFromPoint(event.clientX, event.clientY)
    : null;
  const old = !caret && document.caretRangeFromPoint
    ? document.caretRangeFromPoint(event.clientX, event.clientY)
    : null;
  const node = caret ? caret.offsetNode : old ? old.startContainer : null;
  const offset = caret ? caret.offset : old ? old.startOffset : 0;
  if (!node || !cell.contains(node)) return { row, language, word: null };
  return { row, language, word: wordAt(row[language], before(cell, node) + offset) };
}

/** @param {Element} cell @param {Node} node @returns {number} units of the cell before the node */
function before(cell, node) {
  const walker = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
  let at = 0;
  for (let text = walker.nextNode(); text && text !== node; text = walker.nextNode()) {
    at += text.textContent?.length ?? 0;
  }
  return at;
}

/**
 * @param {{row: number, from: number, to: number}[]} places
 * @param {'fr' | 'en'} language
 * @returns {(Range | null)[]}
 */
export const ranges = (places, language) =>
  places.map((at) => range(side(at.row, language), at.from, at.to));
