/// The page as operators use it, in one sitting: each test goes on where the one before stopped.

import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { officeSteps } from './office_steps';
import {
  barriers,
  field,
  fillSignIn,
  launch,
  openWindow,
  order,
  patience,
  picture,
  Rider,
  signedIn,
  url,
  type Window,
} from './stage';

let browser: Browser;
let window: Window;
let page: Page;
let station = '';

const linkIs = (state: string) => page.locator(`[data-testid=link][data-is=${state}]`);
const panel = () => page.locator('[data-testid=panel]');
const action = (name: string) => panel().getByRole('button', { name, exact: true });
/// The map shows something, and the browser has painted it.
async function drawn(on: Page): Promise<void> {
  await on.locator('[data-testid=map][data-items]:not([data-items="0"])').waitFor();
  await on.evaluate(async () => {
    for (let frames = 0; frames < 3; ++frames) await new Promise(requestAnimationFrame);
  });
}
const newest = () => page.locator('[data-testid=feed] .event').first();
const tab = (name: string) => page.getByRole('tab', { name });

const inView = async (): Promise<number> => Number(await page.locator('.tabs .count').innerText());

beforeAll(async () => {
  browser = await launch();
  window = await openWindow(browser);
  page = window.page;
  await page.goto(`${url}/admin`);
}, patience);

afterAll(() => browser?.close());

describe('signing in', () => {
  test('whatever is wrong, there is one clear error', async () => {
    await picture(page, 'sign-in');
    expect(await barriers(page)).toEqual([]);
    await fillSignIn(page, 'admin', '000000');
    await page.getByRole('alert').filter({ hasText: 'E-mail, password or code is not right.' }).waitFor();
  });

  test('the right password and code open the map, and it is live', async () => {
    await fillSignIn(page, 'admin');
    await linkIs('live').waitFor();
    await page.locator('[data-testid=map] canvas').first().waitFor();
  });

  test('no token is kept where scripts of tomorrow could read it', async () => {
    const kept = await page.evaluate(() =>
      JSON.stringify({ ...localStorage, ...sessionStorage, cookie: document.cookie }),
    );
    expect(kept).not.toMatch(/eyJ|refresh|access/);
  });

  test('opening the page again needs no new password', async () => {
    await page.reload();
    await linkIs('live').waitFor();
  });
});

describe('the city', () => {
  test('every station is counted', async () => {
    await expect.poll(inView, { timeout: patience }).toBe(30);
  });

  test('is seen moving', async () => {
    await tab('Events').click();
    await newest().waitFor();
    const before = await newest().innerText();
    await expect.poll(() => newest().innerText(), { timeout: patience }).not.toBe(before);
    await picture(page, 'map');
    expect(await barriers(page)).toEqual([]);
  });

  test('an ejection failure arrives in the feed, and a click shows where', async () => {
    const failure = page.locator('[data-kind="rental.eject_failed"]').first();
    await failure.waitFor();
    await failure.getByRole('button').click();
    await panel().waitFor();
    expect(page.url()).toContain('#/station/');
    await page.keyboard.press('Escape');
    await panel().waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'All of Nepal' }).click();
    await expect.poll(inView, { timeout: patience }).toBe(30);
  });

  test('filters and search change what is shown', async () => {
    await tab('In view').click();
    await page.getByPlaceholder('Name, serial number or address').fill('PKR');
    await expect.poll(inView, { timeout: patience }).toSatisfy((count: number) => count > 0 && count < 30);
    await page.getByRole('button', { name: 'Clear', exact: true }).click();
    await expect.poll(inView, { timeout: patience }).toBe(30);
  });

  test('layers can be laid over the map', async () => {
    await page.locator('.layers-card summary').click();
    const answer = page.waitForResponse((each) => each.url().includes('/map/layers/demand'));
    await page.getByLabel('Demand', { exact: true }).check();
    expect((await answer).status()).toBe(200);
    await picture(page, 'layers');
    await page.getByLabel('Demand', { exact: true }).uncheck();
    await page.keyboard.press('Escape');
  });
});

