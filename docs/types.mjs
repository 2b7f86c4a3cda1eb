// The modules whose Javadoc the site has, with their exported packages and the addresses of their types.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';

const SKIPPED = new Set(['target', 'node_modules', 'src', '.git', 'docs', 'examples', 'compatibility']);
const TYPE = /^public (?:static |final |abstract |sealed |non-sealed )*(?:class|interface|@interface|record|enum) (\w+)/m;
/** Folders with Javadoc of their own: the same packages for another version of Spring Boot, and Kotlin. */
export const OTHERS = new Map([
  ['modules/spring-boot-3', 'spring-boot-3'],
  ['modules/kotlin', 'kotlin'],
]);

function* folders(root, folder = '') {
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
    if (!entry.isDirectory() || SKIPPED.has(entry.name)) continue;
    const path = join(folder, entry.name);
    if (existsSync(join(root, path, 'src/main/java/module-info.java'))) yield path.split(sep).join('/');
    else if (folder === '') yield* folders(root, path);
  }
}

/** A module: its folder, name, exported packages and folders of sources. */
export function moduleIn(root, folder) {
  const text = readFileSync(join(root, folder, 'src/main/java/module-info.java'), 'utf8');
  const [, name] = /^(?:open )?module (\S+) \{/m.exec(text);
  const exported = [...text.matchAll(/^ *exports (\S+);/gm)].map(([, each]) => each);
  const others = [
    ...readFileSync(join(root, folder, 'pom.xml'), 'utf8').matchAll(
      /<source>\$\{project\.basedir\}\/(\S+\/src\/main\/java)<\/source>/g,
    ),
  ].map(([, path]) => join(root, folder, path));
  const sources = [
    join(root, folder, 'src/main/java'),
    join(root, folder, 'target/generated-sources/openapi/src/main/java'),
    ...others,
  ].filter((each) => existsSync(each));
  return { folder, name, exported, sources };
}

/** The modules of the Javadoc at /javadoc/, in order of their names. */
export function modules(root) {
  return [...folders(root)]
    .filter((folder) => !OTHERS.has(folder))
    .map((folder) => moduleIn(root, folder))
    .sort((a, b) => a.name.localeCompare(b.name, 'en'));
}

/** The addresses of the public types in exported packages, by full and by simple name. A simple name of two types has none. */
export function javadocOf(root) {
  const types = new Map();
  const twice = new Set();
  for (const { name, exported, sources } of modules(root)) {
    for (const source of sources) {
      for (const exportedPackage of exported) {
        const folder = join(source, ...exportedPackage.split('.'));
        if (!existsSync(folder)) continue;
        for (const file of readdirSync(folder)) {
          if (!file.endsWith('.java') || file.includes('-')) continue;
          const type = file.slice(0, -'.java'.length);
          if (TYPE.exec(readFileSync(join(folder, file), 'utf8'))?.[1] !== type) continue;
          if (types.has(type)) twice.add(type);
          const address = `/javadoc/${name}/${exportedPackage.replaceAll('.', '/')}/${type}.html`;
          types.set(type, address);
          types.set(`${exportedPackage}.${type}`, address);
        }
      }
    }
  }
  for (const type of twice) types.delete(type);
  return types;
}
