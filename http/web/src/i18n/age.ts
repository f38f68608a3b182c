/// How long ago something was, in words of the catalogue: browsers know too few languages.

import { t, type Key } from './index';

const units = ['days', 'hours', 'minutes', 'seconds'] as const;
export type AgeUnit = (typeof units)[number] | 'now';
const lengths = { days: 86_400, hours: 3600, minutes: 60, seconds: 1 } as const;

/// Younger than this is now, and so is what a clock not quite ours says of the future.
const nowSeconds = 5;

/// A span of seconds in its largest unit, rounded down.
export function largestUnit(seconds: number): { unit: AgeUnit; count: number } {
  if (seconds < nowSeconds) return { unit: 'now', count: 0 };
  const unit = units.find((each) => seconds >= lengths[each]) ?? 'seconds';
  return { unit, count: Math.floor(seconds / lengths[unit]) };
}

/// "now", "3 min ago".
export function age(at: string, now: number): string {
  const { unit, count } = largestUnit((now - new Date(at).getTime()) / 1000);
  return t(`age.${unit}` satisfies Key, { count });
}
