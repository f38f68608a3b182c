/// The time, once a second: what ages on the screen reads it.

import { signal } from '@preact/signals';

export const now = signal(Date.now());

setInterval(() => {
  now.value = Date.now();
}, 1_000);
