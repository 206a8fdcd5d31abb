import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Project } from '../cli/project.ts';
import { ChromiumPage } from './chromium-page.ts';

const program = readFileSync(new URL('../../fixtures/hot/order-service.mjs', import.meta.url), 'utf8');
const hostile = 'export const text = "</script><script>window.hacked = 1</script><img src=x onerror=hacked=2>";\n';

let project: Project;
let page: ChromiumPage;

beforeAll(async () => {
  project = new Project();
  project.write('app.mjs', program);
  project.write('hostile.mjs', `${hostile}export const first = [text].filter((word) => word)[0];\n`);
  const args = ['analyze', 'app.mjs', 'hostile.mjs', '--run', `${process.execPath} app.mjs`];
  const { exitCode, stderr } = await project.run([...args, '--output-file', 'html=report.html', '-q']);
  expect(exitCode, stderr).toBe(0);
  page = new ChromiumPage();
  await page.open(pathToFileURL(join(project.folder, 'report.html')).href);
});

afterAll(async () => {
  await page.close();
  project.remove();
});

const column = (index: number): string =>
  `[...document.querySelectorAll('#findings tbody tr')].map((row) => row.children[${index}].textContent)`;

it('opens from disk without asking for anything, and without an error', () => {
  expect(page.requests).toEqual([]);
  expect(page.problems).toEqual([]);
});

it('never runs or shows as a page what stands in the analysed code', async () => {
  expect(await page.evaluate('[typeof hacked, document.images.length, document.scripts.length]')).toEqual([
    'undefined',
    0,
    2,
  ]);
});

it('lists the findings by measured time, and by another column after a click on its head, the other way round after a second', async () => {
  const times = (await page.evaluate(column(0))) as string[];
  expect(times.length).toBeGreaterThanOrEqual(7);
  const shares = times.map((time) => (time === '–' ? -1 : parseFloat(time)));
  expect(shares).toEqual(shares.toSorted((a, b) => b - a));
  expect(shares[0]).toBeGreaterThan(5);
  const heads = (await page.evaluate(
    '[...document.querySelectorAll("#findings th")].map((th) => th.textContent)',
  )) as string[];
  const rule = heads.indexOf('rule');
  const click = `document.querySelectorAll('#findings th')[${rule}].click()`;
  await page.evaluate(click);
  const up = (await page.evaluate(column(rule))) as string[];
  expect(up).toEqual(up.toSorted());
  await page.evaluate(click);
  expect(await page.evaluate(column(rule))).toEqual(up.toReversed());
});

it('draws the profile, zooms into a frame, and shows its source with the finding beside it', async () => {
  const frames = (await page.evaluate(
    '[...document.querySelectorAll("#flame button")].map((b) => b.textContent)',
  )) as string[];
  expect(frames.length).toBeGreaterThan(5);
  const isMarked = 'document.querySelectorAll("#flame button.found").length';
  expect(await page.evaluate(isMarked)).toBeGreaterThan(0);
  await page.evaluate('document.querySelector("#flame button.found").click()');
  expect(await page.evaluate('document.querySelectorAll("#flame button.up").length')).toBeGreaterThan(0);
  expect(await page.evaluate('document.getElementById("file").value')).toBe('app.mjs');
  expect(await page.evaluate('document.querySelectorAll("#source .marked").length')).toBeGreaterThan(5);
  expect(await page.evaluate('document.querySelectorAll("#source .note").length')).toBeGreaterThan(5);
});

it('fits the width of a small window', async () => {
  const small = new ChromiumPage();
  try {
    await small.open(pathToFileURL(join(project.folder, 'report.html')).href, 500, 900);
    expect(await small.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
  } finally {
    await small.close();
  }
});

it('can be photographed', async () => {
  const picture = await page.screenshot();
  if (process.env['BOOSTER_TEST_SCREENSHOT'] !== undefined)
    writeFileSync(process.env['BOOSTER_TEST_SCREENSHOT'], picture);
  expect(picture.length).toBeGreaterThan(20_000);
});
