import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { defineConfig } from 'vitepress';
import { drawings } from '../drawings.mjs';
import { javadocLinks } from '../links.mjs';
import { html, literalCode } from '../literal.mjs';
import { asMarkdown } from '../markdown.mjs';
import { indexed, searchOptions } from '../search.mjs';
import { tables } from '../tables.mjs';
import { topics } from '../topics.mjs';
import { javadocOf } from '../types.mjs';

const ROOT = resolve(import.meta.dirname ?? __dirname, '../..');
const REPOSITORY = 'https://github.com/persona4j/persona4j';
const DOCS = join(ROOT, 'docs');
const REFERENCE = join(DOCS, 'target/reference');

const ICON =
  'data:image/svg+xml,%3Csvg xmlns=%22http://www.w3.org/2000/svg%22 viewBox=%220 0 32 32%22%3E%3Crect width=%2232%22 height=%2232%22 rx=%226%22 fill=%22%230f6b5c%22/%3E%3Cpath d=%22M11 26V8h6a6 6 0 0 1 0 12h-6%22 fill=%22none%22 stroke=%22%23fff%22 stroke-width=%223%22/%3E%3C/svg%3E';

const SECTIONS = ['Guides', 'The project', 'Decisions'];

if (!existsSync(join(REFERENCE, 'groups.json'))) {
  throw new Error('The pages of the API reference are missing: run npm run --prefix docs build (or dev)');
}
const GROUPS: Group[] = JSON.parse(readFileSync(join(REFERENCE, 'groups.json'), 'utf8'));

interface Group {
  title: string;
  slug: string;
  text: string;
  operations: { title: string; anchor: string }[];
}

/** The pages of a list in docs/README.md, so that the site and the list are never different. */
const LIST = readFileSync(join(DOCS, 'README.md'), 'utf8');

function entries(section: string) {
  return topics(LIST, section).flatMap(({ pages }) => pages);
}

function items(found: { text: string; file: string }[]) {
  return found.map(({ text, file }) => ({ text: html(text), link: `/${file.replace(/\.md$/, '')}` }));
}

function reference(withOperations: boolean) {
  return {
    text: 'API reference',
    collapsed: !withOperations,
    items: [
      { text: 'All groups', link: '/reference/' },
      { text: 'Names of webhook events', link: '/reference/event-names' },
      ...GROUPS.map(({ title, slug, operations }) => ({
        text: html(title),
        link: `/reference/${slug}`,
        ...(withOperations && {
          collapsed: true,
          items: operations.map(({ title: text, anchor }) => ({ text: html(text), link: `/reference/${slug}#${anchor}` })),
        }),
      })),
    ],
  };
}

function sidebar() {
  return [
    ...topics(LIST, 'Guides').map(({ title, pages }) => ({ text: title, collapsed: false, items: items(pages) })),
    reference(false),
    { text: 'The project', collapsed: true, items: items(entries('The project')) },
    { text: 'Decisions', collapsed: true, items: items(entries('Decisions')) },
  ];
}

/** The source of a page of the site. */
function sourceOf(page: string) {
  if (page === 'pages.md') return join(DOCS, 'README.md');
  return join(DOCS, page.startsWith('reference/') ? `target/${page}` : page);
}

