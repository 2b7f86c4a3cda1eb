// Builds the site and all that it is made from, if something of it has changed since:
//
//   node build.mjs        the site in target/site, with the Javadoc, checked
//   node build.mjs --dev  the site at http://127.0.0.1:5173 without the Javadoc; changes of the guides show at once
//
// Options of Maven are read from the variable MAVEN_ARGS.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, realpathSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { check } from './check.mjs';
import { JAVADOC, writeJavadoc } from './javadoc.mjs';
import { writeReference } from './reference.mjs';
import { modules, OTHERS } from './types.mjs';

const DOCS = dirname(fileURLToPath(import.meta.url));
const ROOT = dirname(DOCS);
const SITE = join(DOCS, 'target/site');
const STAMPS = join(DOCS, 'target/stamps.json');
const OPERATIONS = 'extensions/target/site/operations.json';
const VITEPRESS = join(DOCS, 'node_modules/vitepress/bin/vitepress.js');
const SKIPPED = new Set(['target', 'node_modules', 'test']);

async function run(name, command, parameters) {
  const begin = Date.now();
  console.log(`\n== ${name}`);
  // Windows runs scripts in a shell only, and its shell splits a path with spaces.
  const shell = process.platform === 'win32' && command !== process.execPath;
  const child = spawn(shell ? `"${command}"` : command, parameters, {
    cwd: ROOT,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell,
    env: { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' },
  });
  const status = await new Promise((resolve, reject) => child.on('error', reject).on('close', resolve));
  if (status !== 0) throw new Error(`${name} failed: status ${status}`);
  console.log(`${name}: ${Math.round((Date.now() - begin) / 1000)} s`);
}

function* files(path) {
  for (const entry of readdirSync(path, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (SKIPPED.has(entry.name)) continue;
    if (entry.isDirectory()) yield* files(join(path, entry.name));
    else yield join(path, entry.name);
  }
}

/** Files, and those in folders. */
function* all(root, paths) {
  for (const path of paths.map((each) => join(root, each)).filter((each) => existsSync(each))) {
    if (statSync(path).isDirectory()) yield* files(path);
    else yield path;
  }
}

/** A hash of the names and contents of files and of all files in folders. */
export function hash(root, paths) {
  const found = createHash('sha256');
  for (const file of all(root, paths)) {
    found.update(file.slice(root.length)).update('\0').update(readFileSync(file)).update('\0');
  }
  return found.digest('hex');
}

/** Whether all results exist and none is older than a file of the paths. */
export function isFresh(root, results, paths) {
  if (!results.every((result) => existsSync(join(root, result)))) return false;
  const oldest = Math.min(...results.map((result) => statSync(join(root, result)).mtimeMs));
  for (const file of all(root, paths)) if (statSync(file).mtimeMs > oldest) return false;
  return true;
}

/** Runs a step unless its inputs are those of the last time and its results exist. */
async function step(name, inputs, results, action) {
  const now = hash(ROOT, inputs);
  if (stamps()[name] === now && results.every((result) => existsSync(result))) {
    console.log(`${name}: not changed`);
    return;
  }
  await action();
  mkdirSync(dirname(STAMPS), { recursive: true });
  writeFileSync(STAMPS, JSON.stringify({ ...stamps(), [name]: now }, null, 2));
}

function stamps() {
  try {
    return JSON.parse(readFileSync(STAMPS, 'utf8'));
  } catch {
    return {}; // there is none, or a build was stopped while it wrote it
  }
}

async function build(dev) {
  const folders = [...modules(ROOT).map(({ folder }) => folder), ...OTHERS.keys()];
  const description = ['openapi/openapi.yaml', 'openapi/redocly.yaml', 'openapi/components', 'openapi/paths', 'openapi/webhooks'];
  const sources = [
    'pom.xml',
    ...['generator', 'modules/spring-boot', ...folders].flatMap((each) => [`${each}/pom.xml`, `${each}/src/main`]),
  ];
  const maven = (name, ...parameters) =>
    run(name, join(ROOT, process.platform === 'win32' ? 'mvnw.cmd' : 'mvnw'), ['-B', '-ntp', '-q', ...parameters]);

  await step('The description', description, [join(ROOT, 'openapi/target/openapi.json')], async () => {
    if (!existsSync(join(ROOT, 'openapi/node_modules'))) {
      await run('Tools of the description', 'npm', ['ci', '--prefix', 'openapi', '--ignore-scripts', '--no-audit', '--no-fund']);
    }
    await run('The description', 'npm', ['run', '-s', '--prefix', 'openapi', 'bundle']);
  });
  if (dev) {
    // What the reference needs.
    if (!isFresh(ROOT, [OPERATIONS], [...description, 'generator/src/main', 'extensions/pom.xml'])) {
      await maven('Generated calls', 'compile', '-pl', 'extensions', '-am');
    }
    pages();
    await run('Site', process.execPath, [VITEPRESS, 'dev', 'docs', '--host', '127.0.0.1']);
    return;
  }
  // The build of the project also writes these.
  const results = [
    OPERATIONS,
    ...folders.map((folder) => `${folder}/target/site/classpath.txt`),
    'modules/kotlin/target/reports/apidocs/index.html',
  ];
  if (isFresh(ROOT, results, [...description, ...sources])) {
    console.log('Sources: not changed');
  } else {
    await maven('Sources', 'process-classes', '-pl', folders.join(','), '-am', '-Ddokka.phase=process-classes');
  }
  pages();
  // Each needs one core for most of the time.
  await Promise.all([
    step('Javadoc', [...description, ...sources, 'docs/javadoc.mjs', 'docs/types.mjs'], [join(JAVADOC, 'kotlin')], () =>
      run('Javadoc', process.execPath, [join(DOCS, 'javadoc.mjs')]),
    ),
    run('Site', process.execPath, [VITEPRESS, 'build', 'docs']),
  ]);
  cpSync(JAVADOC, join(SITE, 'javadoc'), { recursive: true });
  console.log('\n== Checks');
  const { report, errors } = await check(SITE, ROOT);
  for (const line of report) console.log(line);
  for (const error of errors.slice(0, 50)) console.error(error);
  if (errors.length > 0) throw new Error(`${errors.length} errors in the site`);
}

function pages() {
  const { groups, operations, events } = writeReference();
  console.log(`API reference: ${operations} operations in ${groups} groups, ${events} events`);
}

// The real path: a build that is started through a link of the file system would do nothing otherwise.
if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  try {
    await build(process.argv.includes('--dev'));
  } catch (e) {
    console.error(e.message);
    process.exitCode = 1;
  }
}
