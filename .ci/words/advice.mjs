// Prints spelling mistakes and words that the project does not use, by file and line. It is advice: it never fails.
import { existsSync, readFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import dictionary from 'dictionary-en';
import { retext } from 'retext';
import retextIndefiniteArticle from 'retext-indefinite-article';
import retextRepeatedWords from 'retext-repeated-words';
import retextSpell from 'retext-spell';
import { VFile } from 'vfile';
import { terms } from './terms.mjs';
import { description, javadoc, markdown } from './texts.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '..', '..');
const accepted = readFileSync(join(here, 'accepted.txt'), 'utf8').replace(/^#.*\n/gm, '');

const checker = retext()
  .use(retextSpell, { dictionary, personal: accepted, max: 0 })
  .use(retextRepeatedWords)
  .use(retextIndefiniteArticle)
  .use(terms, readFileSync(join(here, 'terms.txt'), 'utf8'))
  .freeze();

const counts = {};
for (const [path, read] of texts()) {
  const file = new VFile({ path, value: read(readFileSync(join(root, path), 'utf8')) });
  if (!/\S/.test(file.value)) continue;
  await checker.run(checker.parse(file), file);
  for (const message of file.messages.sort((a, b) => a.line - b.line)) {
    if (message.ruleId === 'overflow') continue; // about suggestions, which are not shown
    // What is written like a name in code is one.
    if (message.source === 'retext-spell' && /[a-z][A-Z]|\d|\w[.:]\w|^[A-Z]{2,}s?\.?$/.test(message.actual)) continue;
    const rule = message.source.replace('retext-', '');
    counts[rule] = (counts[rule] ?? 0) + 1;
    console.log(`${path}:${message.line}: ${message.reason} (${rule})`);
  }
}
const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
console.log(`${total} findings${total ? `: ${Object.entries(counts).map(([rule, n]) => `${rule} ${n}`).join(', ')}` : ''}`);

/** Returns the files with what reads their texts. */
function* texts() {
  for (const path of execFileSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8', maxBuffer: 1 << 26 }).split('\0')) {
    if (!existsSync(join(root, path))) {
      continue; // deleted, but not in a commit yet
    } else if (path.endsWith('.md') && !path.includes('/src/')) {
      yield [path, markdown];
    } else if (/^openapi\/(openapi\.yaml|(paths|webhooks|components)\/.*\.yaml)$/.test(path) && !/\/examples\//.test(path)) {
      yield [path, description];
    } else if (/^(generated-client|extensions|testing|modules\/[^/]+)\/src\/main\/(java|kotlin)\/.*\.(java|kt)$/.test(path) && !/\/internal\//.test(path)) {
      yield [path, (source) => (/^public |^(class|object|fun|interface|@JvmName)/m.test(source) || path.endsWith('package-info.java') ? javadoc(source) : '')];
    }
  }
}
