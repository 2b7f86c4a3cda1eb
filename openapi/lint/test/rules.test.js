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
  'response without an example': ['persona/operation-examples', 'The response has no example'],
  'operation without the shared errors': ['persona/operation-errors', 'Response 429 is missing'],
  'preview that does not say so': ['persona/operation-preview', 'starts with "Preview:"'],
  'event of a GET': ['persona/operation-events', 'A GET causes no event'],
  'unknown event': ['persona/operation-events', 'the event "thing.created"'],
  'empty list of events': ['persona/operation-events', 'a list of different names'],
  'difference of the sandbox in two sentences': ['persona/operation-sandbox', 'one sentence'],
  'operation of the sandbox that does not say so': ['persona/operation-sandbox', 'works in the sandbox only'],
  'response without the environment': ['persona/response-headers', 'Persona-Environment-Id'],
  'response without the organization': ['persona/response-headers', 'Persona-Organization-Id'],
  'path parameter with the prefix of another type': ['persona/example-ids', '"inquiry-id" must start with "inq_"'],
  'property with the prefix of another type': ['persona/example-ids', '"case-queue-id" must start with "cqueue_"'],
  'relationship with the prefix of another type': ['persona/example-ids', '"account" must start with "act_"'],
  'object of a family with a wrong prefix': ['persona/example-ids', '"list-item/country" must start with "lic_"'],
  'object of a type without a known prefix': ['persona/example-ids', 'No prefix is known for "thing"'],
  'shared data with the prefix of its share token': ['persona/example-ids', '"connect/source-data/txn" must start with "txn_"'],
  'simulated verification without a template': ['persona/simulated-actions', 'create_failed_verification requires'],
  'relationship that is not marked': ['persona/relationship-data', 'x-relationship marks "data"'],
  'relationship that needs its data': ['persona/relationship-data', 'may be absent'],
  'inline object schema': ['persona/schema-named', 'An inline object schema'],
  'schema file that is not a class name': ['persona/schema-named', '"part_of_thing.yaml"'],
  'schema without a description': ['persona/schema-description', 'needs a description'],
  'enum of several values': ['persona/open-values', 'x-known-values'],
  'nullable reference for which null is not valid': ['persona/nullable-reference', 'part_of_thing.yaml'],
  'string that a person can enter, marked as safe to log': ['persona/safe-to-log', 'Thing.nickname'],
  'date that is marked as safe to log': ['persona/safe-to-log', 'Thing.birthdate'],
  'list that is marked as safe to log': ['persona/safe-to-log', 'Thing.tags'],
  'example that does not match its schema': ['no-invalid-media-type-examples', '`name` property type must be string'],
};

for (const [fault, [rule, message]] of Object.entries(EXPECTED)) {
  test(`${fault} is reported`, () => {
    assert.ok(
      problems.some((problem) => problem.ruleId === rule && problem.message.includes(message)),
      `no ${rule} with "${message}" among:\n${problems.map((p) => `${p.ruleId}: ${p.message}`).join('\n')}`,
    );
  });
}

test('nothing else is reported, so free-form objects and references pass', () => {
  const expected = new Set(Object.values(EXPECTED).map(([rule]) => rule));
  const others = problems.filter((problem) => !expected.has(problem.ruleId) && problem.ruleId !== 'security-defined');
  assert.deepEqual(others.map((problem) => `${problem.ruleId}: ${problem.message}`), []);
  const count = (rule) => problems.filter((problem) => problem.ruleId === `persona/${rule}`).length;
  assert.equal(count('schema-named'), 2);
  assert.equal(count('response-headers'), 2);
  assert.equal(count('operation-events'), 3);
  assert.equal(count('operation-sandbox'), 2);
  assert.equal(count('example-ids'), 6);
  assert.equal(count('simulated-actions'), 1);
  assert.equal(count('relationship-data'), 3);
  assert.equal(count('safe-to-log'), 3);
});

function lint(file) {
  const cli = join(openapi, 'node_modules', '@redocly', 'cli', 'bin', 'cli.js');
  const run = spawnSync(process.execPath, [cli, 'lint', file, '--format=json'], { cwd: openapi, encoding: 'utf8' });
  const start = run.stdout.indexOf('{');
  assert.ok(start >= 0, run.stderr);
  return JSON.parse(run.stdout.slice(start)).problems;
}
