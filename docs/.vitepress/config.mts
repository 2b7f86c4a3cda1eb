import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { defineConfig } from 'vitepress';

const ROOT = resolve(import.meta.dirname ?? __dirname, '../..');
const REPOSITORY = 'https://github.com/persona4j/persona4j';
const DOCS = join(ROOT, 'docs');

/** The pages of a list in docs/README.md, so that the site and the list are never different. */
function section(title: string) {
  const [, list] = readFileSync(join(DOCS, 'README.md'), 'utf8').split(`\n## ${title}\n`);
  if (!list) throw new Error(`docs/README.md has no section ${title}`);
  return [...list.split('\n## ')[0].matchAll(/^- \[(.+?)\]\((.+?)\)/gm)]
    .map(([, text, link]) => ({ text, link }))
    .filter(({ link }) => !link.startsWith('..'))
    .map(({ text, link }) => ({ text, link: `/${link.replace(/\.md$/, '')}` }));
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
  themeConfig: {
    search: { provider: 'local', options: { detailedView: true } },
    nav: [{ text: 'Guides', link: '/guides/pagination' }],
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
      // Links to files outside of docs, which work in the repository, lead to it.
      md.core.ruler.push('repository-links', (state) => {
        const page = resolve(DOCS, state.env.relativePath === 'index.md' ? 'README.md' : state.env.relativePath);
        for (const token of state.tokens.flatMap((each) => each.children ?? [])) {
          const href = token.type === 'link_open' ? token.attrGet('href') : null;
          if (!href || /^[a-z]+:|^#/.test(href)) continue;
          const [path, anchor] = href.split('#');
          const target = resolve(dirname(page), path);
          if (!relative(DOCS, target).startsWith('..')) continue;
          if (!existsSync(target)) throw new Error(`${state.env.relativePath}: no file ${href}`);
          token.attrSet('href', `${REPOSITORY}/blob/main/${relative(ROOT, target)}${anchor ? `#${anchor}` : ''}`);
        }
      });
    },
  },
});
