/// Where in the page we are: `#/` the map, `#/station/<sn>` with a station open, `#/rentals?...` the list,
/// `#/rentals/<id>` one rental.

import { signal } from '@preact/signals';

export type Route =
  | { view: 'map'; sn: string | null }
  | { view: 'rentals'; search: URLSearchParams }
  | { view: 'rental'; id: string };

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

export function parseRoute(hash: string): Route {
  const [path = '', search = ''] = hash.replace(/^#/, '').split('?', 2);
  const [first = '', second = ''] = path.split('/').filter(Boolean).map(decoded);
  if (first === 'rentals' && second) return { view: 'rental', id: second };
  if (first === 'rentals') return { view: 'rentals', search: new URLSearchParams(search) };
  if (first === 'station' && second) return { view: 'map', sn: second };
  return { view: 'map', sn: null };
}

export const route = signal<Route>(parseRoute(globalThis.location?.hash ?? ''));

globalThis.addEventListener?.('hashchange', () => {
  route.value = parseRoute(location.hash);
});

export const hrefOf = {
  map: '#/',
  station: (sn: string) => `#/station/${encodeURIComponent(sn)}`,
  rentals: (search = '') => `#/rentals${search}`,
  rental: (id: string) => `#/rentals/${encodeURIComponent(id)}`,
};

export function go(href: string): void {
  location.hash = href;
}