describe('a station', () => {
  test('is opened from the list, with the keyboard', async () => {
    await page.getByPlaceholder('Name, serial number or address').fill('KTM');
    const row = page.locator('#side-panel a.row').first();
    for (let tries = 0; tries < 8 && !(await row.isVisible()); ++tries) {
      const cluster = page.locator('#side-panel button.row').first();
      const before = await page.locator('#side-panel').innerText();
      await cluster.press('Enter');
      await expect
        .poll(() => page.locator('#side-panel').innerText(), { timeout: patience })
        .not.toBe(before);
    }
    await row.press('Enter');
    await panel().locator('.slot').first().waitFor();
    station = decodeURIComponent(page.url().split('/').at(-1) ?? '');
    expect(station).toMatch(/^KTM/);
  });

  test('shows each slot, and a slot its details', async () => {
    const slot = panel().locator('.slot').first();
    await slot.click();
    await panel().locator('[data-testid=slot-details]').waitFor();
    await picture(page, 'station');
    expect(await barriers(page)).toEqual([]);
    await slot.click();
  });

  test('a check is sent and seen acknowledged', async () => {
    await action('Check').click();
    await panel()
      .locator('[data-testid=command][data-kind=check][data-outcome=acknowledged]')
      .first()
      .waitFor();
    await picture(page, 'command');
  });

  test('put into maintenance refuses riders, and back in service takes them', async () => {
    const rider = new Rider('9841999001');
    await rider.signUp('webtester');
    await action('Maintenance').click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Reason').fill('The browser tests look at it');
    await picture(page, 'dialog');
    expect(await barriers(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Maintenance' }).click();
    await panel().locator('.panel-state[data-state=MAINTENANCE]').waitFor();
    const refused = await rider.start(station);
    expect([refused.status, field(refused.text, 'code')]).toEqual([409, 'station_maintenance']);

    await action('Back in service').click();
    await page.getByRole('dialog').getByLabel('Reason').fill('Done');
    await page.getByRole('dialog').getByRole('button', { name: 'Back in service' }).click();
    await panel().locator('.panel-state:not([data-state=MAINTENANCE])').waitFor();
    expect(field((await rider.see(station)).text, 'status')).toBe('ONLINE');
  });

  test('a slot is locked with a reason, and shown locked', async () => {
    await panel().locator('.slot').last().click();
    await panel().getByRole('button', { name: 'Lock slot' }).click();
    await page.getByRole('dialog').getByLabel('Reason').fill('The latch is loose');
    await page.getByRole('dialog').getByRole('button', { name: 'Lock slot' }).click();
    await panel().locator('.slot[data-locked]').last().waitFor();
  });
});

describe('beside the map', () => officeSteps(() => page));

describe('when the server goes away', () => {
  test('the page says so, greys what it shows, and says since when', async () => {
    await linkIs('live').waitFor();
    await drawn(page);
    await order('server-stop');
    await linkIs('reconnecting').waitFor();
    expect(await page.locator('[data-testid=link]').innerText()).toMatch(
      /Reconnecting[\s\S]*Stale since \d\d:\d\d:\d\d/,
    );
    expect(await page.locator('html').getAttribute('data-stale')).not.toBeNull();
    await picture(page, 'stale');
    expect(await barriers(page)).toEqual([]);
  });

  test('and when it is back the page recovers by itself', async () => {
    await order('server-start');
    await linkIs('live').waitFor();
    expect(await page.locator('html').getAttribute('data-stale')).toBeNull();
    await tab('Events').click();
    await newest().waitFor();
    const before = await newest().innerText();
    await expect.poll(() => newest().innerText(), { timeout: patience }).not.toBe(before);
  });
});

describe('roles', () => {
  const buttons = async (in_: Page): Promise<string[]> => {
    await in_.goto(`${url}/admin#/station/${station}`);
    await in_.locator('[data-testid=panel] .slot').first().waitFor();
    return in_.locator('[data-testid=panel] .action').allInnerTexts();
  };

  test('an operator may command and not put into maintenance; a moderator may only look', async () => {
    const operator = await signedIn(browser, 'operator');
    const his = await buttons(operator.page);
    expect(his).toContain('Check');
    expect(his).not.toContain('Maintenance');
    await drawn(operator.page);
    await picture(operator.page, 'role-operator');
    const moderator = await signedIn(browser, 'moderator');
    expect(await buttons(moderator.page)).toEqual([]);
    await drawn(moderator.page);
    await picture(moderator.page, 'role-moderator');
    await moderator.page.goto(`${url}/admin#/pricing`);
    await moderator.page.locator('tbody tr').first().waitFor();
    expect(await moderator.page.getByRole('button', { name: /^(New|Edit|Delete)/ }).count()).toBe(0);
    await moderator.page.goto(`${url}/admin#/rentals?status=ACTIVE`);
    await moderator.page.locator('tbody th a').first().click();
    await moderator.page.locator('[data-testid=bill]').waitFor();
    expect(await moderator.page.getByRole('button', { name: 'End by hand' }).count()).toBe(0);
    await operator.context.close();
    await moderator.context.close();
  });

  test('finance sees rentals and no map', async () => {
    const finance = await signedIn(browser, 'finance');
    await finance.page.getByRole('heading', { name: 'Rentals' }).waitFor();
    expect(await finance.page.getByRole('link', { name: 'Map', exact: true }).count()).toBe(0);
    await finance.context.close();
  });
});

describe('looks', () => {
  async function seen(name: string, hash: string): Promise<void> {
    await page.goto(`${url}/admin${hash}`);
    await linkIs('live').waitFor();
    await page.locator('.panel .slot:visible, .side .row:visible, tbody tr:visible').first().waitFor();
    if (await page.locator('[data-testid=map]').isVisible()) await drawn(page);
    await picture(page, name);
    expect(await barriers(page), name).toEqual([]);
  }

  test('dark, when the system is', async () => {
    await page.emulateMedia({ colorScheme: 'dark' });
    await expect.poll(() => page.locator('html').getAttribute('data-theme')).toBe('dark');
    await seen('map-dark', '#/');
    await seen('station-dark', `#/station/${station}`);
    await seen('banks-dark', '#/banks');
  });

  test('light, when the operator says so, whatever the system is', async () => {
    await page.locator('header.top .menu summary').click();
    await page.getByRole('button', { name: 'Light', exact: true }).click();
    await expect.poll(() => page.locator('html').getAttribute('data-theme')).toBe('light');
    await page.keyboard.press('Escape');
  });

  test('Nepali', async () => {
    await page.locator('header.top .menu summary').click();
    await page.getByRole('button', { name: 'नेपाली' }).click();
    await page.keyboard.press('Escape');
    expect(await page.locator('html').getAttribute('lang')).toBe('ne');
    await seen('station-nepali', `#/station/${station}`);
    await seen('rentals-nepali', '#/rentals');
    await seen('late-fees-nepali', '#/pricing/late-fees');
    await page.locator('header.top .menu summary').click();
    await page.getByRole('button', { name: 'English' }).click();
    await page.keyboard.press('Escape');
  });

  test('a telephone', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await seen('phone-station', `#/station/${station}`);
    await seen('phone-rentals', '#/rentals');
    await page.locator('nav.bottom').getByText('More').click();
    await page.locator('nav.bottom').getByRole('link', { name: 'Prices' }).click();
    await page.getByRole('heading', { name: 'Prices' }).waitFor();
    await seen('phone-prices', '#/pricing');
    await page.goto(`${url}/admin#/`);
    await page.locator('nav.bottom').getByRole('link', { name: 'In view' }).click();
    await page.locator('.side .row').first().waitFor();
    await picture(page, 'phone-list');
    expect(await barriers(page)).toEqual([]);
    await page.locator('nav.bottom').getByRole('link', { name: 'Map', exact: true }).click();
    await drawn(page);
    await picture(page, 'phone-map');
    await page.setViewportSize({ width: 1440, height: 900 });
  });
});

describe('in the end', () => {
  test('nothing was asked of any other host, and the policy refused nothing', () => {
    expect([...window.hosts]).toEqual([new URL(url).host]);
    expect(window.complaints).toEqual([]);
  });

  test('signing out ends it, also for a page opened again', async () => {
    await page.goto(`${url}/admin`);
    await page.locator('header.top .menu summary').click();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.locator('[name=email]').waitFor();
    await page.reload();
    await page.locator('[name=email]').waitFor();
  });
});
