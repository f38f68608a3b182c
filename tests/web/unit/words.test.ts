import { describe, expect, test } from 'vitest';
import { parseViews, tidy } from '../../../http/web/src/filters/filters';
import { largestUnit } from '../../../http/web/src/i18n/age';
import { en } from '../../../http/web/src/i18n/en';
import { enOffice } from '../../../http/web/src/i18n/en_office';
import { fill, t, word, type Entry } from '../../../http/web/src/i18n/index';
import { ne } from '../../../http/web/src/i18n/ne';
import { neOffice } from '../../../http/web/src/i18n/ne_office';
import { time } from '../../../http/web/src/i18n/format';
import { hrefOf, parseRoute } from '../../../http/web/src/routes';

const english: Record<string, Entry> = { ...en, ...enOffice };
const nepali: Record<string, Entry> = { ...ne, ...neOffice };

const sentencesOf = (entry: Entry): string[] =>
  typeof entry === 'string' ? [entry] : [entry.one, entry.other];
const holesOf = (text: string): string[] =>
  [...text.matchAll(/\{([a-z]\w*)\}/g)].map((match) => match[1]!).sort();

describe('the catalogue', () => {
  test('takes the same values in both languages', () => {
    for (const key of Object.keys(english)) {
      expect(holesOf(sentencesOf(nepali[key]!)[0]!), key).toEqual(
        holesOf(sentencesOf(english[key]!).at(-1)!),
      );
      for (const sentence of sentencesOf(nepali[key]!)) expect(sentence.trim(), key).not.toBe('');
    }
  });

  test('of the map and of the office say nothing twice', () => {
    expect(Object.keys(en).filter((key) => key in enOffice)).toEqual([]);
  });

  test('fills what it knows and leaves the rest to be noticed', () => {
    expect(fill('{a} and {b}', { a: 'x' })).toBe('x and {b}');
    expect(fill('{24} h', {})).toBe('24 h');
  });

  test('one is one and none is many', () => {
    expect(t('cluster', { count: 1 })).toBe('1 station');
    expect(t('cluster', { count: 0 })).toBe('0 stations');
  });

  test('a word the server learnt later is still readable', () => {
    expect(word('event', 'slot.some_new-thing')).toBe('Slot some new thing');
  });
});

describe('time', () => {
  test('is Kathmandu’s, a quarter to six hours ahead', () => {
    expect(time('2026-11-20T18:20:00Z', 'clock')).toBe('00:05');
  });

  test('ages are told in their largest unit, and the near future is now', () => {
    expect(largestUnit(-3)).toEqual({ unit: 'now', count: 0 });
    expect(largestUnit(59)).toEqual({ unit: 'seconds', count: 59 });
    expect(largestUnit(3599)).toEqual({ unit: 'minutes', count: 59 });
    expect(largestUnit(90_000)).toEqual({ unit: 'days', count: 1 });
  });
});

describe('filters', () => {
  test('that mean nothing are left out', () => {
    expect(tidy({ status: ['ONLINE', 'DEGRADED', 'OFFLINE', 'MAINTENANCE'], text: '  ' })).toEqual({});
  });

  test('are kept within what the server takes', () => {
    expect(tidy({ battery_below: 400, silent_minutes: 0.2 })).toEqual({
      battery_below: 100,
      silent_minutes: 1,
    });
  });

  test('saved views that cannot be read are forgotten, not fatal', () => {
    expect(parseViews('nonsense')).toEqual([]);
    expect(parseViews('[{"name":"x"},null,{"name":"y","zoom":9,"center":[85,27]}]')).toEqual([
      { name: 'y', zoom: 9, center: [85, 27], filters: {} },
    ]);
  });
});

describe('addresses', () => {
  test.each([
    ['', { view: 'map', sn: null }],
    ['#/station/CT%2F1', { view: 'map', sn: 'CT/1' }],
    ['#/station/%E0%A4', { view: 'map', sn: '%E0%A4' }],
    ['#/rentals/42', { view: 'rentals', path: ['42'] }],
    ['#/issues/rentals/7?x=1', { view: 'issues', path: ['rentals', '7'] }],
    ['#/nowhere/else', { view: 'map', sn: null }],
  ])('%s', (hash, route) => expect(parseRoute(hash)).toMatchObject(route));

  test('lead back to where they were made for', () => {
    const href = hrefOf.office('issues', ['stations', 'a/b ?'], '?status=REPORTED');
    expect(parseRoute(href)).toMatchObject({ view: 'issues', path: ['stations', 'a/b ?'] });
  });

  test('the list’s filters are in the address', () => {
    const route = parseRoute('#/rentals?status=OVERDUE&page=2');
    expect(route.view === 'rentals' && route.search.get('status')).toBe('OVERDUE');
  });
});
