// Checks the artifacts in a repository that "mvnw deploy" has written: nothing is missing, and nothing else is there.
// The BOM says which artifacts there are. Usage: node .ci/check-artifacts.mjs REPOSITORY
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const GROUP = 'io.github.persona4j';
const BOM = 'persona4j-bom';
const PROJECT = 'https://github.com/persona4j/persona4j';
// Files beside those that every artifact has.
const MORE = { 'persona4j-testing': ['-standalone.jar'] };
const POM_ELEMENTS = {
  name: null,
  description: null,
  url: PROJECT,
  'licenses/license/name': 'Apache-2.0',
  'licenses/license/url': 'https://www.apache.org/licenses/LICENSE-2.0.txt',
  'developers/developer/name': null,
  'scm/connection': `scm:git:${PROJECT}.git`,
  'scm/developerConnection': `scm:git:${PROJECT}.git`,
  'scm/url': PROJECT,
  'issueManagement/url': `${PROJECT}/issues`,
};
// The time in all artifacts, so that two builds are identical.
const BUILD_TIME = Date.parse(only(texts(project('pom.xml'), 'properties/project.build.outputTimestamp'), 'pom.xml'));

const repository = resolve(process.argv[2] ?? 'target/repository');
const errors = [];

function check(holds, artifact, message) {
  if (!holds) errors.push(`${artifact}: ${message}`);
}

function only(values, what) {
  if (values.length !== 1) throw new Error(`${what}: ${values.length} instead of one`);
  return values[0];
}

/** The texts of the elements with a name that are directly in an XML text. */
function elements(xml, name) {
  const found = [];
  const tags = /<!--[\s\S]*?-->|<(\/?)([\w.-]+)(?:\s[^>]*?)?(\/?)>/g;
  const open = [];
  for (const match of xml.matchAll(tags)) {
    const [all, closes, tag, empty] = match;
    if (!tag) continue;
    if (closes) {
      const begin = open.pop();
      if (open.length === 0 && tag === name) found.push(xml.slice(begin, match.index).trim());
    } else if (!empty) {
      open.push(match.index + all.length);
    } else if (open.length === 0 && tag === name) {
      found.push('');
    }
  }
  return found;
}

function texts(xml, path) {
  return path.split('/').reduce((parents, name) => parents.flatMap((each) => elements(each, name)), [xml]);
}

function project(file) {
  return only(elements(readFileSync(file, 'utf8').replace(/<\?.*?\?>/, ''), 'project'), file);
}

/** The files of an artifact by what follows its name and version, which differs for each upload of a snapshot. */
function filesOf(artifact) {
  const folder = join(repository, ...GROUP.split('.'), artifact);
  const version = only(readdirSync(folder, { withFileTypes: true }).filter((each) => each.isDirectory()), folder).name;
  const prefix = `${artifact}-${version.replace('-SNAPSHOT', '')}`;
  const files = {};
  for (const name of readdirSync(join(folder, version))) {
    if (/^maven-metadata|\.(md5|sha\d+)$/.test(name)) continue;
    files[name.slice(prefix.length).replace(/^-\d{8}\.\d{6}-\d+/, '')] = join(folder, version, name);
  }
  return { version, files };
}

function checkPom(artifact, file) {
  const pom = project(file);
  for (const [path, value] of Object.entries(POM_ELEMENTS)) {
    const found = texts(pom, path);
    check(found.length === 1 && (value === null ? found[0] !== '' : found[0] === value), artifact, `${path} in its POM`);
  }
  check(!readFileSync(file, 'utf8').includes('${'), artifact, 'a property in its POM');
  for (const name of ['parent', 'build', 'properties', 'profiles', 'repositories', 'pluginRepositories', 'reporting']) {
    check(elements(pom, name).length === 0, artifact, `<${name}> in its POM`);
  }
  const managed = elements(pom, 'dependencyManagement').length;
  check(managed === (artifact === BOM ? 1 : 0), artifact, '<dependencyManagement> in its POM');
  return texts(pom, 'dependencies/dependency').map((dependency) => {
    const [name] = elements(dependency, 'artifactId');
    const [scope = 'compile'] = elements(dependency, 'scope');
    check(elements(dependency, 'version').length === 1, artifact, `no version of ${name} in its POM`);
    check(['compile', 'runtime', 'provided'].includes(scope), artifact, `${name} with scope ${scope} in its POM`);
    return { name, scope };
  });
}

