// The search of the site: which text is in the index, and in what order pages are found.

/** What the index of a page has: of the reference no examples, types and folded tables, which are most of its text. */
export function indexed(page, html, frontmatter) {
  if (frontmatter?.search === false) return '';
  if (!page.startsWith('target/reference/')) return html;
  return (
    unfolded(html)
      // The title by which the page is found, which differs from that of a guide.
      .replace(/(<h1[^>]*>).*?(?= *<a class="header-anchor")/, (all, open) => (frontmatter?.title ? open + frontmatter.title : all))
      .replace(/<pre[\s\S]*?<\/pre>/g, '')
      .replace(/<span class="lang">.*?<\/span>/g, '')
      .replace(/<table[\s\S]*?<\/table>/g, (table) =>
        page.endsWith('/event-names.md') ? table : (table.match(/<td[^>]*><code[\s\S]*?<\/code>/g) ?? []).join(' '),
      )
      .replace(/<li><strong>Retries<\/strong>[\s\S]*?<\/li>/g, '')
  );
}

/** A page without what is folded; folded parts may be within others. */
function unfolded(html) {
  const less = html.replace(/<details(?:(?!<details)[\s\S])*?<\/details>/g, '');
  return less === html ? html : unfolded(less);
}

/** Options of MiniSearch, for the build and for the page. The functions must not use anything outside of themselves. */
export const searchOptions = {
  options: {
    processTerm(term) {
      const stopped = ['a', 'an', 'and', 'the', 'of', 'to', 'in', 'is', 'it', 'or', 'for', 'with', 'without', 'by', 'on', 'how', 'do', 'i', 'all'];
      const lower = term.toLowerCase();
      // A plural is found by its singular, and the other way round.
      return stopped.includes(lower) ? null : lower.replace(/(...)ies$/, '$1y').replace(/(...[^su])s$/, '$1');
    },
  },
  searchOptions: {
    fuzzy: (term) => (term.length > 4 ? 0.15 : false),
    prefix: true,
    boost: { title: 5, titles: 2, text: 1 },
    boostDocument(id, term, stored) {
      // Guides and operations before the start of a group, all before decisions and texts for those who change the project.
      const section = stored?.titles?.length > 0;
      const kind = id.includes('/guides/') ? (section ? 1.6 : 2) : id.includes('/reference/') ? (section ? 1.5 : 0.7) : 0.6;
      // A word of the title counts more if there are few others: "Create an inquiry" before "Create an inquiry session".
      const words = (stored?.title ?? '')
        .toLowerCase()
        .split(/[^a-z0-9]+/)
        .filter((word) => word && !['a', 'an', 'and', 'the', 'of', 'to'].includes(word))
        .map((word) => word.replace(/(...)ies$/, '$1y').replace(/(...[^su])s$/, '$1'));
      return words.includes(term) ? kind * (1 + 1 / words.length) : kind;
    },
  },
};
