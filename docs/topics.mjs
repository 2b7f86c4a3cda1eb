// The pages of a list in docs/README.md, in groups by the headings in it.

const PAGE = /^- \[(.+?)\]\((.+?)\)(.*)$/gm;

/** Groups of pages within a section of the list; its title is that of pages before the first heading. */
export function topics(list, section) {
  const [, after] = `\n${list}`.split(`\n## ${section}\n`);
  if (!after) throw new Error(`docs/README.md has no section ${section}`);
  const [first, ...others] = after.split('\n## ')[0].split('\n### ');
  const group = (title, text) => ({
    title,
    pages: [...text.matchAll(PAGE)]
      .map(([, name, file, more]) => ({ text: name, file, more }))
      // The others are outside of the site.
      .filter(({ file }) => !file.startsWith('..')),
  });
  return [group(section, first), ...others.map((text) => group(text.split('\n')[0], text))].filter(
    ({ pages }) => pages.length > 0,
  );
}
