// Words of a text, and where its rendered characters stand in the raw input.

const SEGMENTER = new Intl.Segmenter('fr', { granularity: 'word' });

/**
 * @param {string} text
 * @returns {[number, number][]} the words, in order
 */
export function words(text) {
  /** @type {[number, number][]} */
  const found = [];
  for (const part of SEGMENTER.segment(text)) {
    if (part.isWordLike) found.push([part.index, part.index + part.segment.length]);
  }
  return found;
}

/**
 * @param {string} text
 * @param {number} at
 * @returns {[number, number] | null} the word at an offset
 */
export function wordAt(text, at) {
  const part = SEGMENTER.segment(text).containing(Math.min(at, text.length - 1));
  return part && part.isWordLike ? [part.index, part.index + part.segment.length] : null;
}

const ENTITY = /^&(#\d{1,7}|#x[0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});/;

/**
 * Where each unit of rendered text came from: the n-th entry is the offset in {@code raw} of the
 * n-th unit, one more entry tells the end. Tags are passed over, entities and runs of spaces taken
 * as one character.
 *
 * @param {string} raw
 * @param {string} rendered
 * @returns {number[]}
 */
export function places(raw, rendered) {
  const map = [];
  if (raw === rendered) {
    for (let i = 0; i <= raw.length; i++) map.push(i);
    return map;
  }
  let at = 0;
  for (let i = 0; i < rendered.length; i++) {
    while (at < raw.length && raw[at] === '<' && /[a-z/!]/i.test(raw[at + 1] ?? '')) {
      const end = raw.indexOf('>', at);
      at = end < 0 ? raw.length : end + 1;
    }
    map.push(at);
    const entity = raw[at] === '&' ? ENTITY.exec(raw.slice(at, at + 40)) : null;
    if (entity) {
      at += entity[0].length;
    } else if (raw[at] === rendered[i]) {
      at++;
    } else if (/\s/.test(rendered[i]) && /\s/.test(raw[at] ?? '')) {
      while (/\s/.test(raw[at] ?? '')) at++;
    } else {
      const next = raw.indexOf(rendered[i], at);
      if (next >= 0 && next - at < 400) {
        map[i] = next;
        at = next + 1;
      }
    }
  }
  map.push(raw.length);
  return map;
}

/**
 * @param {number[]} map what {@link places} gave
 * @param {number} raw an offset
 * @param {boolean} end whether it ends a range
 * @returns {number} the offset in the rendered text
 */
export function rendered(map, raw, end) {
  let low = 0;
  let high = map.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (map[middle] < raw) low = middle + 1;
    else high = middle;
  }
  return end && map[low] > raw ? Math.max(0, low) : low;
}
