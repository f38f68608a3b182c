import { describe, expect, test } from 'vitest';
import { me } from '../../../http/web/src/api/session';
import type { Command, Grant, Me } from '../../../http/web/src/contract';
import type { ExplainedFact } from '../../../http/web/src/contract_office';
import { localOf, moneyIn, momentIn, numberIn } from '../../../http/web/src/design/form_values';
import { movedTo, refined, searchOf, wantedIn } from '../../../http/web/src/office/address';
import { isKnownLate, plain, timelineOf, withTimes } from '../../../http/web/src/office/timeline';
import { wishOf } from '../../../http/web/src/rentals/forced_wish';
import { feeRowOf } from '../../../http/web/src/pricing/fee_row';
import { firstHref, isOpenView, openViews } from '../../../http/web/src/views';

function formOf(values: Record<string, string | string[]>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(values))
    for (const each of [value].flat()) form.append(name, each);
  return form;
}

describe('a list’s address', () => {
  const names = ['status', 'search'];
  const wantedOf = (text: string) => wantedIn(new URLSearchParams(text), names);

  test('tells what the list knows and nothing else', () => {
    expect(wantedOf('status=LOST&search=+&evil=1')).toEqual({ status: 'LOST' });
  });

  test.each(['0', '1', '-3', '1.5', 'x'])('page %s is the first', (page) => {
    expect(wantedOf(`page=${page}`)).toEqual({});
  });

  test('another filter begins at the first page, another page keeps the filters', () => {
    const wanted = wantedOf('status=LOST&page=3');
    expect(refined(wanted, 'search', '400')).toEqual({ status: 'LOST', search: '400' });
    expect(refined(wanted, 'status', '')).toEqual({});
    expect(movedTo(wanted, 'page', '4')).toEqual({ status: 'LOST', page: '4' });
    expect(movedTo({ cursor: 'a' }, 'cursor', '')).toEqual({ cursor: '' });
  });

  test('is read as it was written', () => {
    const wanted = { search: 'Ram & Sita?', page: '2' };
    expect(wantedIn(new URLSearchParams(searchOf(wanted).slice(1)), names)).toEqual(wanted);
    expect(searchOf({ cursor: '' })).toBe('');
  });
});

describe('a form', () => {
  test('takes sums of rupees to the paisa without counting', () => {
    const of = (text: string) => moneyIn(formOf({ sum: text }), 'sum');
    expect(['50', '50.5', '0.07', '.5', '999999999.99'].map(of)).toEqual([
      '50.00',
      '50.50',
      '0.07',
      '0.50',
      '999999999.99',
    ]);
    expect(of(' ')).toBeNull();
  });

  test('says nothing where nothing is, and zero where zero is', () => {
    expect(numberIn(formOf({ grace: '' }), 'grace')).toBeNull();
    expect(numberIn(formOf({ grace: '0' }), 'grace')).toBe(0);
  });

  test('means Kathmandu’s time, wherever its computer is', () => {
    expect(momentIn(formOf({ at: '2026-11-21T00:05' }), 'at')).toBe('2026-11-20T18:20:00Z');
    expect(localOf('2026-11-20T18:20:00Z')).toBe('2026-11-21T00:05');
    expect(momentIn(formOf({}), 'at')).toBeNull();
  });

  test('ends a rental by hand with what was filled in only', () => {
    const reason = 'The rider showed the receipt';
    expect(
      wishOf(formOf({ resolution: 'LOST', reason, charge_override: '', ended_at: '', bank_status: '' })),
    ).toEqual({
      resolution: 'LOST',
      reason,
    });
    const all = { resolution: 'RETURNED', reason, charge_override: '80', bank_status: 'DAMAGED' };
    expect(wishOf(formOf({ ...all, ended_at: '2026-11-21T00:05' }))).toEqual({
      ...all,
      charge_override: '80.00',
      ended_at: '2026-11-20T18:20:00Z',
    });
  });

  test('changes of a late fee what its kind uses, and keeps the rest', () => {
    const form = formOf({
      name: 'Flat',
      fee_type: 'FLAT_RATE',
      flat_rate_per_hour: '5',
      grace_period_minutes: '0',
      max_daily_rate: '',
      applicable_package_types: ['HOURLY', 'DAILY'],
    });
    expect(feeRowOf(form, null)).toMatchObject({ multiplier: '2.00', flat_rate_per_hour: '5.00' });
    expect(feeRowOf(form, { multiplier: '1.50' } as never)).toMatchObject({
      multiplier: '1.50',
      max_daily_rate: null,
      applicable_package_types: ['HOURLY', 'DAILY'],
    });
  });
});

describe('the timeline', () => {
  const fact = (at: string, recorded_at = at): ExplainedFact => ({
    at,
    recorded_at,
    kind: 'rental-returned',
    rule: null,
    rule_text: null,
    data: null,
  });
  const report = (received_at: string) => ({
    received_at,
    door: 'MQTT',
    frame: '0x40',
    raw_hex: '',
    meaning: null,
  });
  const command = (created_at: string) => ({ created_at }) as Command;
  const known = {
    facts: [fact('2026-01-01T10:00:05Z'), fact('2026-01-01T10:00:01.5Z')],
    commands: [command('2026-01-01T10:00:00Z')],
    reports: [report('2026-01-01T10:00:05Z')],
  };

  test('is in order of what happened, and evidence comes before what was made of it', () => {
    expect(timelineOf(known, 'oldest').map((each) => each.is)).toEqual(['command', 'fact', 'report', 'fact']);
    expect(timelineOf(known, 'newest').map((each) => each.is)).toEqual(['fact', 'report', 'fact', 'command']);
  });

  test('says when something was known much later than it happened', () => {
    expect(isKnownLate(fact('2026-01-01T10:00:00Z', '2026-01-01T10:00:04Z'))).toBe(false);
    expect(isKnownLate(fact('2026-01-01T10:00:00Z', '2026-01-01T10:05:00Z'))).toBe(true);
  });

  test('shows times as times and whatever is inside something as JSON', () => {
    const show = (at: string) => `<${at}>`;
    expect(plain('2026-01-01T10:00:00Z', show)).toBe('<2026-01-01T10:00:00Z>');
    expect(plain('2026', show)).toBe('2026');
    expect(withTimes('From 2026-01-01T10:00:00.139Z to then.', () => 'now')).toBe('From now to then.');
    expect(plain({ a: [1] }, show)).toBe('{"a":[1]}');
  });
});

describe('the views', () => {
  const permitted = (permissions: Record<string, Grant>): void => {
    me.value = { permissions } as unknown as Me;
  };

  test('are those the permissions open, and whoever has no map begins at the first', () => {
    permitted({
      'rentals.override': 'read',
      'pricing.write': 'read',
      'audit.read': 'read',
      'fleet.write': 'none',
    });
    expect(openViews().map((each) => each.view)).toEqual(['rentals', 'pricing', 'history']);
    expect(isOpenView('cabinets')).toBe(false);
    expect(firstHref()).toBe('#/rentals');
  });

  test('are none for whom nothing is open', () => {
    permitted({});
    expect(openViews()).toEqual([]);
    expect(firstHref()).toBeNull();
  });
});
