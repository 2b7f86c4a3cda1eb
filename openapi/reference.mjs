// Completes the reference page: its script is copied next to it, so that the page works without a network.
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const page = 'target/reference.html';
const script = 'redoc.standalone.js';
copyFileSync(createRequire(import.meta.url).resolve('redoc/bundles/redoc.standalone.js'), `target/${script}`);

const address = /https:\/\/[^"']*\/redoc\.standalone\.js/g;
const html = readFileSync(page, 'utf8');
if (!address.test(html)) throw new Error(`${page} does not reference ${script}: the output of "redocly build-docs" has changed`);
writeFileSync(page, html
  .replace(address, `./${script}`)
  .replace('"disableTelemetry":false', '"disableTelemetry":true')
  .replace(/ integrity="[^"]*" crossorigin="anonymous"/g, ''));
