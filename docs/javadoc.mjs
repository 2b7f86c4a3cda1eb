// Writes the Javadoc of all artifacts: target/javadoc has that of the modules of Java together, with folders for Spring
// Boot 3, which has the same packages as Spring Boot 4, and for Kotlin, which Dokka writes. Needs the generated sources
// and the class paths in target/site/classpath.txt of each module; see build.mjs.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { moduleIn, modules, OTHERS } from './types.mjs';

const DOCS = dirname(fileURLToPath(import.meta.url));
const ROOT = dirname(DOCS);
export const JAVADOC = join(DOCS, 'target/javadoc');
/** The link to the site stays within the header on narrow screens. */
const STYLE = `
@media screen and (max-width: 800px) {
    .about-language {
        height:auto;
        margin-top:0;
        padding:5px 12px 0 8px;
    }
}
`;

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

/** Runs javadoc. Every warning is printed; an error ends the build. */
function run(options) {
  const file = join(DOCS, 'target/javadoc.options');
  const all = [
    ['-encoding', 'UTF-8', '-docencoding', 'UTF-8', '-charset', 'UTF-8', '-locale', 'en'],
    ['--release', '17', '-Xdoclint:all,-missing', '-notimestamp', '-quiet', '-notree', '-nohelp', '-splitindex'],
    ['-header', '<a href="/">Site</a>', '-bottom', 'Unofficial: not made, endorsed or supported by Persona, and not affiliated with it.'],
    options,
  ].flat();
  writeFileSync(file, all.map((each) => `"${each.replace(/\\/g, '\\\\').replace(/"/g, '\\"')}"`).join('\n'));
  const result = spawnSync(tool(), [`@${file}`], { encoding: 'utf8', maxBuffer: 1 << 26 });
  const output = `${result.stdout ?? ''}${result.stderr ?? ''}`.trim();
  if (result.status !== 0) throw new Error(`javadoc failed: ${result.error ?? ''}\n${output.slice(-6000)}`);
  if (output) console.log(output);
}

/** The options for modules that are read from their sources, with the jars of others on the module path. */
function moduleOptions(found, path, out, title) {
  return [
    ...found.flatMap(({ name, sources }) => ['--module-source-path', `${name}=${sources.join(delimiter)}`]),
    '--module-path',
    path.join(delimiter),
    '--module',
    found.map(({ name }) => name).join(','),
    '-d',
    out,
    '-doctitle',
    title,
    '-windowtitle',
    title,
  ];
}

/** Takes out of a style sheet what it loads from files that are not there; some builds of the JDK have no fonts. */
export function withoutMissing(css, exists) {
  return css.replace(/^@import url\('([^']+)'\);\n/gm, (rule, file) => (exists(file) ? rule : ''));
}

/** Mends the style sheet of a folder of Javadoc, which newer JDKs write into a folder of its own. */
export function mend(folder) {
  const file = ['stylesheet.css', 'resource-files/stylesheet.css'].map((each) => join(folder, each)).find(existsSync);
  if (!file) throw new Error(`${folder} has no style sheet`);
  const css = withoutMissing(readFileSync(file, 'utf8'), (each) => existsSync(join(dirname(file), each)));
  writeFileSync(file, css + STYLE);
}

export function writeJavadoc() {
  rmSync(JAVADOC, { recursive: true, force: true });
  mkdirSync(JAVADOC, { recursive: true });
  const found = modules(ROOT);
  const boot = (folder) => (folder.includes('spring-boot') ? 0 : 1);
  // Spring Boot has its own versions of some libraries, which the sources of all modules compile with.
  const folders = found.map(({ folder }) => folder).sort((a, b) => boot(a) - boot(b));
  // Of two versions of a module, the first counts.
  const path = [...new Set(folders.flatMap(jars))];
  run(moduleOptions(found, path, JAVADOC, 'persona4j'));

  const boot3 = moduleIn(ROOT, 'modules/spring-boot-3');
  // Without the jars of Spring Boot 4, which have the same packages in other modules.
  const classes = found.filter(({ name }) => name !== boot3.name).map(({ folder }) => join(ROOT, folder, 'target/classes'));
  const out = join(JAVADOC, OTHERS.get(boot3.folder));
  run([
    ...moduleOptions([boot3], [...classes, ...jars(boot3.folder)], out, 'persona4j for Spring Boot 3'),
    // The types of the other modules are in the Javadoc around this one.
    '-linkoffline',
    '..',
    JAVADOC,
  ]);

  mend(JAVADOC);
  mend(out);

  const kotlin = join(ROOT, 'modules/kotlin/target/reports/apidocs');
  if (!existsSync(join(kotlin, 'index.html'))) throw new Error('Dokka has written nothing');
  cpSync(kotlin, join(JAVADOC, OTHERS.get('modules/kotlin')), { recursive: true });
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  try {
    writeJavadoc();
  } catch (e) {
    console.error(e.message);
    process.exitCode = 1;
  }
}
