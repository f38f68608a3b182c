/// The catalogue: `t('key', values)`. English defines the keys; a language that lacks one does not compile.

import { en } from './en';
import { ne } from './ne';
import { whole } from './format';
import { language, type Language } from './language';

export type Key = keyof typeof en;
/// A sentence, or its forms for one and for more of `count`. Both languages know no other.
export type Entry = string | { one: string; other: string };
export type Catalogue = Record<Key, Entry>;

const catalogues: Record<Language, Catalogue> = { en, ne };

export type Values = Record<string, string | number>;

/// Replaces {name} by its value and {24} by itself; numbers are written in the locale's digits.
export function fill(sentence: string, values: Values): string {
  return sentence.replace(/\{(\w+)\}/g, (hole, name: string) => {
    const value = values[name] ?? (/^\d+$/.test(name) ? Number(name) : hole);
    return typeof value === 'number' ? whole(value) : value;
  });
}

export function t(key: Key, values: Values = {}): string {
  const entry = catalogues[language.value][key];
  if (typeof entry === 'string') return fill(entry, values);
  return fill(values.count === 1 ? entry.one : entry.other, values);
}

/// The sentence of a word of the server's closed sets ("state.ONLINE"); one that is new to us, made readable.
export function word(group: string, name: string): string {
  const key = `${group}.${name}`;
  if (key in en) return t(key as Key);
  const plain = name.replace(/[-_.]/g, ' ').toLowerCase();
  return plain.charAt(0).toUpperCase() + plain.slice(1);
}

export { language, speak, languages, type Language } from './language';
