// Builds the site and all that it is made from, if something of it has changed since:
//
//   node build.mjs        the site in target/site, with the Javadoc, checked
//   node build.mjs --dev  the site at http://127.0.0.1:5173 without the Javadoc; changes of the guides show at once
//
// Options of Maven are read from the variable MAVEN_ARGS.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
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
const OPERATIONS = join(ROOT, 'extensions/target/site/operations.json');
const CLASSPATH = 'target/site/classpath.txt';
const VITEPRESS = join(DOCS, 'node_modules/vitepress/bin/vitepress.js');
const SKIPPED = new Set(['target', 'node_modules', 'test']);

async function run(name, command, parameters) {
  const begin = Date.now();
  console.log(`\n== ${name}`);
  const child = spawn(command, parameters, {
    cwd: ROOT,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
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

/** A hash of the names and contents of all files in folders, and of files. */
export function hash(root, paths) {
  const found = createHash('sha256');
  for (const path of paths) {
    const full = join(root, path);
    if (!existsSync(full)) continue;
    for (const file of /\.\w+$/.test(path) ? [full] : files(full)) {
      found.update(file.slice(root.length)).update('\0').update(readFileSync(file)).update('\0');
    }
  }
  return found.digest('hex');
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
  return existsSync(STAMPS) ? JSON.parse(readFileSync(STAMPS, 'utf8')) : {};
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
    await step('Generated calls', [...description, ...sources], [OPERATIONS], () =>
      maven('Generated calls', 'compile', '-pl', 'extensions', '-am'),
    );
    pages();
    await run('Site', process.execPath, [VITEPRESS, 'dev', 'docs', '--host', '127.0.0.1']);
    return;
  }
  const classpaths = folders.filter((each) => each !== 'modules/kotlin').map((each) => join(ROOT, each, CLASSPATH));
  const kotlin = join(ROOT, 'modules/kotlin/target/reports/apidocs/index.html');
  await step('Sources', [...description, ...sources], [OPERATIONS, ...classpaths, kotlin], () =>
    maven(
      'Sources',
      'process-classes',
      'dependency:build-classpath',
      '-pl',
      folders.join(','),
      '-am',
      `-Dmdep.outputFile=${CLASSPATH}`,
      '-DincludeScope=compile',
      '-Ddokka.phase=process-classes',
    ),
  );
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

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    await build(process.argv.includes('--dev'));
  } catch (e) {
    console.error(e.message);
    process.exitCode = 1;
  }
}
