/// The views beside the map, as operators use them: part of the one sitting of page.test.ts.

import type { Locator, Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { barriers, callAsCabinet, field, patience, picture, prove, Rider, url } from './stage';

/// `pageOf` because the page is there only when the tests run.
export function officeSteps(pageOf: () => Page): void {
  const find = (what: string): Locator => pageOf().locator(what);
  const button = (name: string): Locator => pageOf().getByRole('button', { name, exact: true });
  const dialog = (): Locator => pageOf().getByRole('dialog').first();
  const row = (name: string | RegExp): Locator => find('tbody tr').filter({ hasText: name }).first();
  const rider = new Rider('9841999002');
  let rental = '';

  async function open(hash: string): Promise<void> {
    await pageOf().goto(`${url}/admin${hash}`);
  }
  /// What it looks like, and that nobody is kept out.
  async function judged(name: string): Promise<void> {
    await picture(pageOf(), name);
    expect(await barriers(pageOf()), name).toEqual([]);
  }
  async function fill(values: Record<string, string>): Promise<void> {
    for (const [label, value] of Object.entries(values)) await dialog().getByLabel(label).fill(value);
  }
  /// The filter holds: no row is there any more whose status is not good.
  async function onlyGood(): Promise<void> {
    await find('tbody tr .tag.good').first().waitFor();
    await expect.poll(() => find('tbody tr .tag:not(.good)').count(), { timeout: patience }).toBe(0);
  }
  const send = (name: string): Promise<void> => dialog().getByRole('button', { name }).click();
  const goTo = (name: string): Promise<void> =>
    find('header.top').getByRole('link', { name, exact: true }).click();

  describe('rentals', () => {
    test('are listed, filtered, and a look can be shared', async () => {
      await goTo('Rentals');
      await find('tbody tr').first().waitFor();
      await pageOf().getByLabel('Status').selectOption('COMPLETED');
      await expect.poll(() => pageOf().url()).toContain('status=COMPLETED');
      await onlyGood();
      await judged('rentals');
      await pageOf().reload();
      await find('tbody tr .tag.good').first().waitFor();
      expect(await pageOf().getByLabel('Status').inputValue()).toBe('COMPLETED');
    });

    test('one is explained: what happened, why, and to the last paisa what it costs', async () => {
      await find('tbody th a').first().click();
      await find('[data-testid=summary]').waitFor();
      await find('.log-entry[data-is=fact]').nth(1).waitFor();
      await find('.log-entry[data-is=report]').first().waitFor();
      expect(await find('[data-testid=bill] .total dd').innerText()).toBe('0.00');
      await find('.books summary').click();
      await find('.books tbody tr').first().waitFor();
      await judged('rental');
      const entries = await find('.log-entry').count();
      await button('Said by cabinets').click();
      expect(await find('.log-entry').count()).toBeLessThan(entries);
    });

    test('one is ended by hand, with a reason and a proof of who does it', async () => {
      await rider.signUp('officetester');
      rental = await rider.rent();
      await open(`#/rentals/${rental}`);
      await button('End by hand').click();
      await dialog().getByLabel('How it ended').selectOption('CANCELLED');
      await fill({ Reason: 'The browser tests wanted it to end' });
      await dialog().getByRole('checkbox').check();
      await judged('force-complete');
      await send('End the rental');
      const proof = pageOf().getByRole('dialog', { name: 'Is it still you?' });
      await proof.or(find('.page-head .tag:not(.live)')).first().waitFor();
      if (await proof.isVisible()) await prove(pageOf(), 'admin');
      await find('.page-head .tag:not(.live)').waitFor();
      expect(field((await rider.ask(`/rentals/${rental}`)).text, 'status')).toBe('CANCELLED');
    });
  });

  describe('banks', () => {
    test('are found by status and number, and one is taken out of use and put back', async () => {
      await goTo('Banks');
      await pageOf().getByLabel('Status').selectOption('AVAILABLE');
      await expect.poll(() => pageOf().url()).toContain('status=AVAILABLE');
      await onlyGood();
      await judged('banks');
      await find('tbody th a').first().click();
      for (const [status, look] of [
        ['MAINTENANCE', 'warn'],
        ['AVAILABLE', 'good'],
      ] as const) {
        await button('Set status').click();
        await dialog().getByLabel('Status').selectOption(status);
        await fill({ Reason: 'The browser tests look at it' });
        await send('Set');
        await find(`.page-head .tag.${look}`).waitFor();
      }
      await judged('bank');
    });
  });

  describe('issues', () => {
    test('of a station goes through its states with notes', async () => {
      const stations = await rider.ask('/stations?page_size=1');
      const station = field(stations.text, 'serial_number');
      const description = 'The cabinet stands in the rain and hums';
      await rider.ask(`/stations/${station}/report-issue`, { issue_type: 'DIRTY', description });
      await goTo('Issues');
      await row(description).getByRole('link').first().click();
      await button('I see to it').click();
      await button('Give it back').waitFor();
      await pageOf().getByLabel('Status').selectOption('RESOLVED');
      await pageOf().getByLabel('Notes').fill('Dried and quiet');
      await button('Save').click();
      await find('.page-head .tag.good').waitFor();
      await judged('issue');
      await pageOf().reload();
      await find('.page-head .tag.good').waitFor();
      expect(await pageOf().getByLabel('Notes').inputValue()).toBe('Dried and quiet');
    });

    test('of a rental leads to the rental', async () => {
      const description = 'The cable of this bank is loose';
      await rider.ask(`/rentals/${rental}/issues`, { issue_type: 'CHARGING_ISSUE', description });
      await open('#/issues/rentals');
      await row(description).waitFor();
      await judged('issues-rentals');
      await row(description).getByRole('link').first().click();
      await find('.facts').getByRole('link').first().click();
      await find('[data-testid=summary]').waitFor();
      expect(pageOf().url()).toContain(rental);
    });
  });

  describe('prices', () => {
    test('a package is made, and taken out of sale', async () => {
      await goTo('Prices');
      await button('New package').click();
      await fill({ Name: 'Two hours', Minutes: '120', 'Price (NPR)': '90' });
      await judged('package');
      await send('Save');
      await row('Two hours').getByText('90.00').waitFor();
      await button('Edit Two hours').click();
      await dialog().getByLabel('On sale').uncheck();
      await send('Save');
      await row('Two hours').getByText('Inactive').waitFor();
      expect((await rider.ask('/rentals/packages')).text).not.toContain('Two hours');
    });

    test('a late fee is tried before it is activated', async () => {
      await pageOf().getByRole('link', { name: 'Late fees' }).click();
      await button('New late fee').click();
      await fill({
        Name: 'Twice',
        'Times the package’s rate': '2',
        'Free minutes': '2',
        'At most a day': '100',
      });
      await send('Save');
      await row('Twice').waitFor();
      await pageOf().getByLabel('Late fee', { exact: true }).selectOption({ label: 'Twice' });
      await pageOf().getByLabel('Package', { exact: true }).selectOption({ index: 0 });
      await pageOf().getByLabel('Minutes late').fill('62');
      await button('Calculate').click();
      await find('[data-testid=late-fee]').getByText('100.00').waitFor();
      await judged('late-fees');
      await button('Activate Twice').click();
      await button('Deactivate Twice').waitFor();
    });

    test('a discount at a station is what riders see there', async () => {
      const stations = await rider.ask('/stations?page_size=1');
      const station = field(stations.text, 'serial_number');
      await pageOf().getByRole('link', { name: 'Discounts' }).click();
      await button('New discount').click();
      await fill({ Station: 'nowhere at all', Percent: '12.5' });
      await send('Save');
      await dialog().locator('[aria-invalid=true]').waitFor();
      await fill({ Station: station });
      await judged('discount');
      await send('Save');
      await row('12.5 %').waitFor();
      expect((await rider.ask(`/rentals/packages?station_sn=${station}`)).text).toContain('12.5');
      await row('12.5 %').getByRole('link').first().click();
      await pageOf().getByRole('heading', { name: 'What came of it' }).waitFor();
      await judged('discount-detail');
    });
  });

  test('an unknown cabinet is listed, and a station is made of it', async () => {
    const imei = '860000000000042';
    expect(await callAsCabinet(imei)).toBeGreaterThanOrEqual(400);
    await goTo('New cabinets');
    await button(`Approve ${imei}`).click();
    await fill({
      'Name of the station': 'A new place',
      'Serial number of the station': 'NEW001',
      Latitude: '27.7',
      Longitude: '85.3',
      Address: 'Thamel',
    });
    await judged('approve');
    await send('Approve');
    await row(imei).getByText('Approved').waitFor();
    await judged('cabinets');
    await open('#/cabinets/NEW001');
    await button('Take away').waitFor();
    await judged('login');
  });

  describe('history', () => {
    test('tells commands, one station, what cabinets said and who did what', async () => {
      await goTo('History');
      await row('Check').waitFor();
      await judged('history-commands');
      const station = row('Check').getByRole('link').first();
      const serial = decodeURIComponent((await station.getAttribute('href'))!.split('/').at(-1)!);
      await open(`#/history/station?station_sn=${serial}`);
      await find('.log-entry[data-is=report]').first().waitFor();
      await judged('history-station');
      await pageOf().getByRole('link', { name: 'Cabinets’ reports' }).click();
      await find('tbody tr').first().waitFor();
      await pageOf().getByRole('link', { name: 'Audit log' }).click();
      await row('The browser tests wanted it to end').waitFor({ timeout: patience });
      await judged('history-audit');
      await goTo('Map');
    });
  });
}
