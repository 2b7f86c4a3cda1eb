// Writes the results by tag of the last report to docs/contract-tests.md: node contract-tests/results.mjs
import { readFileSync, writeFileSync } from 'node:fs';

const page = new URL('../docs/contract-tests.md', import.meta.url);
const report = readFileSync(new URL('target/contract-report.md', import.meta.url), 'utf8');
const table = /## By tag\n\n([\s\S]*?\n)\n/.exec(report)?.[1];
if (table === undefined) throw new Error('target/contract-report.md has no results by tag');
const place = /(<!-- contract-report: by tag -->\n)[\s\S]*?(<!-- end -->)/;
const text = readFileSync(page, 'utf8');
if (!place.test(text)) throw new Error('docs/contract-tests.md has no place for the results');
writeFileSync(page, text.replace(place, (all, start, end) => start + table + end));
