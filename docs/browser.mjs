// Opens the built site in Chromium: ten pages, wide and narrow, light and dark. Fails if a page asks another host for
// something, reports an error, or is wider than the window, and if a search does not find its page on the first screen.
//
//   node browser.mjs [FOLDER]   writes the screenshots into FOLDER
//
// The browser is that in the variable CHROMIUM or in /usr/bin; without one, the exit status is 77.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { QUESTIONS } from './check.mjs';

const DOCS = dirname(fileURLToPath(import.meta.url));
const PORT = await freePort();
const SITE = `http://127.0.0.1:${PORT}`;
const PAGES = [
  '/',
  '/guides/quickstart.html',
  '/guides/webhooks.html',
  '/guides/retries-and-idempotency.html',
  '/guides/errors.html',
  '/guides/spring-boot.html',
  '/guides/faq.html',
  '/architecture.html',
  '/reference/inquiries.html',
  '/reference/events.html',
];
const WINDOWS = [
  { name: 'wide', width: 1280, height: 900 },
  { name: 'narrow', width: 390, height: 844 },
];
const problems = [];

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

function findChromium() {
  const places = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
  return places.find((place) => place && existsSync(place));
}

async function open(browser, address, window, colorScheme) {
  const context = await browser.newContext({ viewport: { width: window.width, height: window.height }, colorScheme });
  const page = await context.newPage();
  page.on('request', (request) => {
    if (!request.url().startsWith(`${SITE}/`) && !request.url().startsWith('data:')) {
      problems.push(`${address} asks for ${request.url()}`);
    }
  });
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(`${address}: ${message.text()}`);
  });
  page.on('pageerror', (error) => problems.push(`${address}: ${error.message}`));
  const response = await page.goto(`${SITE}${address}`, { waitUntil: 'networkidle' });
  if (response.status() !== 200) problems.push(`${address}: status ${response.status()}`);
  return page;
}

async function look(browser, folder) {
  for (const address of PAGES) {
    for (const window of WINDOWS) {
      for (const colors of ['light', 'dark']) {
        const page = await open(browser, address, window, colors);
        const width = await page.evaluate(() => document.documentElement.scrollWidth);
        if (width > window.width) problems.push(`${address} is ${width} px wide in a window of ${window.width} px`);
        if (folder) {
          const name = address === '/' ? 'home' : address.replace(/\W+/g, '-').replace(/^-|-html$/g, '');
          await page.screenshot({ path: join(folder, `${name}-${window.name}-${colors}.png`) });
        }
        await page.context().close();
      }
    }
  }
}

async function search(browser) {
  const [window] = WINDOWS;
  const page = await open(browser, '/', window, 'light');
  for (const [question, expected, places] of QUESTIONS) {
    await page.keyboard.press('Control+k');
    await page.locator('.VPLocalSearchBox input').fill(question);
    const results = page.locator('.VPLocalSearchBox .result');
    await results.first().waitFor();
    // The list changes while the words are typed.
    await page.waitForTimeout(500);
    const found = await results.evaluateAll(
      (links, height) =>
        links.filter((link) => link.getBoundingClientRect().bottom <= height).map((link) => link.getAttribute('href')),
      window.height,
    );
    const place = found.findIndex((address) => address.startsWith(expected)) + 1;
    console.log(`${question}: ${place ? `result ${place}, ${found[place - 1]}` : 'not found'}, of ${found.length} on the first screen`);
    if (!place || place > places) problems.push(`the search for "${question}" shows ${found.join(', ')}`);
    await page.keyboard.press('Escape');
  }
  await page.context().close();
}

const executablePath = findChromium();
if (!executablePath) {
  console.log('Skipped: no Chromium in CHROMIUM or /usr/bin');
  process.exit(77);
}
const folder = process.argv[2];
if (folder) mkdirSync(folder, { recursive: true });
const server = spawn(
  process.execPath,
  [join(DOCS, 'node_modules/vitepress/bin/vitepress.js'), 'preview', DOCS, '--host', '127.0.0.1', '--port', PORT],
  { stdio: ['ignore', 'ignore', 'inherit'] },
);
try {
  for (let tries = 0; !(await fetch(SITE).then((response) => response.ok, () => false)); tries++) {
    if (tries === 100) throw new Error('the site was not served within 10 seconds');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const args = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'];
  args.push('--disable-component-update', '--disable-sync');
  const browser = await chromium.launch({ executablePath, args });
  try {
    await look(browser, folder);
    await search(browser);
  } finally {
    await browser.close();
  }
} finally {
  server.kill();
}
if (problems.length) {
  console.error(problems.join('\n'));
  process.exit(1);
}
console.log(`${PAGES.length} pages, wide and narrow, light and dark; ${QUESTIONS.length} searches`);
