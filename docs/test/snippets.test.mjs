import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { javadoc, kdoc, markdown, region } from '../snippets.mjs';

const SOURCE = `class Shop {
  void list() {
    // region all
    for (Event event : client.events().listAll()) {
      // region one
      show(event);
      // endregion
    }
    // endregion
  }
}
`;

const of = (file, name) => {
  assert.equal(file, 'Shop.java');
  return region(SOURCE, name);
};

test('a region has no indentation and no marks of regions in it', () => {
  assert.equal(region(SOURCE, 'all'), 'for (Event event : client.events().listAll()) {\n  show(event);\n}\n');
  assert.equal(region(SOURCE, 'one'), 'show(event);\n');
});

test('empty lines in a region are kept', () => {
  assert.equal(region('// region a\n  x();\n\n  y();\n// endregion\n', 'a'), 'x();\n\ny();\n');
});

test('the region * is the whole source without its package and marks', () => {
  assert.equal(region(`package shop;\n\nimport a.B;\n\n${SOURCE}`, '*').split('\n').slice(0, 5).join('\n'),
    'import a.B;\n\nclass Shop {\n  void list() {\n    for (Event event : client.events().listAll()) {');
});

for (const [what, source, message] of [
  ['missing', 'x();\n', /no region a/],
  ['open', '// region a\nx();\n', /no end of region a/],
  ['repeated', '// region a\nx();\n// endregion\n// region a\ny();\n// endregion\n', /two regions a/],
  ['empty', '// region a\n\n// endregion\n', /an empty region/],
]) {
  test(`a region that is ${what} is an error`, () => assert.throws(() => region(source, 'a'), message));
}

test('a block of a document gets the code of its region', () => {
  const errors = [];
  const text = 'Text.\n\n<!-- code: Shop.java#one -->\n```java\nold();\n```\n\nMore.\n';

  const written = markdown(text, of, errors);

  assert.equal(written, 'Text.\n\n<!-- code: Shop.java#one -->\n```java\nshow(event);\n```\n\nMore.\n');
  assert.deepEqual(errors, []);
  assert.equal(markdown(written, of, errors), written);
});

test('code with dollar signs is written as it is', () => {
  const errors = [];
  const written = markdown('<!-- code: A.java#a -->\n```java\n```\n', () => 'a("$1$&");\n', errors);
  assert.equal(written, '<!-- code: A.java#a -->\n```java\na("$1$&");\n```\n');
});

test('a block of Java or Kotlin without a region is an error, one of another language is not', () => {
  const errors = [];
  const text = '```java\nshow();\n```\n\n```kotlin\nprint()\n```\n\n```sh\nls\n```\n';

  assert.equal(markdown(text, of, errors), text);
  assert.deepEqual(errors, ['a block without a region: show();', 'a block without a region: print()']);
});

test('a missing region is an error and changes nothing', () => {
  const errors = [];
  const text = '<!-- code: Shop.java#none -->\n```java\nold();\n```\n';

  assert.equal(markdown(text, of, errors), text);
  assert.deepEqual(errors, ['Shop.java#none: no region none']);
});

test('an example in Javadoc gets the code of its region', () => {
  const errors = [];
  const text =
    '  /**\n   * Lists.\n   *\n   * <!-- code: Shop.java#all -->\n   *\n   * <pre>{@code\n   * old();\n   * }</pre>\n   */\n';

  const written = javadoc(text, of, errors);

  assert.equal(
    written,
    '  /**\n   * Lists.\n   *\n   * <!-- code: Shop.java#all -->\n   *\n   * <pre>{@code\n' +
      '   * for (Event event : client.events().listAll()) {\n   *   show(event);\n   * }\n   * }</pre>\n   */\n',
  );
  assert.deepEqual(errors, []);
  assert.equal(javadoc(written, of, errors), written);
});

test('an example in Javadoc without a region is an error and stays', () => {
  const errors = [];
  const text = '/**\n * Lists.\n *\n * <pre>{@code\n * old();\n * }</pre>\n */\n';

  assert.equal(javadoc(text, of, errors), text);
  assert.deepEqual(errors, ['an example without a region: * old();']);
});

test('a region in Javadoc without an example is an error', () => {
  const errors = [];
  javadoc('/**\n * <!-- code: Shop.java#one -->\n * Text.\n */\n', of, errors);
  assert.deepEqual(errors, ['a comment with a region that is not before an example']);
});

test('text in Javadoc that is not Java needs no region', () => {
  const errors = [];
  const text = '/**\n * <pre>\n * create table events (id int);\n * </pre>\n */\n';

  assert.equal(javadoc(text, of, errors), text);
  assert.deepEqual(errors, []);
});

test('an example in KDoc gets the code of its region', () => {
  const errors = [];
  const text = '/**\n * Lists.\n *\n * <!-- code: Shop.java#one -->\n *\n * ```\n * old()\n * ```\n */\n';

  const written = kdoc(text, of, errors);

  assert.equal(written, text.replace('old()', 'show(event);'));
  assert.deepEqual(errors, []);
  assert.equal(kdoc(written, of, errors), written);
});

test('an example in KDoc without a region is an error', () => {
  const errors = [];
  kdoc('/**\n * ```\n * old()\n * ```\n */\n', of, errors);
  assert.deepEqual(errors, ['an example without a region: * old()']);
});

for (const [what, text] of [
  ['indented', '- Item:\n\n  ```java\n  show();\n  ```\n'],
  ['with more than the language', '```java {1}\nshow();\n```\n'],
  ['between tildes', '~~~kotlin\nshow()\n~~~\n'],
  ['with the line ends of Windows', '```java\r\nshow();\r\n```\r\n'],
]) {
  test(`a block that is ${what} is an error, since nothing compares it`, () => {
    const errors = [];
    assert.equal(markdown(text, of, errors), text);
    assert.match(errors.join(), /a block of Java or Kotlin that does not begin a line/);
  });
}

test('a comment with a region before no block of a document is an error', () => {
  const errors = [];
  markdown('<!-- code: Shop.java#one -->\n```js\nshow();\n```\n', of, errors);
  assert.deepEqual(errors, ['a comment with a region that is not before a block of Java or Kotlin']);
});

test('an example of Javadoc on one line is an error', () => {
  const errors = [];
  javadoc('/**\n * <pre>{@code show();}</pre>\n */\n', of, errors);
  assert.match(errors.join(), /is not between lines/);
});

test('code whose braces would end the tag of Javadoc is an error', () => {
  for (const code of ['show("}");\n', 'show("{");\n', '} else {\n']) {
    const errors = [];
    javadoc('/**\n * <!-- code: A.java#a -->\n *\n * <pre>{@code\n * }</pre>\n */\n', () => code, errors);
    assert.deepEqual(errors, ['braces that do not match in A.java#a']);
  }
});

test('a check that is called through a link of the file system checks', () => {
  const folder = mkdtempSync(join(tmpdir(), 'link'));
  try {
    const link = join(folder, 'docs');
    symlinkSync(dirname(dirname(fileURLToPath(import.meta.url))), link, 'junction');
    assert.match(execFileSync(process.execPath, [join(link, 'snippets.mjs'), '--check'], { encoding: 'utf8' }), /blocks of code, checked/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
