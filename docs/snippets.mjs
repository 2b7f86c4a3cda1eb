// Writes the code of README, the guides and the Javadoc from regions of compiled sources, so that none is typed twice.
//
//   node docs/snippets.mjs          writes it
//   node docs/snippets.mjs --check  changes nothing, and fails if a block differs from its region
//
// A region is a part of a source between the lines "// region NAME" and "// endregion". A document names it in a comment
// before the block:
//
//   <!-- code: examples/src/main/java/io/github/persona4j/examples/ListEvents.java#all-events -->
//
// In Javadoc, the comment is before <pre>{@code, in KDoc before ```. Every block of Java or Kotlin in a document and every
// such example of a source in src/main has a comment. Text in Javadoc that is not Java, such as SQL, is a plain <pre>.
import { readdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const SKIPPED = new Set(['target', 'node_modules', '.git']);
const BEGIN = /^\s*\/\/ region (\S+)$/;
const END = /^\s*\/\/ endregion$/;
const BLOCK = /(?:<!-- code: (\S+)#(\S+) -->\n+)?^```(java|kotlin)\n([\s\S]*?)^```$/gm;
const JAVADOC =
  /^([ ]*\* )(?:<!-- code: (\S+)#(\S+) -->\n((?:[ ]*\*\n)?)[ ]*\* )?<pre>\{@code\n([\s\S]*?)^[ ]*\* \}<\/pre>$/gm;
const KDOC = /^([ ]*\* )(?:<!-- code: (\S+)#(\S+) -->\n((?:[ ]*\*\n)?)[ ]*\* )?```\n([\s\S]*?)^[ ]*\* ```$/gm;
const MARKED = /<!-- code: (\S+)#(\S+) -->/g;
// What looks like a block, also where the patterns above do not see one: indented, with more after the language, on one line.
const OPENED = /^[ \t>]*(?:`{3,}|~{3,})[ \t]*(?:java|kotlin)\b/gm;
const OPENED_IN_JAVADOC = /^[ ]*\/?\*.*<pre>[\s*]*\{@code/gm;

/**
 * The lines of a region, without their common indentation and without the marks of regions in it. The region "*" is the
 * whole source but its package, to paste into a project.
 */
export function region(source, name) {
  if (name === '*') return unindented(source.split('\n').filter((line) => !/^package |^\s*\/\/ (region \S+|endregion)$/.test(line)));
  const lines = source.split('\n');
  const begin = lines.findIndex((line) => BEGIN.exec(line)?.[1] === name);
  if (begin < 0) throw new Error(`no region ${name}`);
  if (lines.some((line, index) => index > begin && BEGIN.exec(line)?.[1] === name)) throw new Error(`two regions ${name}`);
  const found = [];
  let depth = 1;
  for (const line of lines.slice(begin + 1)) {
    if (BEGIN.test(line)) depth++;
    else if (END.test(line)) depth--;
    else found.push(line);
    if (depth === 0) return unindented(found);
  }
  throw new Error(`no end of region ${name}`);
}

function unindented(lines) {
  const text = lines.filter((line) => line.trim() !== '');
  if (text.length === 0) throw new Error('an empty region');
  const indent = Math.min(...text.map((line) => line.length - line.trimStart().length));
  return `${lines.map((line) => line.slice(indent).trimEnd()).join('\n').trim()}\n`;
}

/** The text of a document with the code of its regions. Each error is added to a list. */
export function markdown(text, regionOf, errors) {
  const marks = count(text, MARKED);
  let blocks = 0;
  let found = 0;
  const result = text.replace(BLOCK, (block, file, name, language, code) => {
    blocks++;
    if (!file) {
      errors.push(`a block without a region: ${code.split('\n')[0]}`);
      return block;
    }
    found++;
    return `<!-- code: ${file}#${name} -->\n\`\`\`${language}\n${read(regionOf, file, name, code, errors)}\`\`\``;
  });
  if (blocks !== count(text, OPENED)) errors.push('a block of Java or Kotlin that does not begin a line with ``` and its language alone');
  if (found !== marks) errors.push('a comment with a region that is not before a block of Java or Kotlin');
  return result;
}

function count(text, pattern) {
  return text.match(pattern)?.length ?? 0;
}

/** Whether a tag of Javadoc would end within the code, or not at its end. */
function isUnbalanced(lines) {
  let open = 0;
  for (const brace of lines.join('\n').match(/[{}]/g) ?? []) {
    open += brace === '{' ? 1 : -1;
    if (open < 0) return true;
  }
  return open !== 0;
}

/** The text of a Java source with the code of the regions in its Javadoc. */
export function javadoc(text, regionOf, errors) {
  const found = count(text, JAVADOC);
  if (found !== count(text, OPENED_IN_JAVADOC)) errors.push('an example that is not between lines with <pre>{@code and }</pre> alone');
  return commented(text, JAVADOC, ['<pre>{@code', '}</pre>'], regionOf, errors);
}

/** The text of a Kotlin source with the code of the regions in its KDoc. */
export function kdoc(text, regionOf, errors) {
  return commented(text, KDOC, ['```', '```'], regionOf, errors);
}

function commented(text, pattern, [begin, end], regionOf, errors) {
  const marks = count(text, MARKED);
  let found = 0;
  const result = text.replace(pattern, (block, prefix, file, name, empty, code) => {
    if (!file) {
      errors.push(`an example without a region: ${code.split('\n')[0].trim()}`);
      return block;
    }
    found++;
    const stars = prefix.trimEnd();
    const lines = read(regionOf, file, name, null, errors)?.trimEnd().split('\n');
    if (!lines) return block;
    if (lines.some((line) => line.includes('*/'))) errors.push(`*/ in ${file}#${name}`);
    if (begin.startsWith('<pre>') && isUnbalanced(lines)) errors.push(`braces that do not match in ${file}#${name}`);
    const example = lines.map((line) => (line ? `${prefix}${line}` : stars)).join('\n');
    return `${prefix}<!-- code: ${file}#${name} -->\n${empty}${prefix}${begin}\n${example}\n${prefix}${end}`;
  });
  if (found !== marks) errors.push('a comment with a region that is not before an example');
  return result;
}

function read(regionOf, file, name, otherwise, errors) {
  try {
    return regionOf(file, name);
  } catch (e) {
    errors.push(`${file}#${name}: ${e.message}`);
    return otherwise;
  }
}

function* files(folder, ending) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (!SKIPPED.has(entry.name)) yield* files(path, ending);
    } else if (entry.name.endsWith(ending)) {
      yield path;
    }
  }
}

