import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { defineConfig } from 'vitepress';
import { drawings } from '../drawings.mjs';

const ROOT = resolve(import.meta.dirname ?? __dirname, '../..');
const REPOSITORY = 'https://github.com/persona4j/persona4j';
const DOCS = join(ROOT, 'docs');

const SECTIONS = ['Guides', 'The project', 'Decisions'];

/** The pages of a list in docs/README.md, so that the site and the list are never different. */
function entries(title: string) {
  const [, list] = readFileSync(join(DOCS, 'README.md'), 'utf8').split(`\n## ${title}\n`);
  if (!list) throw new Error(`docs/README.md has no section ${title}`);
  return [...list.split('\n## ')[0].matchAll(/^- \[(.+?)\]\((.+?)\)(.*)$/gm)]
    .map(([, text, file, more]) => ({ text, file, more }))
    .filter(({ file }) => !file.startsWith('..'));
}

function section(title: string) {
  return entries(title).map(({ text, file }) => ({ text, link: `/${file.replace(/\.md$/, '')}` }));
}

/** A target of a link that is outside of docs; null for one of the site. */
function inRepository(page: string, href: string) {
  if (/^[a-z]+:|^#/.test(href)) return null;
  const [path, anchor] = href.split('#');
  const target = resolve(dirname(page), path);
  if (!relative(DOCS, target).startsWith('..')) return null;
  if (!existsSync(target)) throw new Error(`${relative(DOCS, page)}: no file ${href}`);
  return `${REPOSITORY}/blob/main/${relative(ROOT, target)}${anchor ? `#${anchor}` : ''}`;
}

/** Writes each page as Markdown beside it, and their list, llms.txt. */
function writeMarkdown(outDir: string, pages: string[]) {
  for (const page of pages) {
    const source = join(DOCS, page);
    const text = readFileSync(source, 'utf8')
      .replace(/^<!-- code: .* -->\n/gm, '')
      .replace(/\]\(([^)\s]+)\)/g, (link, href) => `](${inRepository(source, href) ?? href})`);
    const file = join(outDir, page === 'README.md' ? 'index.md' : page);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  const lists = SECTIONS.map(
    (title) => `## ${title}\n\n${entries(title).map(({ text, file, more }) => `- [${text}](${file})${more}\n`).join('')}`,
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
  outDir: 'target/site',
  cacheDir: 'target/cache',
  srcExclude: ['target/**'],
  rewrites: { 'README.md': 'index.md' },
  cleanUrls: false,
  buildEnd: ({ outDir, pages }) => writeMarkdown(outDir, pages),
  themeConfig: {
    search: { provider: 'local', options: { detailedView: true } },
    nav: [{ text: 'Quickstart', link: '/guides/quickstart' }],
    sidebar: [
      { text: 'Guides', items: section('Guides') },
      { text: 'The project', items: section('The project') },
      { text: 'Decisions', collapsed: true, items: section('Decisions') },
    ],
    outline: { level: [2, 3] },
    socialLinks: [{ icon: 'github', link: REPOSITORY }],
    footer: {
      message: 'Unofficial: not made, endorsed or supported by Persona, and not affiliated with it.',
      copyright: 'Apache-2.0',
    },
  },
  markdown: {
    config(md) {
      md.use(drawings);
      // Links to files outside of docs, which work in the repository, lead to it.
      md.core.ruler.push('repository-links', (state) => {
        const page = resolve(DOCS, state.env.relativePath === 'index.md' ? 'README.md' : state.env.relativePath);
        for (const token of state.tokens.flatMap((each) => each.children ?? [])) {
          const href = token.type === 'link_open' ? token.attrGet('href') : null;
          const target = href && inRepository(page, href);
          if (target) token.attrSet('href', target);
        }
      });
    },
  },
});
