// Writes a Maven project for each guide that has a complete program: its Java as it is shown, and its dependencies. A page that
// shows no <dependencyManagement> is read after the quickstart, so its project has the dependencies of both.
// Usage: node .ci/pasted.mjs FOLDER
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const GUIDES = join(ROOT, 'docs/guides');
const PAGES = ['quickstart.md', 'testing.md', 'webhooks.md'];
const PROGRAM = /^<!-- code: \S+?(\w+)\.java#\* -->\n```java\n([\s\S]*?)^```$/gm;
const XML = /^```xml\n([\s\S]*?)^```$/gm;

const pom = readFileSync(join(ROOT, 'pom.xml'), 'utf8');
const version = (name) => new RegExp(`<${name}\\.version>(.+)</`).exec(pom)[1];
const guide = (page) => readFileSync(join(GUIDES, page), 'utf8');
const dependencies = (text) => /<\/dependencyManagement>\n<dependencies>\n([\s\S]*?)<\/dependencies>/.exec(text)[1];

const plugin = (name, release) =>
  `<plugin><groupId>org.apache.maven.plugins</groupId><artifactId>maven-${name}-plugin</artifactId><version>${release}</version></plugin>`;

const quickstart = guide('quickstart.md');
const management = /<dependencyManagement>[\s\S]*?<\/dependencyManagement>/.exec(quickstart)[0];

function write(folder, parts) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, 'pom.xml'),
    `<project xmlns="http://maven.apache.org/POM/4.0.0">
<modelVersion>4.0.0</modelVersion>
<groupId>com.example</groupId><version>1</version>
${parts}
</project>
`,
  );
}

const folder = process.argv[2];
const modules = [];
for (const page of readdirSync(GUIDES).filter((name) => name.endsWith('.md'))) {
  const text = guide(page);
  const programs = [...text.matchAll(PROGRAM)];
  if (programs.length === 0) continue;
  const name = page.replace('.md', '');
  const own = [...text.matchAll(XML)].map(([, xml]) => xml).filter((xml) => xml.startsWith('<dependency>'));
  const tests = `<dependency><groupId>org.junit.jupiter</groupId><artifactId>junit-jupiter</artifactId><version>${version('junit')}</version>
<scope>test</scope></dependency>`;
  const isTest = ([, , java]) => java.includes('org.junit');
  write(
    join(folder, name),
    `<artifactId>${name}</artifactId>
<properties><maven.compiler.release>17</maven.compiler.release>
<project.build.sourceEncoding>UTF-8</project.build.sourceEncoding></properties>
${management}
<dependencies>
${dependencies(quickstart)}${own.join('')}${programs.some(isTest) ? tests : ''}
</dependencies>
<repositories><repository><id>published</id><url>\${persona4j.repository}</url></repository></repositories>
<build><plugins>${plugin('resources', '3.5.0')}${plugin('compiler', '3.16.0')}
${plugin('surefire', version('surefire'))}</plugins></build>`,
  );
  for (const program of programs) {
    const sources = join(folder, name, isTest(program) ? 'src/test/java' : 'src/main/java');
    mkdirSync(sources, { recursive: true });
    writeFileSync(join(sources, `${program[1]}.java`), program[2]);
    console.log(`${page}: ${program[1]}`);
  }
  modules.push(name);
}
const missing = PAGES.filter((page) => !modules.includes(page.replace('.md', '')));
if (missing.length > 0) throw new Error(`no complete program in ${missing}`);
write(folder, `<artifactId>pages</artifactId><packaging>pom</packaging>
<modules>${modules.map((name) => `<module>${name}</module>`).join('')}</modules>`);
