import { toString } from 'nlcst-to-string';
import { visit } from 'unist-util-visit';

/** Reports words and what to write instead: lines such as `answer, answers: response`. */
export function terms(list) {
  const instead = new Map();
  for (const line of list.split('\n').filter((each) => each && !each.startsWith('#'))) {
    const [words, term] = line.split(':');
    words.split(',').forEach((word) => instead.set(word.trim(), term.trim()));
  }
  return (tree, file) => {
    visit(tree, 'WordNode', (node) => {
      const word = toString(node);
      const term = instead.get(word.toLowerCase());
      if (term) {
        file.message(`Write ${term} instead of "${word}"`, { place: node.position, source: 'terms', ruleId: 'terms' });
      }
    });
  };
}
