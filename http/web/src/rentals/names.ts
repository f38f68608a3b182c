/// A station as the server names it: its name alone, or with its serial number.

import type { RentalRow } from '../contract';

type Named = RentalRow['station'];

export function stationName(of: Named): string | null {
  if (of === null) return null;
  return typeof of === 'string' ? of : (of.name ?? of.sn ?? null);
}

export function stationSerial(of: Named): string | null {
  return of !== null && typeof of === 'object' ? (of.sn ?? null) : null;
}
