// Links that reopen the page at a quote: W3C selectors (TextQuoteSelector, TextPositionSelector) in
// the fragment, as in #article=ID&selector(type=TextQuoteSelector,exact=…).

const AROUND = 24;

/**
 * @param {string} id of the kept article
 * @param {string} text of the French input
 * @param {[number, number]} span
 * @returns {string} the fragment
 */
export function fragment(id, text, span) {
  const quote = {
    exact: text.slice(span[0], span[1]),
    prefix: text.slice(Math.max(0, span[0] - AROUND), span[0]),
    suffix: text.slice(span[1], span[1] + AROUND),
  };
  const parts = Object.entries(quote).map(([name, value]) => `${name}=${encode(value)}`);
  return `#article=${id}&selector(type=TextQuoteSelector,${parts.join(',')},`
    + `refinedBy=selector(type=TextPositionSelector,start=${span[0]},end=${span[1]}))`;
}

/** @param {string} value */
const encode = (value) => encodeURIComponent(value).replace(/[()']/g, (c) => '%' + c.charCodeAt(0).toString(16));

/**
 * @param {string} hash of the address
 * @returns {{article: string, text: string, exact: string, prefix: string, start: number} | null}
 */
export function parse(hash) {
  const body = hash.replace(/^#/, '');
  if (!body) return null;
  const field = (/** @type {string} */ name) => {
    const found = new RegExp(`(?:^|[&,(])${name}=([^,&()]*)`).exec(body);
    if (!found) return '';
    try {
      return decodeURIComponent(found[1]);
    } catch {
      return '';
    }
  };
  return {
    article: field('article'),
    text: field('text'),
    exact: field('exact'),
    prefix: field('prefix'),
    start: Number(field('start') || -1),
  };
}

/**
 * Where the words stand now: at the place noted if they are still there, else where they and what
 * was before them are found.
 *
 * @param {string} text
 * @param {{exact: string, prefix: string, start: number}} anchor
 * @returns {[number, number] | null}
 */
export function find(text, anchor) {
  if (!anchor.exact) return null;
  const { exact, prefix, start } = anchor;
  if (start >= 0 && text.startsWith(exact, start)) return [start, start + exact.length];
  const whole = text.indexOf(prefix + exact);
  const at = whole >= 0 ? whole + prefix.length : text.indexOf(exact);
  return at < 0 ? null : [at, at + exact.length];
}
