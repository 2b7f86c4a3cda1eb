import assert from 'node:assert/strict';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { hash, isFresh } from '../build.mjs';
import { check, checkLinks, checkPackages, links, loaded } from '../check.mjs';
import { mend, withoutMissing } from '../javadoc.mjs';
import { javadocLinks } from '../links.mjs';
import { html, literalCode } from '../literal.mjs';
import { asMarkdown, markdownLinks } from '../markdown.mjs';
import { indexed, searchOptions } from '../search.mjs';
import { isStacked, pieces, tables } from '../tables.mjs';
import { topics } from '../topics.mjs';
import { javadocOf, modules } from '../types.mjs';

function folder(files) {
  const root = mkdtempSync(join(tmpdir(), 'site'));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(root, dirname(name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  return root;
}

const MODULE = {
  'a/pom.xml': '<source>${project.basedir}/../common/src/main/java</source>',
  'a/src/main/java/module-info.java': 'module x.a {\n  exports x.a;\n  exports x.a.deep;\n}\n',
  'a/src/main/java/x/a/package-info.java': 'package x.a;\n',
  'a/src/main/java/x/a/Seen.java': 'package x.a;\n\npublic final class Seen {}\n',
  'a/src/main/java/x/a/Hidden.java': 'package x.a;\n\nfinal class Hidden {\n  public interface Inner {}\n}\n',
  'a/src/main/java/x/a/internal/Inside.java': 'package x.a.internal;\n\npublic class Inside {}\n',
  'a/src/main/java/x/a/Twice.java': 'package x.a;\n\npublic record Twice() {}\n',
  'a/src/main/java/x/a/deep/Twice.java': 'package x.a.deep;\n\npublic enum Twice {}\n',
  'common/src/main/java/x/a/deep/Common.java': 'package x.a.deep;\n\npublic sealed interface Common permits B {}\n',
};

test('types have addresses if they are public, in an exported package, and of one package', () => {
  const root = folder(MODULE);
  try {
    assert.deepEqual(modules(root).map(({ name, exported }) => [name, exported]), [['x.a', ['x.a', 'x.a.deep']]]);
    assert.deepEqual([...javadocOf(root)].sort(), [
      ['Common', '/javadoc/x.a/x/a/deep/Common.html'],
      ['Seen', '/javadoc/x.a/x/a/Seen.html'],
      ['x.a.Seen', '/javadoc/x.a/x/a/Seen.html'],
      ['x.a.Twice', '/javadoc/x.a/x/a/Twice.html'],
      ['x.a.deep.Common', '/javadoc/x.a/x/a/deep/Common.html'],
      ['x.a.deep.Twice', '/javadoc/x.a/x/a/deep/Twice.html'],
    ]);
  } finally {
    rmSync(root, { recursive: true });
  }
});

test('missing and internal packages of the Javadoc are errors', () => {
  const found = [{ exported: ['x.a', 'x.b'] }];
  const errors = [];

  assert.equal(checkPackages('module:x.a\nx.a\nx.a.internal\n', found, errors), 2);
  assert.deepEqual(errors, ['the Javadoc has no package x.b', 'the Javadoc has the package x.a.internal, which no module exports']);
  const none = [];
  checkPackages('x.a\nx.b\n', found, none);
  assert.deepEqual(none, []);
});

test('what a page loads from other hosts is found, and its links are not', () => {
  const page =
    '<link rel="stylesheet" href="https://fonts.example/a.css"><link rel="canonical" href="https://site.example/">' +
    '<script async src=//cdn.example/b.js></script><img alt="" src="/c.png"><a href="https://other.example/">x</a>' +
    '<style>@import url("https://fonts.example/d.css"); p { background: url(e.png) }</style>' +
    '<p style="background: url(https://images.example/f.png)"></p><pre>.url("https://hooks.example/code")</pre>';

  assert.deepEqual(loaded(page, false), [
    'https://fonts.example/a.css',
    '//cdn.example/b.js',
    'https://fonts.example/d.css',
    'https://images.example/f.png',
  ]);
  assert.deepEqual(loaded('@font-face { src: url(https://fonts.example/f.woff2) }', true), ['https://fonts.example/f.woff2']);
  assert.deepEqual(links('<a class="x" href="/a.html#b">a</a><link href="/c.css">'), ['/a.html#b']);
});

test('the index of the reference has names and texts, without examples', () => {
  const html = '<h2>Create</h2><pre>curl</pre><p>text</p><table><td><code>note</code></td><td>long</td></table><details>more</details>';

  const text = indexed('target/reference/inquiries.md', html, {});
  assert.match(text, /Create.*text.*note/);
  assert.doesNotMatch(text, /curl|long|more/);
  assert.equal(indexed('guides/a.md', html, {}), html);
  assert.equal(indexed('guides/a.md', html, { search: false }), '');
});

test('what is folded is not in the index, also within what is folded, and a page of the reference has its own title', () => {
  const html =
    '<h1 id="a" tabindex="-1">Things <a class="header-anchor" href="#a">x</a></h1>' +
    '<details>one<details>two</details>three</details><table><td data-title="T"><code class="long">name</code></td></table>';

  const text = indexed('target/reference/a.md', html, { title: 'Things (API)' });
  assert.match(text, /<h1 id="a" tabindex="-1">Things \(API\) <a class.*name/);
  assert.doesNotMatch(text, /one|two|three/);
  assert.match(indexed('target/reference/index.md', html, {}), />Things <a/);
});

test('the search finds plurals by singulars, and words of a short title count more', () => {
  const { processTerm } = searchOptions.options;
  const { boostDocument } = searchOptions.searchOptions;

  assert.deepEqual(['Retries', 'retry', 'webhooks', 'status', 'access', 'the'].map(processTerm), ['retry', 'retry', 'webhook', 'status', 'access', null]);
  const boost = (title) => boostDocument('/reference/a.html#b', 'inquiry', { title, titles: ['A'] });
  assert.ok(boost('Create an inquiry') > boost('Create an inquiry session'));
  assert.ok(boost('Search inquiries') > boost('Search'));
});

test('Markdown has no marks that only the site understands, but in code', () => {
  const page = [
    '---',
    'title: A',
    '---',
    '',
    '# A <span class="x">b</span>',
    '',
    '<div class="calls">',
    '<div>',
    '',
    '<!-- code: a/B.java#c -->',
    '```xml [Maven]',
    '<div>',
    '',
    '',
    '::: details',
    '```',
    '',
    '</div>',
    '</div>',
    '::: details More of `it`',
    '<a id="x"></a>`<span>` <details><summary>2 values</summary>`a`, `b`</details>',
    ':::',
    '[**B**](b.md) <a href="/c.html" target="_self">C</a> <a id="y"></a><a href="/e.html">E</a> [d](/j.html#d(e))',
  ].join('\n');

  const expected = [
    '# A b',
    '',
    '```xml',
    '<div>',
    '',
    '',
    '::: details',
    '```',
    '',
    '**More of `it`**',
    '',
    '`<span>` 2 values: `a`, `b`',
    '[**B**](!b.md) [C](!/c.html) [E](!/e.html) [d](!/j.html#d(e))',
  ];
  const text = asMarkdown(page, (href) => `!${href}`);
  assert.deepEqual(text.split('\n'), expected);
  assert.deepEqual(markdownLinks(`${text}\n\`\`\`\n[no](no.md)\n\`\`\`\n`), ['!b.md', '!/c.html', '!/e.html', '!/j.html#d(e)']);
});

test('links of Markdown lead to a file, and to a place of the page beside it', () => {
  const root = folder({
    'llms.txt': '- [A](a.md)\n- [B](guides/absent.md)\n',
    'a.md': '[b](guides/b.md#here) [c](guides/b.md#there) [d](/guides/b.md) [e](https://other.example/) [f](#top)',
    'a.html': '<h1 id="top">A</h1>',
    'guides/b.md': '[a](../a.md)',
    'guides/b.html': '<p id="here">B</p>',
  });
  try {
    const errors = [];
    const files = ['llms.txt', 'a.md', 'guides/b.md'].map((file) => join(root, file));
    assert.equal(checkLinks(root, files, errors).count, 7);
    assert.deepEqual(errors, ['llms.txt: no page guides/absent.md', 'a.md: no place guides/b.md#there']);
  } finally {
    rmSync(root, { recursive: true });
  }
});

test('a style sheet does not load files that the JDK did not write', () => {
  const css = "@import url('fonts/a.css');\n@import url('b.css');\nbody {}\n";

  assert.equal(withoutMissing(css, (file) => file === 'b.css'), "@import url('b.css');\nbody {}\n");
});

test('the style sheet of the Javadoc is mended where the JDK wrote it', () => {
  const css = "@import url('fonts/a.css');\nbody {}\n";
  const root = folder({ 'old/stylesheet.css': css, 'new/resource-files/stylesheet.css': css, 'new/resource-files/fonts/a.css': '', 'none/a.css': '' });
  try {
    mend(join(root, 'old'));
    mend(join(root, 'new'));
    assert.match(readFileSync(join(root, 'old/stylesheet.css'), 'utf8'), /^body \{\}\n[\s\S]*\.about-language/);
    assert.match(readFileSync(join(root, 'new/resource-files/stylesheet.css'), 'utf8'), /^@import url\('fonts\/a\.css'\);\nbody \{\}\n[\s\S]*\.about-language/);
    assert.throws(() => mend(join(root, 'none')), /has no style sheet/);
  } finally {
    rmSync(root, { recursive: true });
  }
});

test('long code may break after marks and between words, and short code does not', () => {
  assert.deepEqual(pieces('persona.retries.exhausted'), ['persona.retries.', 'exhausted']);
  assert.deepEqual(pieces('UnprocessableEntityException'), ['Unprocessable', 'EntityException']);
  assert.equal(pieces('PersonaConnectionException: no connection to <host>').join(''), 'PersonaConnectionException: no connection to <host>');
  assert.deepEqual(pieces('inquiry'), ['inquiry']);
});

test('a table with much text is stacked on narrow screens, one of numbers or short words is not', () => {
  assert.equal(isStacked([['a', 'A long text about something that needs room']]), true);
  assert.equal(isStacked([['a', 'b'], ['c', 'd']]), false);
  assert.equal(isStacked([Array.from({ length: 10 }, () => '123.45')]), false);
});

test('cells of a stacked table have the titles of their columns, and its long code has places to break', () => {
  let rule;
  const rules = { code_inline: (tokens, index) => `<code>${tokens[index].content}</code>` };
  tables({ core: { ruler: { push: (_, each) => (rule = each) } }, renderer: { rules } });
  const code = new Token('code_inline', 'code', 0, 'persona.calls.of.a.very.long.name<T>');
  const cells = (type, ...contents) =>
    contents.flatMap((children) => [new Token(`${type}_open`, type, 1), { type: 'inline', children: [children].flat() }, new Token(`${type}_close`, type, -1)]);
  const text = (content) => new Token('text', '', 0, content);
  const table = new Token('table_open', 'table', 1);
  const row = cells('td', [code], [text('A text that is longer than verifications.retrieveGovernmentId')]);
  rule({
    Token: class extends Token {},
    tokens: [
      table,
      new Token('tr_open', 'tr', 1),
      ...cells('th', [text('Name')], [text('Meaning')]),
      new Token('tr_open', 'tr', 1),
      ...row,
      new Token('table_close', 'table', -1),
    ],
  });

  assert.equal(table.attrGet('class'), 'stacked');
  assert.deepEqual(row.filter(({ type }) => type === 'td_open').map((each) => each.attrGet('data-title')), [null, 'Meaning']);
  assert.deepEqual(
    row[4].children.map(({ content }) => content),
    ['A text that is longer than verifications.', '<wbr>', 'retrieveGovernment', '<wbr>', 'Id'],
  );
  const self = { renderAttrs: (token) => token.attrs.map(([name, value]) => ` ${name}="${value}"`).join('') };
  assert.equal(
    rules.code_inline([code], 0, {}, {}, self),
    '<code class="long">persona.calls.<wbr>of.a.very.long.<wbr>name&lt;T&gt;</code>',
  );
  assert.equal(rules.code_inline([text('x')], 0, {}, {}, self), '<code>x</code>');
});

test('pages are in groups by the headings of the list, without those outside of the site', () => {
  const list = '# All\n\n## Guides\n\n- [A](guides/a.md): what\n\n### Day\n\nText.\n\n- [B](guides/b.md)\n- [C](../C.md)\n\n### Night\n\n## More\n\n- [D](d.md)\n';

  assert.deepEqual(topics(list, 'Guides'), [
    { title: 'Guides', pages: [{ text: 'A', file: 'guides/a.md', more: ': what' }] },
    { title: 'Day', pages: [{ text: 'B', file: 'guides/b.md', more: '' }] },
  ]);
  assert.deepEqual(topics(list, 'More').map(({ title }) => title), ['More']);
  assert.throws(() => topics(list, 'Absent'), /has no section Absent/);
});

test('a site without pages, Javadoc and search has errors', async () => {
  const root = folder(MODULE);
  try {
    mkdirSync(join(root, 'site'));
    writeFileSync(join(root, 'site/empty.html'), '<main></main>');
    for (const each of ['modules/spring-boot-3', 'modules/kotlin']) cpSync(join(root, 'a'), join(root, each), { recursive: true });
    const { errors } = await check(join(root, 'site'), root);
    for (const part of [/empty\.html has no content/, /no page has a link/, /no package x\.a$/, /no Javadoc of modules\/kotlin/, /0 indexes of the search/]) {
      assert.ok(errors.some((error) => part.test(error)), `${part} is not in ${errors.join('\n')}`);
    }
  } finally {
    rmSync(root, { recursive: true });
  }
});

test('code within a sentence is no template, and titles in the sidebar are no HTML', () => {
  const md = { renderer: { rules: { code_inline: ([token]) => token.attrs.join() } } };
  literalCode(md);
  assert.equal(md.renderer.rules.code_inline([new Token('code_inline', 'code', 0, '{{ a }}', [])], 0), 'v-pre,');
  assert.equal(html('A <b> & c'), 'A &lt;b> &amp; c');
});

class Token {
  constructor(type, tag, nesting, content = '', attrs = []) {
    Object.assign(this, { type, tag, nesting, content, attrs });
  }
  attrGet(name) {
    return this.attrs.find(([each]) => each === name)?.[1] ?? null;
  }
  attrSet(name, value) {
    this.attrs.push([name, value]);
  }
  attrJoin(name, value) {
    this.attrSet(name, value);
  }
}

function linked(...lines) {
  let rule;
  javadocLinks({ core: { ruler: { push: (_, each) => (rule = each) } } }, new Map([['Seen', '/javadoc/Seen.html']]));
  const tokens = lines.map((children) => ({ type: 'inline', children }));
  rule({ tokens, Token });
  return tokens.map(({ children }) => children.map(({ type, content }) => content || type).join(' '));
}

test('the first mention of a type is linked, a second one and unknown ones are not', () => {
  const code = (text) => new Token('code_inline', 'code', 0, text);

  assert.deepEqual(linked([code('Seen.of("a")'), code('Other')], [code('Seen')]), ['link_open Seen.of("a") link_close Other', 'Seen']);
});

test('a mention within a link stays as it is, and a link into the Javadoc leaves the site', () => {
  const open = new Token('link_open', 'a', 1, '', [['href', '/javadoc/index.html']]);

  assert.deepEqual(linked([open, new Token('code_inline', 'code', 0, 'Seen'), new Token('link_close', 'a', -1)]), ['link_open Seen link_close']);
  assert.equal(open.attrGet('target'), '_self');
});

test('a hash changes with a name and a content, and not with results of a build', () => {
  const root = folder({ 'a/b.txt': '1', 'c.txt': '2' });
  try {
    const before = hash(root, ['a', 'c.txt', 'absent']);
    mkdirSync(join(root, 'a/target'));
    writeFileSync(join(root, 'a/target/d.txt'), '3');
    assert.equal(hash(root, ['a', 'c.txt', 'absent']), before);
    writeFileSync(join(root, 'a/b.txt'), '4');
    assert.notEqual(hash(root, ['a', 'c.txt', 'absent']), before);
  } finally {
    rmSync(root, { recursive: true });
  }
});

test('results are fresh if all exist and none is older than an input', () => {
  const root = folder({ 'a/b.txt': '1', 'r/one.txt': '2', 'r/two.txt': '3' });
  const at = (file, seconds) => utimesSync(join(root, file), seconds, seconds);
  try {
    at('a/b.txt', 1000);
    at('r/one.txt', 1000);
    at('r/two.txt', 1001);
    assert.equal(isFresh(root, ['r/one.txt', 'r/two.txt'], ['a', 'absent']), true);
    assert.equal(isFresh(root, ['r/one.txt', 'r/three.txt'], ['a']), false);
    at('a/b.txt', 1001);
    assert.equal(isFresh(root, ['r/one.txt', 'r/two.txt'], ['a']), false);
    assert.equal(isFresh(root, ['r/two.txt'], ['a/b.txt']), true);
  } finally {
    rmSync(root, { recursive: true });
  }
});
