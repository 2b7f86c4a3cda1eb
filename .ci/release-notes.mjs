// Prints the section of a version in CHANGELOG.md, without its heading: the notes of a release.
// Usage: node .ci/release-notes.mjs 1.2.3 [CHANGELOG.md]
import { readFileSync, realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Returns the text below "## [version]". Throws if there is no such section, or nothing in it. */
export function releaseNotes(changelog, version) {
  const sections = changelog.replaceAll('\r\n', '\n').split(/^## /m);
  const section = sections.find((each) => each.startsWith(`[${version}]`));
  if (section === undefined) throw new Error(`CHANGELOG.md has no section [${version}]`);
  const end = section.indexOf('\n');
  // The links of the versions are at the end of the file.
  const notes = end < 0 ? '' : section.slice(end).replace(/^\[[^\]]+\]: .*$/gm, '').trim();
  if (notes === '') throw new Error(`The section [${version}] of CHANGELOG.md is empty`);
  return notes;
}

if (realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const [version, file = 'CHANGELOG.md'] = process.argv.slice(2);
  try {
    if (!version) throw new Error('Which version? node .ci/release-notes.mjs 1.2.3');
    console.log(releaseNotes(readFileSync(file, 'utf8'), version));
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
