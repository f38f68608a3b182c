/// The small print of an event: which slot, which bank, which rental, why.

import type { LogLine } from '../contract';
import { t, word } from '../i18n';

const shown = ['slot', 'bank_sn', 'rental_code', 'reason', 'action'] as const;

export function detailOf(event: LogLine): string {
  const data = event.data ?? {};
  return shown
    .map((name) => {
      const value = data[name];
      if (value === null || value === undefined || value === '') return '';
      if (name === 'action') return word('action', String(value));
      if (name === 'reason') return word('why', String(value));
      return t(`detail.${name}`, { value: String(value) });
    })
    .filter(Boolean)
    .join(' · ');
}
