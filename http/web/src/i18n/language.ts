/// Which language the page speaks. Chosen here, remembered in this browser; the document says it too.

import { signal } from '@preact/signals';
import { remember, recall } from '../memory';

export type Language = 'en' | 'ne';
export const languages: readonly Language[] = ['en', 'ne'];

function firstLanguage(): Language {
  const kept = recall('language');
  if (kept === 'en' || kept === 'ne') return kept;
  return globalThis.navigator?.language.startsWith('ne') ? 'ne' : 'en';
}

export const language = signal<Language>(firstLanguage());

export function speak(chosen: Language): void {
  language.value = chosen;
  remember('language', chosen);
}