function run(check) {
  const sources = new Map();
  const used = new Set();
  const regionOf = (file, name) => {
    if (!sources.has(file)) sources.set(file, readFileSync(join(ROOT, file), 'utf8'));
    used.add(`${file}#${name}`);
    return region(sources.get(file), name);
  };
  const errors = [];
  let blocks = 0;
  let written = 0;
  const change = (path, rewrite) => {
    const name = relative(ROOT, path).split(sep).join('/');
    const before = readFileSync(path, 'utf8');
    const found = [];
    const after = rewrite(before, regionOf, found);
    errors.push(...found.map((error) => `${name}: ${error}`));
    blocks += before.split('<!-- code: ').length - 1;
    if (after === before) return;
    if (check) errors.push(`${name}: differs from its regions; run node docs/snippets.mjs`);
    else writeFileSync(path, after);
    written++;
  };
  for (const path of [join(ROOT, 'README.md'), ...files(join(ROOT, 'docs'), '.md')]) change(path, markdown);
  for (const path of files(ROOT, '.java')) {
    if (path.includes(`${sep}src${sep}main${sep}`)) change(path, javadoc);
  }
  for (const path of files(ROOT, '.kt')) {
    if (path.includes(`${sep}src${sep}main${sep}`)) change(path, kdoc);
  }
  for (const path of [...files(ROOT, '.java'), ...files(ROOT, '.kt')]) {
    const file = relative(ROOT, path).split(sep).join('/');
    for (const line of readFileSync(path, 'utf8').split('\n')) {
      const name = BEGIN.exec(line)?.[1];
      if (name && !used.has(`${file}#${name}`)) errors.push(`${file}: nobody uses the region ${name}`);
    }
  }
  for (const error of errors) console.error(error);
  console.log(`${blocks} blocks of code, ${check ? 'checked' : `${written} files written`}, ${errors.length} errors`);
  process.exitCode = errors.length === 0 && blocks > 0 ? 0 : 1;
}

// The real path: a check that is called through a link of the file system would do nothing otherwise.
if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) run(process.argv[2] === '--check');
