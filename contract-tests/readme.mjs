// Puts the table by tag of the last report into the README: node contract-tests/readme.mjs
import { readFileSync, writeFileSync } from 'node:fs';

const readme = new URL('../README.md', import.meta.url);
const report = readFileSync(new URL('target/contract-report.md', import.meta.url), 'utf8');
const table = /## By tag\n\n([\s\S]*?\n)\n/.exec(report)[1];
const place = /(<!-- contract-report: by tag -->\n)[\s\S]*?(<!-- end -->)/;
writeFileSync(readme, readFileSync(readme, 'utf8').replace(place, (all, start, end) => start + table + end));
