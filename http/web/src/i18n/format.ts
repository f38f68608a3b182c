/// Numbers, money and times as the reader's locale writes them. Times are Kathmandu's, whatever the
/// computer says.

import { computed } from '@preact/signals';
import { language } from './language';

export const timeZone = 'Asia/Kathmandu';
/// A browser without Nepali data (Chromium ships none) writes Nepali numbers and times the neutral way.
const hasNepali = Intl.DateTimeFormat.supportedLocalesOf('ne-NP').length > 0;
const locales = { en: 'en-GB', ne: hasNepali ? 'ne-NP' : 'sv-SE' } as const;
const numberLocales = { en: 'en-GB', ne: hasNepali ? 'ne-NP' : 'en-IN' } as const;

const tools = computed(() => {
  const locale = locales[language.value];
  const numbers = numberLocales[language.value];
  const month = hasNepali || language.value === 'en' ? 'short' : '2-digit';
  const day = { day: 'numeric', month } as const;
  return {
    whole: new Intl.NumberFormat(numbers, { maximumFractionDigits: 0 }),
    short: new Intl.NumberFormat('en-GB', { notation: 'compact', maximumFractionDigits: 1 }),
    percent: new Intl.NumberFormat(numbers, { style: 'percent', maximumFractionDigits: 1 }),
    money: new Intl.NumberFormat(numbers, { minimumFractionDigits: 2, maximumFractionDigits: 2 }),
    clock: new Intl.DateTimeFormat(locale, {
      timeZone,
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    }),
    clockSeconds: new Intl.DateTimeFormat(locale, {
      timeZone,
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      hourCycle: 'h23',
    }),
    dayTime: new Intl.DateTimeFormat(locale, {
      timeZone,
      ...day,
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    }),
    full: new Intl.DateTimeFormat(locale, {
      timeZone,
      dateStyle: 'medium',
      timeStyle: 'medium',
      hourCycle: 'h23',
    }),
  };
});

export function whole(value: number): string {
  return tools.value.whole.format(value);
}

/// "1.2k": for the map, where room is short.
export function short(value: number): string {
  return value < 1000 ? whole(value) : tools.value.short.format(value);
}

/// A share of one as percent.
export function percent(share: number): string {
  return tools.value.percent.format(share);
}

/// A decimal string of rupees, untouched by floating point beyond its display.
export function rupees(decimal: string): string {
  return tools.value.money.format(decimal as unknown as number);
}

export type TimeStyle = 'clock' | 'clockSeconds' | 'dayTime' | 'full';

export function time(at: string | number | Date, style: TimeStyle): string {
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? '' : tools.value[style].format(date);
}
