/// A list's filters and its place are in the address, so that a look can be shared and gone back to.

/// What is asked of a list: its filters by name, `page` or `cursor`. Nothing empty is in it.
export type Wanted = Readonly<Record<string, string>>;

const places = ['page', 'cursor'] as const;

/// What the address asks, as far as the list knows it.
export function wantedIn(search: URLSearchParams, names: readonly string[]): Wanted {
  const wanted: Record<string, string> = {};
  for (const name of [...names, ...places]) {
    const value = search.get(name)?.trim();
    if (value) wanted[name] = value;
  }
  const page = Number(wanted.page);
  if (!Number.isInteger(page) || page < 2) delete wanted.page;
  return wanted;
}

/// The same as the address says it, with its question mark; empty if nothing is asked.
export function searchOf(wanted: Wanted): string {
  const search = new URLSearchParams(Object.entries(wanted).filter(([, value]) => value !== ''));
  const text = search.toString();
  return text && `?${text}`;
}

/// Another filter begins at the first page.
export function refined(wanted: Wanted, name: string, value: string): Wanted {
  const { page: _page, cursor: _cursor, ...kept } = wanted;
  const next: Record<string, string> = { ...kept, [name]: value };
  if (!value) delete next[name];
  return next;
}

/// The same filters at another place of the list.
export function movedTo(wanted: Wanted, place: (typeof places)[number], value: string): Wanted {
  return { ...refined(wanted, 'page', ''), [place]: value };
}
