import assert from 'node:assert/strict';
import { test } from 'node:test';
import { description, javadoc, markdown } from './texts.mjs';

/** Returns the lines of the text that are not empty, with their numbers. */
function lines(text) {
  return text
    .split('\n')
    .map((line, index) => `${index + 1}: ${line.replaceAll('§', '').trim().replace(/\s+/g, ' ')}`)
    .filter((line) => !/: $/.test(line));
}

test('text of Markdown has no code, no addresses and no tags', () => {
  const source = '---\ntitle: x\n---\n# Head\n\nSee `code` of [a link](https://example.com).\n<!-- note -->\n```java\nint i;\n```\nEnd<br>.\n';
  assert.deepEqual(lines(markdown(source)), ['4: # Head', '6: See of [a link] .', '11: End .']);
  assert.equal(markdown(source).length, source.length);
});

test('text of Java is that of its documentation comments', () => {
  const source = [
    '/**',
    ' * Sends {@code a {b}} and {@link Type#name label}.',
    ' *',
    ' * <!-- region: src/x -->',
    ' * <pre>{@code',
    ' * call();',
    ' * }</pre>',
    ' *',
    ' * @param count how many',
    ' * @throws IOException if it fails',
    ' */',
    'int i = 1; // no text',
  ].join('\n');
  assert.deepEqual(lines(javadoc(source)), ['2: Sends and .', '9: how many', '10: if it fails']);
  assert.equal(javadoc(source).length, source.length);
});

test('text of the description is that of summaries and descriptions', () => {
  const source = 'type: object\ndescription: One line.\nproperties:\n  description:\n    description: |\n      Two\n      lines of `code`.\n    type: string\n  - summary: An item\n    type: integer\n';
  assert.deepEqual(lines(description(source)), ['2: One line.', '6: Two', '7: lines of .', '9: An item']);
});
