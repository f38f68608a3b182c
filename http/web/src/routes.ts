/// Where in the page we are: `#/` the map, `#/station/<sn>` with a station open; of the office `#/<view>`,
/// with what of it (`#/issues/rentals/<id>`) and its filters after a question mark.

import { signal } from '@preact/signals';

export const officeViews = ['rentals', 'banks', 'issues', 'pricing', 'cabinets', 'history'] as const;
export type OfficeView = (typeof officeViews)[number];

export interface OfficeRoute {
  view: OfficeView;
  path: readonly string[];
  search: URLSearchParams;
}

export type Route = { view: 'map'; sn: string | null } | OfficeRoute;

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

export function parseRoute(hash: string): Route {
  const [path = '', search = ''] = hash.replace(/^#/, '').split('?', 2);
  const [first = '', ...rest] = path.split('/').filter(Boolean).map(decoded);
  const view = officeViews.find((each) => each === first);
  if (view) return { view, path: rest, search: new URLSearchParams(search) };
  return { view: 'map', sn: first === 'station' ? (rest[0] ?? null) : null };
}

export const route = signal<Route>(parseRoute(globalThis.location?.hash ?? ''));

globalThis.addEventListener?.('hashchange', () => {
  route.value = parseRoute(location.hash);
});

/// `search` with its question mark, or empty.
function office(view: OfficeView, path: readonly string[] = [], search = ''): string {
  return `#/${[view, ...path].map(encodeURIComponent).join('/')}${search}`;
}

export const hrefOf = {
  map: '#/',
  station: (sn: string) => `#/station/${encodeURIComponent(sn)}`,
  office,
  rental: (id: string) => office('rentals', [id]),
  bank: (sn: string) => office('banks', [sn]),
};

export function go(href: string): void {
  location.hash = href;
}
