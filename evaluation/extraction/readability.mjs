// What @mozilla/readability takes for the article of each page of a folder, to be scored by
// './verso evaluate extraction FOLDER --peer OUT':
//   npm install @mozilla/readability jsdom && node readability.mjs FOLDER OUT
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { createRequire } from 'node:module';

const require = createRequire(join(process.cwd(), 'x.js'));
const { JSDOM, VirtualConsole } = require('jsdom');
const { Readability } = require('@mozilla/readability');
const [folder, out] = process.argv.slice(2);
mkdirSync(out, { recursive: true });
for (const entry of readdirSync(folder)) {
  const inside = join(folder, entry, 'source.html');
  const page = entry.endsWith('.html') ? join(folder, entry) : existsSync(inside) ? inside : null;
  if (!page) continue;
  const document = new JSDOM(readFileSync(page), {
    url: 'https://example.org/article',
    virtualConsole: new VirtualConsole(),
  }).window.document;
  const article = new Readability(document).parse();
  const title = page === inside || !article ? '' : `<h1>${article.title}</h1>`;
  writeFileSync(
    join(out, basename(entry, '.html') + '.html'),
    `<!DOCTYPE html><html><body>${title}${article ? article.content : ''}</body></html>`,
  );
}
