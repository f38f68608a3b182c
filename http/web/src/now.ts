/// The time by the server's clock, once a second: what ages on the screen reads it. A computer whose own
/// clock is wrong still tells ages right.

import { signal } from '@preact/signals';

let ahead = 0;

export const now = signal(Date.now());

function tick(): void {
  now.value = Date.now() + ahead;
}

/// What the server said its time is, just now.
export function hearServerTime(at: string): void {
  const told = new Date(at).getTime();
  if (Number.isNaN(told)) return;
  ahead = told - Date.now();
  tick();
}

setInterval(tick, 1_000);
