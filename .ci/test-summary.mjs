// Summarizes the reports of Surefire: a line for every module with tests and for every skipped or failed test, then the
// totals.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ENTITIES = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };

function unescape(xml) {
  return xml.replace(/&(?:#(\d+)|#x([0-9a-f]+)|(\w+));/gi, (all, decimal, hex, name) => {
    if (name) return ENTITIES[name] ?? all;
    return String.fromCodePoint(decimal ? Number(decimal) : parseInt(hex, 16));
  });
}

function attribute(tag, name) {
  const match = new RegExp(`\\s${name}="([^"]*)"`).exec(tag);
  return match ? unescape(match[1]) : '';
}

function testCases(xml) {
  // The output of a test may look like XML, so it is removed first.
  const cases = xml.replace(/<!\[CDATA\[[\s\S]*?\]\]>/g, '');
  return [...cases.matchAll(/<testcase\b((?:"[^"]*"|[^">])*?)(?:\/>|>([\s\S]*?)<\/testcase>)/g)].map((match) => {
    const [, attributes, content = ''] = match;
    const name = `${attribute(attributes, 'classname')}.${attribute(attributes, 'name')}`;
    const outcome = /<(skipped|failure|error)\b((?:"[^"]*"|[^">])*)/.exec(content);
    if (!outcome) return { name, outcome: 'passed' };
    const reason = attribute(outcome[2], 'message').replace(/\s+/g, ' ').trim().slice(0, 300) || 'no reason given';
    return { name, outcome: outcome[1] === 'skipped' ? 'skipped' : 'failed', reason };
  });
}

function modules() {
  const nested = ['webhook-examples', 'compatibility', 'modules', 'examples'].flatMap((folder) =>
    readdirSync(folder).map((name) => join(folder, name)),
  );
  return [...readdirSync('.'), ...nested].filter((name) => existsSync(join(name, 'pom.xml'))).sort();
}

const total = { passed: 0, failed: 0, skipped: 0 };
for (const module of modules()) {
  const folder = join(module, 'target', 'surefire-reports');
  if (!existsSync(folder)) {
    // Modules that only hold sources of others are no modules with tests.
    const isSources = readFileSync(join(module, 'pom.xml'), 'utf8').includes('<packaging>pom</packaging>');
    if (!isSources && existsSync(join(module, 'src', 'test'))) console.log(`${module}: not run`);
    continue;
  }
  const tests = readdirSync(folder)
    .filter((name) => /^TEST-.*\.xml$/.test(name))
    .flatMap((name) => testCases(readFileSync(join(folder, name), 'utf8')));
  const count = { passed: 0, failed: 0, skipped: 0 };
  for (const test of tests) {
    count[test.outcome]++;
    total[test.outcome]++;
  }
  console.log(`${module}: ${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped`);
  for (const test of tests.filter((each) => each.outcome !== 'passed')) {
    console.log(`  ${test.outcome}: ${test.name}: ${test.reason}`);
  }
}
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;
