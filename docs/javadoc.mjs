// Writes the Javadoc of all artifacts: target/javadoc has that of the modules of Java together, with folders for Spring
// Boot 3, which has the same packages as Spring Boot 4, and for Kotlin, which Dokka writes. Needs the generated sources
// and the class paths in target/site/classpath.txt of each module; see build.mjs.
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { modules, other, OTHERS } from './types.mjs';

const DOCS = dirname(fileURLToPath(import.meta.url));
const ROOT = dirname(DOCS);
export const JAVADOC = join(DOCS, 'target/javadoc');

function tool() {
  const home = process.env.JAVA_HOME;
  return home && existsSync(join(home, 'bin/javadoc')) ? join(home, 'bin/javadoc') : 'javadoc';
}

/** The jars that a module was compiled with, without those of this project. */
function jars(folder) {
  return readFileSync(join(ROOT, folder, 'target/site/classpath.txt'), 'utf8')
    .trim()
    .split(delimiter)
    .filter((jar) => jar && !jar.startsWith(ROOT) && !/[\\/]persona4j[^\\/]*\.jar$/.test(jar));
}

/** One jar for each artifact, the first of several versions. */
export function withoutDuplicates(paths) {
  const found = new Map();
  for (const path of paths) {
    const name = path.split(/[\\/]/).pop().replace(/-\d[\w.-]*\.jar$/, '');
    if (!found.has(name)) found.set(name, path);
  }
  return [...found.values()];
}

function run(out, options) {
  const file = join(DOCS, 'target', 'javadoc.options');
  const quoted = [
    '-d', out,
    '-encoding', 'UTF-8', '-docencoding', 'UTF-8', '-charset', 'UTF-8',
    '--release', '17',
    '-locale', 'en',
    '-Xdoclint:all,-missing',
    '-notimestamp', '-quiet', '-nohelp', '-notree',
    '-use'.repeat(0),
    ...options,
  ].filter(Boolean);
  writeFileSync(file, quoted.map((each) => `"${each.replace(/\\/g, '\\\\').replace(/"/g, '\\"')}"`).join('\n'));
  const result = spawnSync(tool(), [`@${file}`], { encoding: 'utf8', maxBuffer: 1 << 26 });
  if (result.status !== 0) throw new Error(`javadoc failed:\n${(result.stdout + result.stderr).slice(-6000)}`);
}
