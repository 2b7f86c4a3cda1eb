import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const openapi = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const problems = lint('lint/test/bad/openapi.yaml');

const EXPECTED = {
  'operation without a tag.verb name': ['persona/operation-name', 'operationId "listThings"'],
  "operation without the vendor's name": ['persona/operation-name', 'x-vendor-operation'],
  'request without an example': ['persona/operation-examples', 'The request has no example'],
  'answer without an example': ['persona/operation-examples', 'The answer has no example'],
  'operation without the shared errors': ['persona/operation-errors', 'Response 429 is missing'],
  'inline object schema': ['persona/schema-named', 'An inline object schema'],
  'schema file that is not a class name': ['persona/schema-named', '"part_of_thing.yaml"'],
  'schema without a description': ['persona/schema-description', 'needs a description'],
  'enum of several values': ['persona/open-values', 'x-known-values'],
  'nullable reference that null does not fit': ['persona/nullable-reference', 'part_of_thing.yaml'],
  'example that does not fit its schema': ['no-invalid-media-type-examples', '`name` property type must be string'],
};

for (const [fault, [rule, words]] of Object.entries(EXPECTED)) {
  test(`${fault} is reported`, () => {
    assert.ok(
      problems.some((problem) => problem.ruleId === rule && problem.message.includes(words)),
      `no ${rule} with "${words}" among:\n${problems.map((p) => `${p.ruleId}: ${p.message}`).join('\n')}`,
    );
  });
}

test('nothing else is reported, so free-form objects and references pass', () => {
  const expected = new Set(Object.values(EXPECTED).map(([rule]) => rule));
  const others = problems.filter((problem) => !expected.has(problem.ruleId) && problem.ruleId !== 'security-defined');
  assert.deepEqual(others.map((problem) => `${problem.ruleId}: ${problem.message}`), []);
  assert.equal(problems.filter((problem) => problem.ruleId === 'persona/schema-named').length, 2);
});

function lint(file) {
  const cli = join(openapi, 'node_modules', '@redocly', 'cli', 'bin', 'cli.js');
  const run = spawnSync(process.execPath, [cli, 'lint', file, '--format=json'], { cwd: openapi, encoding: 'utf8' });
  const start = run.stdout.indexOf('{');
  assert.ok(start >= 0, run.stderr);
  return JSON.parse(run.stdout.slice(start)).problems;
}
