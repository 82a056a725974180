// What the page asks the service for. Every request carries the reader's key, if there is one.

/** Where the key lies: in this tab only, unless the reader asked to keep it. */
const KEY = 'verso.key';

/** @returns {string} the API key, or nothing */
export const key = () => sessionStorage.getItem(KEY) ?? localStorage.getItem(KEY) ?? '';

/**
 * @param {string} value the key, empty to forget it
 * @param {boolean} kept whether to keep it when the tab is closed
 */
export function setKey(value, kept) {
  sessionStorage.removeItem(KEY);
  localStorage.removeItem(KEY);
  if (value) (kept ? localStorage : sessionStorage).setItem(KEY, value);
}

/** What went wrong, in the service's words. */
export class Failure extends Error {
  /** @param {number} status @param {string} message */
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

/** @param {Response} response @returns {Promise<Failure>} */
async function failure(response) {
  let detail = '';
  try {
    const problem = await response.json();
    detail = problem.detail ?? problem.message ?? '';
  } catch {
    // No JSON: the status has to do.
  }
  if (response.status === 401 || response.status === 403) {
    detail = (detail || 'the service wants an API key') + ' (Settings → API key)';
  }
  return new Failure(response.status, detail || `the service answered ${response.status}`);
}

/**
 * @param {string} path
 * @param {RequestInit} [init]
 * @returns {Promise<Response>}
 */
export async function request(path, init = {}) {
  const headers = new Headers(init.headers);
  if (key()) headers.set('Authorization', 'Bearer ' + key());
  let response;
  try {
    response = await fetch(path, { ...init, headers });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new Failure(0, 'the service cannot be reached. Is it still running?');
  }
  if (!response.ok) throw await failure(response);
  return response;
}

/** @param {string} path @param {object} body @param {AbortSignal} [signal] @returns {Promise<any>} */
export async function post(path, body, signal) {
  const response = await request(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
    signal,
  });
  return response.json();
}

/** @param {string} path @returns {Promise<any>} */
export const get = async (path) => (await request(path)).json();

/** @param {string} path @returns {Promise<Response>} */
export const remove = (path) => request(path, { method: 'DELETE' });

/** @param {string} path @param {object} body @returns {Promise<any>} what it answers; null for nothing */
export async function put(path, body) {
  const response = await request(path, {
    method: 'PUT',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  return response.status === 204 ? null : response.json();
}

/**
 * Translates an article, segment by segment.
 *
 * @param {{text?: string, name?: string, file?: File, memory?: string}} article
 * @param {(event: string, data: any) => void} listener is told of segment, done and kept
 * @param {AbortSignal} signal
 */
export async function translate(article, listener, signal) {
  const init = article.file
    ? { body: form(article) }
    : {
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({
          text: article.text,
          name: article.name,
          keep: true,
          ...(article.memory ? { memory: article.memory } : {}),
        }),
      };
  const response = await request('/v1/translate', {
    ...init,
    method: 'POST',
    headers: { ...init.headers, Accept: 'text/event-stream' },
    signal,
  });
  if (!response.body) throw new Failure(0, 'the service sent nothing');
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  let ended = false;
  for (;;) {
    const { value, done } = await reader.read();
    if (done) break;
    rest += value;
    const events = rest.split('\n\n');
    rest = events.pop() ?? '';
    for (const text of events) {
      const event = parse(text);
      if (!event) continue;
      if (event.name === 'error') throw new Failure(event.data.status, event.data.detail);
      ended ||= event.name === 'done';
      listener(event.name, event.data);
    }
  }
  if (!ended) throw new Failure(0, 'the connection broke off before the end');
}

/** @param {{file?: File, memory?: string}} article */
function form(article) {
  const body = new FormData();
  body.append('file', /** @type {File} */ (article.file));
  body.append('keep', 'true');
  if (article.memory) body.append('memory', article.memory);
  return body;
}

/** @param {string} text @returns {{name: string, data: any} | null} */
function parse(text) {
  let name = 'message';
  const data = [];
  for (const line of text.split('\n')) {
    if (line.startsWith('event:')) name = line.slice(6).trim();
    if (line.startsWith('data:')) data.push(line.slice(5));
  }
  return data.length ? { name, data: JSON.parse(data.join('\n')) } : null;
}
