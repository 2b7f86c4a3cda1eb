// Checks of the built site: no page loads anything from another host, every link within the site leads somewhere, the
// Javadoc has the packages that users may use and no other, and the search finds what people ask every day.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { markdownLinks } from './markdown.mjs';
import { searchOptions } from './search.mjs';
import { moduleIn, modules, OTHERS } from './types.mjs';

/** Questions, a page that must be among the first results, and among how many if not those of the first screen. */
export const QUESTIONS = [
  ['approve an inquiry', '/reference/inquiries.html#approve'],
  ['create an inquiry', '/reference/inquiries.html#create', 1],
  ['webhook signature', '/guides/webhooks.html'],
  ['retry', '/guides/retries-and-idempotency.html'],
  ['rate limit', '/guides/rate-limits.html'],
  ['download a file', '/guides/files.html'],
  ['list all events', '/reference/events.html'],
  ['upload a document', '/reference/documents.html'],
  ['test without the API', '/guides/testing.html', 3],
  ['Spring Boot', '/guides/spring-boot.html'],
  ['retry a POST', '/guides/retries-and-idempotency.html', 3],
  ['verify webhook', '/guides/webhooks.html', 3],
  ['422', '/guides/errors.html'],
];
/** Results on the first screen. */
const FIRST = 6;

function* files(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* files(path);
    else yield path;
  }
}