/** The address of a link that leads outside of docs, or to the list of the pages; null for any other one. */
function moved(page: string, href: string) {
  if (/^[a-z]+:|^[#/]/.test(href) || page.startsWith(REFERENCE)) return null;
  const [path, anchor] = href.split('#');
  const target = resolve(dirname(page), path);
  if (target === join(DOCS, 'README.md')) return `/pages.md${anchor ? `#${anchor}` : ''}`;
  if (!relative(DOCS, target).startsWith('..')) return null;
  if (!existsSync(target)) throw new Error(`${relative(DOCS, page)}: no file ${href}`);
  return `${REPOSITORY}/blob/main/${relative(ROOT, target)}${anchor ? `#${anchor}` : ''}`;
}

/** The address of a link in the Markdown of a page: to Markdown again, if it leads to a page. */
function markdownAddress(source: string, href: string) {
  if (href.startsWith('/') && !href.startsWith('/javadoc/')) {
    return href.replace(/\/(?=#|$)/, '/index.md').replace(/\.html(?=#|$)/, '.md');
  }
  return moved(source, href) ?? href;
}

/** Writes each page as Markdown beside it, and their list, llms.txt. */
function writeMarkdown(outDir: string, pages: string[], rewrites: Record<string, string | undefined>) {
  for (const page of pages.map((each) => rewrites[each] ?? each)) {
    const source = sourceOf(page);
    const text = asMarkdown(readFileSync(source, 'utf8'), (href) => markdownAddress(source, href));
    const file = join(outDir, page);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  const lists = SECTIONS.map(
    (title) => `## ${title}\n\n${entries(title).map(({ text, file, more }) => `- [${text}](${file})${more}\n`).join('')}`,
  );
  const groups = GROUPS.map(
    ({ title, slug, text, operations }) => `- [${title}](reference/${slug}.md): ${text} ${operations.map((each) => each.title).join(', ')}\n`,
  );
  lists.splice(
    1,
    0,
    `## API reference\n\n- [All groups](reference/index.md)\n- [Names of webhook events](reference/event-names.md)\n${groups.join('')}`,
  );
  writeFileSync(
    join(outDir, 'llms.txt'),
    `# persona4j\n\n> An unofficial Java client for the Persona API. Not affiliated with Persona.\n\n${lists.join('\n')}`,
  );
}

export default defineConfig({
  title: 'persona4j',
  description: 'An unofficial Java client for the Persona API',
  lang: 'en',
  // A browser asks for an icon of its own otherwise.
  head: [['link', { rel: 'icon', type: 'image/svg+xml', href: ICON }]],
  outDir: 'target/site',
  cacheDir: 'target/cache',
  srcExclude: ['target/!(reference)/**'],
  rewrites: { 'README.md': 'pages.md', 'target/reference/:name.md': 'reference/:name.md' },
  cleanUrls: false,
  buildEnd: ({ outDir, pages, rewrites }) => writeMarkdown(outDir, pages, rewrites.map),
  themeConfig: {
    search: {
      provider: 'local',
      options: {
        miniSearch: searchOptions,
        _render: (source, env, md) => indexed(env.relativePath, md.render(source, env), env.frontmatter),
      },
    },
    nav: [
      { text: 'Quickstart', link: '/guides/quickstart' },
      { text: 'Guides', link: '/pages' },
      { text: 'API reference', link: '/reference/', activeMatch: '^/reference/' },
      {
        text: 'Javadoc',
        items: [
          { text: 'Java', link: '/javadoc/index.html', target: '_self' },
          { text: 'Kotlin', link: '/javadoc/kotlin/index.html', target: '_self' },
          { text: 'Spring Boot 3', link: '/javadoc/spring-boot-3/index.html', target: '_self' },
        ],
      },
    ],
    sidebar: { '/reference/': [reference(true)], '/': sidebar() },
    outline: { level: [2, 3] },
    socialLinks: [{ icon: 'github', link: REPOSITORY }],
    footer: {
      message: 'Unofficial: not made, endorsed or supported by Persona, and not affiliated with it.',
      copyright: `License: <a href="${REPOSITORY}/blob/main/LICENSE">Apache-2.0</a>`,
    },
  },
  markdown: {
    config(md) {
      md.use(literalCode);
      md.use(drawings);
      md.use(tables);
      md.use(javadocLinks, javadocOf(ROOT));
      // Links to files outside of docs, which work in the repository, lead to it.
      md.core.ruler.push('repository-links', (state) => {
        // Titles of groups of code are parsed by themselves.
        if (!state.env.relativePath) return;
        const page = sourceOf(state.env.relativePath);
        for (const token of state.tokens.flatMap((each) => each.children ?? [])) {
          const href = token.type === 'link_open' ? token.attrGet('href') : null;
          const target = href && moved(page, href);
          if (target) token.attrSet('href', target);
        }
      });
    },
  },
});
