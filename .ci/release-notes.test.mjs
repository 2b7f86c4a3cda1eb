import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import test from 'node:test';
import { releaseNotes } from './release-notes.mjs';

const CHANGELOG = `# Changelog

## [Unreleased]

- Later.

## [1.10.0] - 2026-02-01

### Added

- Ten.

## [1.1.0] - 2026-01-01

- One.

## [1.0.0] - 2025-12-01

[1.0.0]: https://example.org/1.0.0
`;

test('version_hasItsSectionOnly', () => {
  assert.equal(releaseNotes(CHANGELOG, '1.10.0'), '### Added\n\n- Ten.');
  assert.equal(releaseNotes(CHANGELOG, '1.1.0'), '- One.');
  assert.equal(releaseNotes(CHANGELOG.replaceAll('\n', '\r\n'), '1.1.0'), '- One.');
});

test('beginningOfAVersion_isNotThatVersion', () => {
  assert.throws(() => releaseNotes(CHANGELOG, '1.1'), /no section \[1\.1\]/);
});

test('missingOrEmptySection_fails', () => {
  assert.throws(() => releaseNotes(CHANGELOG, '2.0.0'), /no section \[2\.0\.0\]/);
  assert.throws(() => releaseNotes(CHANGELOG, '1.0.0'), /is empty/);
  assert.throws(() => releaseNotes('## [1.0.0]', '1.0.0'), /is empty/);
});

test('programBehindALink_fails_insteadOfPrintingNothing', () => {
  const folder = mkdtempSync(join(tmpdir(), 'notes'));
  try {
    symlinkSync(resolve('.ci'), join(folder, 'link'));
    const program = join(folder, 'link', 'release-notes.mjs');
    const { status, stderr } = spawnSync(process.execPath, [program, '9.9.9'], { encoding: 'utf8' });
    assert.equal(status, 1);
    assert.match(stderr, /no section \[9\.9\.9\]/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('ourChangelog_hasHeadingsOfThisForm', () => {
  const headings = readFileSync('CHANGELOG.md', 'utf8').match(/^## .*$/gm);
  assert.ok(headings.length > 0);
  for (const heading of headings) {
    assert.match(heading, /^## \[(Unreleased|\d+\.\d+\.\d+)\]( - \d{4}-\d\d-\d\d)?$/);
  }
});
