// Links of the pages into the Javadoc: the first mention of a type in each page, and those that a page writes itself.

const NAME = /^@?([A-Z]\w+)(?:\.[A-Za-z]\w*(?:\(.*\))?)?$/;

/** Lets markdown-it link names of types in code to their Javadoc, by a map from simple names to addresses. */
export function javadocLinks(md, types) {
  md.core.ruler.push('javadoc-links', (state) => {
    const linked = new Set();
    state.tokens.forEach((token, index) => {
      if (!token.children) return;
      const heading = state.tokens[index - 1]?.type === 'heading_open';
      let depth = 0;
      token.children = token.children.flatMap((each) => {
        if (each.type === 'link_open') {
          depth++;
          // The pages of the site are loaded by a script, those of the Javadoc are not.
          if (each.attrGet('href')?.startsWith('/javadoc/')) each.attrSet('target', '_self');
        }
        if (each.type === 'link_close') depth--;
        if (each.type !== 'code_inline' || depth > 0 || heading) return [each];
        const name = NAME.exec(each.content)?.[1];
        const address = types.get(name);
        if (!address || linked.has(name)) return [each];
        linked.add(name);
        const open = new state.Token('link_open', 'a', 1);
        open.attrs = [
          ['href', address],
          ['target', '_self'],
          ['class', 'type'],
        ];
        return [open, each, new state.Token('link_close', 'a', -1)];
      });
    });
  });
}
