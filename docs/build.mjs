// Builds the site and all that it is made from, if something of it has changed since:
//
//   node build.mjs        the site in target/site, with the Javadoc, checked
//   node build.mjs --dev  the site at http://127.0.0.1:5173 without the Javadoc; changes of the guides show at once
//
// Options of Maven are read from the variable MAVEN_ARGS.
import { spawnSync } from 'node:child_process';
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
const SKIPPED = new Set(['target', 'node_modules', 'test']);

function run(name, command, parameters, environment = {}) {
  const begin = Date.now();
  console.log(`\n== ${name}`);
  const result = spawnSync(command, parameters, {
    cwd: ROOT,
    stdio: 'inherit',
    shell: process.platform === 'win32',
    env: { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true', ...environment },
  });
  if (result.status !== 0) throw new Error(`${name} failed: ${result.error ?? `status ${result.status}`}`);
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
function step(name, inputs, results, action) {
  const stamps = existsSync(STAMPS) ? JSON.parse(readFileSync(STAMPS, 'utf8')) : {};
  const now = hash(ROOT, inputs);
  if (stamps[name] === now && results.every((result) => existsSync(result))) {
    console.log(`${name}: not changed`);
    return;
  }
  action();
  mkdirSync(dirname(STAMPS), { recursive: true });
  writeFileSync(STAMPS, JSON.stringify({ ...stamps, [name]: now }, null, 2));
}

async function build(dev) {
  const folders = [...modules(ROOT).map(({ folder }) => folder), ...OTHERS.keys()];
  const description = ['openapi/openapi.yaml', 'openapi/redocly.yaml', 'openapi/components', 'openapi/paths', 'openapi/webhooks'];
  const sources = [
    'pom.xml',
    ...['generator', 'modules/spring-boot', ...folders].flatMap((each) => [`${each}/pom.xml`, `${each}/src/main`]),
  ];
  const maven = (name, parameters) =>
    run(name, join(ROOT, process.platform === 'win32' ? 'mvnw.cmd' : 'mvnw'), ['-B', '-ntp', '-q', ...parameters]);

  step('The description', description, [join(ROOT, 'openapi/target/openapi.json')], () => {
    if (!existsSync(join(ROOT, 'openapi/node_modules'))) {
      run('Tools of the description', 'npm', ['ci', '--prefix', 'openapi', '--ignore-scripts', '--no-audit', '--no-fund']);
    }
    run('The description', 'npm', ['run', '-s', '--prefix', 'openapi', 'bundle']);
  });
  if (dev) {
    // What the reference needs; the next build with Javadoc compiles the rest.
    step('Generated calls', [...description, ...sources], [OPERATIONS], () =>
      maven('Generated calls', ['compile', '-pl', 'extensions', '-am']),
    );
  } else {
    const classpaths = folders.filter((each) => each !== 'modules/kotlin').map((each) => join(ROOT, each, CLASSPATH));
    const kotlin = join(ROOT, 'modules/kotlin/target/reports/apidocs/index.html');
    step('Sources', [...description, ...sources], [OPERATIONS, ...classpaths, kotlin], () =>
      maven('Sources', [
        'process-classes',
        'dependency:build-classpath',
        '-pl',
        folders.join(','),
        '-am',
        `-Dmdep.outputFile=${CLASSPATH}`,
        '-DincludeScope=compile',
        '-Ddokka.phase=process-classes',
      ]),
    );
    step('Javadoc', [...description, ...sources, 'docs/javadoc.mjs', 'docs/types.mjs'], [join(JAVADOC, 'index.html')], () => {
      const begin = Date.now();
      console.log('\n== Javadoc');
      writeJavadoc();
      console.log(`Javadoc: ${Math.round((Date.now() - begin) / 1000)} s`);
    });
  }
  const { groups, operations, events } = writeReference();
  console.log(`API reference: ${operations} operations in ${groups} groups, ${events} events`);

  const vitepress = join(DOCS, 'node_modules/vitepress/bin/vitepress.js');
  if (dev) {
    run('Site', process.execPath, [vitepress, 'dev', 'docs', '--host', '127.0.0.1']);
    return;
  }
  run('Site', process.execPath, [vitepress, 'build', 'docs']);
  cpSync(JAVADOC, join(SITE, 'javadoc'), { recursive: true });
  console.log('\n== Checks');
  const { report, errors } = await check(SITE, ROOT);
  for (const line of report) console.log(line);
  for (const error of errors.slice(0, 50)) console.error(error);
  if (errors.length > 0) throw new Error(`${errors.length} errors in the site`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    await build(process.argv.includes('--dev'));
  } catch (e) {
    console.error(e.message);
    process.exitCode = 1;
  }
}
