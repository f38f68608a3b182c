/// The catalogue: `t('key', values)`. English defines the keys; a language that lacks one does not compile.
/// The office brings its own sentences when it is loaded.

import { en } from './en';
import type { enOffice } from './en_office';
import { ne } from './ne';
import { whole } from './format';
import { language, type Language } from './language';

export type OfficeKey = keyof typeof enOffice;
export type Key = keyof typeof en | OfficeKey;
/// A sentence, or its forms for one and for more of `count`. Both languages know no other.
export type Entry = string | { one: string; other: string };
export type Catalogue = Record<keyof typeof en, Entry>;

const catalogues: Record<Language, Record<string, Entry>> = { en: { ...en }, ne: { ...ne } };

/// Adds a part's sentences, before the part is shown.
export function learn(more: Record<Language, Record<OfficeKey, Entry>>): void {
  for (const each of Object.keys(more) as Language[]) Object.assign(catalogues[each], more[each]);
}

export type Values = Record<string, string | number>;

/// Replaces {name} by its value and {24} by itself; numbers are written in the locale's digits.
export function fill(sentence: string, values: Values): string {
  return sentence.replace(/\{(\w+)\}/g, (hole, name: string) => {
    const value = values[name] ?? (/^\d+$/.test(name) ? Number(name) : hole);
    return typeof value === 'number' ? whole(value) : value;
  });
}

export function t(key: Key, values: Values = {}): string {
  const entry = catalogues[language.value][key] ?? key;
  if (typeof entry === 'string') return fill(entry, values);
  return fill(values.count === 1 ? entry.one : entry.other, values);
}

export const hasWord = (group: string, name: string): boolean => `${group}.${name}` in catalogues.en;

/// The sentence of a word of the server's closed sets ("state.ONLINE"); one that is new to us, made readable.
export function word(group: string, name: string): string {
  const key = `${group}.${name}`;
  if (hasWord(group, name)) return t(key as Key);
  const plain = name.replace(/[-_.]/g, ' ').toLowerCase();
  return plain.charAt(0).toUpperCase() + plain.slice(1);
}

export { language, speak, languages, type Language } from './language';