function checkJar(artifact, kind, file, scratch) {
  const entries = execFileSync('jar', ['tf', file], { encoding: 'utf8', maxBuffer: 1 << 26 }).split(/\r?\n/);
  for (const name of ['LICENSE', 'NOTICE']) {
    const entry = `META-INF/${name}`;
    if (entries.includes(entry)) {
      execFileSync('jar', ['xf', file, entry], { cwd: scratch });
      check(readFileSync(join(scratch, entry)).equals(readFileSync(name)), artifact, `another ${name} in ${kind}`);
    } else {
      check(false, artifact, `no ${name} in ${kind}`);
    }
  }
  const expected = { '-sources.jar': 'module-info.java', '-javadoc.jar': 'index.html', '.jar': 'module-info.class' };
  check(!expected[kind] || entries.includes(expected[kind]), artifact, `no ${expected[kind]} in ${kind}`);
}

function checkComponents(artifact, version, file, dependencies) {
  const text = readFileSync(file, 'utf8');
  const bom = JSON.parse(text);
  const { component, timestamp } = bom.metadata;
  check(bom.bomFormat === 'CycloneDX', artifact, 'no CycloneDX document');
  check(component.name === artifact && component.version === version, artifact, 'the document is of another artifact');
  check(!timestamp || Date.parse(timestamp) === BUILD_TIME, artifact, `the time ${timestamp} in the document`);
  check(!text.includes(process.cwd()), artifact, 'the folder of the build in the document');
  const names = (bom.components ?? []).map((each) => each.name);
  for (const { name, scope } of dependencies) {
    check(names.includes(name) === (scope !== 'provided'), artifact, `${name} (${scope}) in the document`);
  }
}

const bom = filesOf(BOM);
const managed = texts(project(bom.files['.pom']), 'dependencyManagement/dependencies/dependency');
const artifacts = managed.map((each) => only(elements(each, 'artifactId'), BOM));
for (const each of managed) {
  const [name] = elements(each, 'artifactId');
  check(elements(each, 'groupId')[0] === GROUP, BOM, `${name} is not ours`);
  check(elements(each, 'version')[0] === bom.version, BOM, `another version of ${name}`);
}
checkPom(BOM, bom.files['.pom']);
check(Object.keys(bom.files).join() === '.pom', BOM, `its files are ${Object.keys(bom.files)}`);

const deployed = readdirSync(join(repository, ...GROUP.split('.'))).sort();
check(deployed.join() === [...artifacts, BOM].sort().join(), 'repository', `the artifacts are ${deployed}`);
for (const artifact of artifacts.filter((each) => deployed.includes(each))) {
  const { version, files } = filesOf(artifact);
  const expected = ['.jar', '-sources.jar', '-javadoc.jar', '.pom', '-cyclonedx.json', ...(MORE[artifact] ?? [])];
  check(Object.keys(files).sort().join() === expected.sort().join(), artifact, `its files are ${Object.keys(files)}`);
  const scratch = mkdtempSync(join(tmpdir(), 'artifacts'));
  try {
    for (const [kind, file] of Object.entries(files).filter(([kind]) => kind.endsWith('.jar'))) {
      checkJar(artifact, kind, file, scratch);
    }
  } finally {
    rmSync(scratch, { recursive: true });
  }
  const module = execFileSync('jar', ['--describe-module', '--file', files['.jar']], { encoding: 'utf8' });
  check(/^io\.github\.persona4j\S* jar:/.test(module), artifact, `its module: ${module.split('\n')[0]}`);
  const dependencies = checkPom(artifact, files['.pom']);
  if (existsSync(files['-cyclonedx.json'] ?? '')) {
    checkComponents(artifact, version, files['-cyclonedx.json'], dependencies);
  }
  console.log(`${artifact}: ${Object.keys(files).length} files, module ${module.split(' ')[0]}`);
}
for (const error of errors) console.error(error);
console.log(errors.length === 0 ? 'All artifacts are complete' : `${errors.length} errors`);
process.exitCode = errors.length === 0 ? 0 : 1;
