/// Dark or light: as the system says, unless the operator chose.

import { computed, effect, signal } from '@preact/signals';
import { recall, remember } from '../memory';

export type Theme = 'system' | 'light' | 'dark';
export const themes: readonly Theme[] = ['system', 'light', 'dark'];

const kept = recall('theme');
export const theme = signal<Theme>(kept === 'light' || kept === 'dark' ? kept : 'system');

const darkness = matchMedia('(prefers-color-scheme: dark)');
const systemIsDark = signal(darkness.matches);
darkness.addEventListener('change', () => {
  systemIsDark.value = darkness.matches;
});

export const isDark = computed(() =>
  theme.value === 'system' ? systemIsDark.value : theme.value === 'dark',
);

effect(() => {
  document.documentElement.dataset.theme = isDark.value ? 'dark' : 'light';
});

export function wear(chosen: Theme): void {
  theme.value = chosen;
  remember('theme', chosen);
}

const stillness = matchMedia('(prefers-reduced-motion: reduce)');

export function prefersStillness(): boolean {
  return stillness.matches;
}