/** What a page loads when it is opened: addresses of scripts, images, fonts, styles and frames of other hosts. */
export function loaded(text, css) {
  const found = [];
  if (!css) {
    for (const [tag] of text.matchAll(/<(?:script|img|iframe|link|source|video|audio|object|embed|use|image)\b[^>]*>/gi)) {
      if (/^<link/i.test(tag) && !/rel="?[^">]*(?:stylesheet|icon|preload|prefetch|preconnect|manifest)/i.test(tag)) continue;
      for (const [, address] of tag.matchAll(/\b(?:src|href|data|srcset|poster)="?((?:https?:)?\/\/[^"\s>]+)/gi)) found.push(address);
    }
  }
  // In a page, styles only: its code may have a call of a method url(...).
  const styles = css ? text : [...text.matchAll(/<style\b[\s\S]*?<\/style>|\sstyle="[^"]*"/gi)].join('\n');
  for (const [, address] of styles.matchAll(/(?:@import\s+(?:url\()?|url\()\s*["']?((?:https?:)?\/\/[^"')\s]+)/gi)) found.push(address);
  return found;
}

/** The targets of links in a page. */
export function links(html) {
  return [...html.matchAll(/<a\b[^>]*?\shref="([^"]*)"/g)].map(([, href]) => href.replace(/&amp;/g, '&'));
}

function ids(html) {
  return new Set([...html.matchAll(/\s(?:id|name)="([^"]*)"/g)].map(([, id]) => id.replace(/&lt;/g, '<').replace(/&gt;/g, '>')));
}

/** Checks the links of pages, and of files of Markdown, whose places are those of the page beside them. */
export function checkLinks(site, pages, errors) {
  const known = new Map();
  const anchors = (file) => {
    if (!known.has(file)) known.set(file, ids(readFileSync(file, 'utf8')));
    return known.get(file);
  };
  let count = 0;
  let javadoc = 0;
  for (const page of pages) {
    const from = relative(site, page).split(sep).join('/');
    const text = readFileSync(page, 'utf8');
    for (const href of new Set(page.endsWith('.html') ? links(text) : markdownLinks(text))) {
      if (/^[a-z]+:|^\/\//i.test(href) || href === '') continue;
      count++;
      if (href.startsWith('/javadoc/')) javadoc++;
      const [path, anchor] = href.split('#');
      let target = path === '' ? page : path.startsWith('/') ? join(site, path) : resolve(dirname(page), path);
      if (existsSync(target) && statSync(target).isDirectory()) target = join(target, 'index.html');
      target = decodeURI(target);
      const places = target.replace(/\.md$/, '.html');
      if (!existsSync(target)) errors.push(`${from}: no page ${href}`);
      else if (anchor && places.endsWith('.html') && !(existsSync(places) && anchors(places).has(decodeURIComponent(anchor)))) {
        errors.push(`${from}: no place ${href}`);
      }
    }
  }
  return { count, javadoc };
}

/** Packages that the Javadoc has, from its list, against those that the modules export. */
export function checkPackages(list, found, errors) {
  const listed = list
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line && !line.startsWith('module:') && !line.startsWith('$dokka'));
  const exported = new Set(found.flatMap(({ exported: each }) => each));
  for (const name of exported) if (!listed.includes(name)) errors.push(`the Javadoc has no package ${name}`);
  for (const name of listed) if (!exported.has(name)) errors.push(`the Javadoc has the package ${name}, which no module exports`);
  return listed.length;
}

/** The addresses that a search finds, best first. */
export async function find(index, question) {
  // Not at the top: tests of other checks run without packages.
  const { default: MiniSearch } = await import('minisearch');
  const search = MiniSearch.loadJSON(index, {
    fields: ['title', 'titles', 'text'],
    storeFields: ['title', 'titles'],
    ...searchOptions.options,
  });
  return search.search(question, searchOptions.searchOptions).map(({ id }) => id);
}

async function checkSearch(site, errors) {
  const folder = join(site, 'assets/chunks');
  const names = existsSync(folder) ? readdirSync(folder).filter((file) => file.startsWith('@localSearchIndex')) : [];
  if (names.length !== 1) {
    errors.push(`the site has ${names.length} indexes of the search, not 1`);
    return 0;
  }
  const text = readFileSync(join(folder, names[0]), 'utf8');
  // A module whose default export is a string of JSON.
  const literal = /^const \w+=('(?:[^'\\]|\\[\s\S])*'|"(?:[^"\\]|\\[\s\S])*"|`(?:[^`\\]|\\[\s\S])*`);/.exec(text)?.[1];
  if (!literal) {
    errors.push('the index of the search is not a string');
    return 0;
  }
  const index = new Function(`return ${literal}`)();
  for (const [question, page, places = FIRST] of QUESTIONS) {
    const results = (await find(index, question)).slice(0, places);
    if (!results.some((result) => result === page || result.startsWith(`${page}#`))) {
      errors.push(`search: "${question}" does not find ${page}, but ${results.join(', ')}`);
    }
  }
  return text.length;
}

/** The errors of a site, and lines about it. */
export async function check(site, root) {
  const errors = [];
  const all = [...files(site)];
  const javadoc = join(site, 'javadoc') + sep;
  const html = all.filter((file) => file.endsWith('.html'));
  for (const file of all.filter((each) => /\.(?:html|css)$/.test(each))) {
    for (const address of loaded(readFileSync(file, 'utf8'), file.endsWith('.css'))) {
      errors.push(`${relative(site, file)} loads ${address}`);
    }
  }
  const pages = html.filter((file) => !file.startsWith(javadoc));
  for (const page of pages) {
    // VitePress prints an error in a page, and writes the page without its content.
    if (!/<h1\b/.test(readFileSync(page, 'utf8')) && page !== join(site, '404.html')) errors.push(`${relative(site, page)} has no content`);
  }
  const { count, javadoc: into } = checkLinks(site, pages, errors);
  if (count === 0 || into === 0) errors.push('no page has a link within the site, or none has one into the Javadoc');
  const texts = all.filter((file) => !file.startsWith(javadoc) && /\.md$|llms\.txt$/.test(file));
  const { count: inTexts } = checkLinks(site, texts, errors);
  const found = modules(root);
  const elements = join(site, 'javadoc/element-list');
  const packages = checkPackages(existsSync(elements) ? readFileSync(elements, 'utf8') : '', found, errors);
  for (const [folder, name] of OTHERS) {
    const list = ['element-list', 'package-list', 'persona4j-kotlin/package-list'].map((file) => join(site, 'javadoc', name, file)).find(existsSync);
    if (!list) errors.push(`no Javadoc of ${folder}`);
    else checkPackages(readFileSync(list, 'utf8'), [moduleIn(root, folder)], errors);
  }
  const before = errors.length;
  const index = await checkSearch(site, errors);
  const unanswered = errors.length - before;
  const size = (files) => `${(files.reduce((sum, file) => sum + statSync(file).size, 0) / 1e6).toFixed(1)} MB`;
  return {
    errors,
    report: [
      `${pages.length} pages with ${count} links within the site, ${into} of them into the Javadoc`,
      `${texts.length} files of Markdown with ${inTexts} links within the site`,
      `${html.length - pages.length} pages of Javadoc, ${packages} packages of ${found.length} modules`,
      `Size: ${size(all)}, of it Javadoc ${size(all.filter((file) => file.startsWith(javadoc)))}, index of the search ${Math.round(index / 1000)} kB`,
      `${QUESTIONS.length} questions to the search, ${unanswered} errors`,
    ],
  };
}
