/// From a form to what the server takes: exact money, Kathmandu's times.

/// Nepal keeps one offset the whole year.
const kathmanduOffset = '+05:45';
const kathmanduMilliseconds = (5 * 60 + 45) * 60_000;

export function textIn(form: FormData, name: string): string {
  return String(form.get(name) ?? '').trim();
}

/// Null if nothing is there.
export function numberIn(form: FormData, name: string): number | null {
  const text = textIn(form, name);
  return text === '' ? null : Number(text);
}

/// "50" as "50.00"; no number is made of it, so nothing is rounded. Null if nothing is there.
export function moneyIn(form: FormData, name: string): string | null {
  const text = textIn(form, name);
  if (text === '') return null;
  const [whole = '', fraction = ''] = text.split('.', 2);
  return `${whole || '0'}.${fraction.padEnd(2, '0')}`;
}

/// What `<input type="datetime-local">` holds, meant in Kathmandu, as RFC 3339. Null if nothing is there.
export function momentIn(form: FormData, name: string): string | null {
  const text = textIn(form, name);
  if (text === '') return null;
  const seconds = text.length === 'YYYY-MM-DDTHH:MM'.length ? `${text}:00` : text;
  return new Date(seconds + kathmanduOffset).toISOString().replace('.000Z', 'Z');
}

/// A time as such a field shows it.
export function localOf(at: string | number): string {
  return new Date(new Date(at).getTime() + kathmanduMilliseconds).toISOString().slice(0, 16);
}
