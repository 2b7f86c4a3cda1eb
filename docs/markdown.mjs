// The pages as plain Markdown, which the site has beside its pages of HTML.

/** Targets of links; those into the Javadoc have parentheses. */
const LINK = /\]\(((?:[^()\s]|\([^()\s]*\))+)\)/g;

/** Text without what only the site understands, but not in code; `address` maps the targets of links. */
function inline(text, address) {
  const open = [];
  return text
    .split(/(`+[^`]*`+)/)
    .map((part, index) =>
      index % 2 === 1
        ? part
        : part
            .replace(/<a\b[^>]*?\shref="([^"]*)"[^>]*>|<\/a>/g, (tag, href) => {
              if (href === undefined) return open.length > 0 ? `](${open.pop()})` : '';
              open.push(href);
              return '[';
            })
            .replace(/<\/summary>/g, ': ')
            .replace(/<\/?(?:span|a|p|details|summary)\b[^>]*>/g, ''),
    )
    .join('')
    .replace(LINK, (_, href) => `](${address(href)})`);
}

/** The Markdown of a page for readers outside of the site. */
export function asMarkdown(text, address = (href) => href) {
  const lines = [];
  let fence = null;
  const push = (line) => {
    // One empty line is enough.
    if (line !== '' || lines.at(-1) !== '') lines.push(line);
  };
  for (const line of text.replace(/^---\n[\s\S]*?\n---\n+/, '').split('\n')) {
    const mark = /^\s*(`{3,}|~{3,})/.exec(line)?.[1];
    if (fence) {
      lines.push(line);
      if (mark === fence && line.trim() === mark) fence = null;
      continue;
    }
    if (mark) {
      fence = mark;
      // Titles of tabs.
      push(line.replace(/ \[[^\]]*\]$/, ''));
      continue;
    }
    const block = /^:::(?: (?:(details|warning|tip|info|danger|code-group) ?)?(.*))?$/.exec(line);
    if (block) {
      if (block[2]) {
        push(`**${block[2]}**`);
        push('');
      }
      continue;
    }
    if (/^<!-- code: .* -->$|^<\/?div\b.*>$/.test(line)) continue;
    push(inline(line, address));
  }
  return lines.join('\n');
}

/** The targets of links in Markdown. */
export function markdownLinks(text) {
  return [...text.replace(/^(`{3,}|~{3,})[\s\S]*?^\1$/gm, '').matchAll(LINK)].map(([, href]) => href);
}
