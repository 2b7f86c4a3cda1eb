import assert from 'node:assert/strict';
import { test } from 'node:test';
import { drawing } from './drawings.mjs';

const TEXT = 'flowchart TD\n  api["persona4j-api"] -->|brings| client["persona4j"]\n';

test('a drawing is an SVG with its texts, without styles, scripts and other hosts', () => {
  const svg = drawing(TEXT, 'Drawing: Modules', 1);

  for (const part of ['persona4j-api', 'brings', 'role="img"', 'aria-label="Drawing: Modules"', 'var(--vp-c-text-1)']) {
    assert.ok(svg.includes(part), part);
  }
  assert.doesNotMatch(svg, /<style|<script|@import|https?:(?!\/\/www\.w3\.org\/2000\/svg)/);
  assert.match(svg, /--_line: /);
});

test('drawings of one page have other ids', () => {
  const ids = (svg) => [...svg.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
  const first = ids(drawing(TEXT, '', 1));

  assert.ok(first.length > 0);
  assert.deepEqual(first.filter((id) => ids(drawing(TEXT, '', 2)).includes(id)), []);
});

test('a drawing refers to its own arrows only', () => {
  const svg = drawing(TEXT, '', 3);
  for (const [, id] of svg.matchAll(/url\(#([^)]+)\)/g)) assert.ok(svg.includes(`id="${id}"`), id);
});
