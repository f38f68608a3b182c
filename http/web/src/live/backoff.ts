/// How long to wait before the next try: doubling, with jitter, so that two hundred pages do not come back in
/// the same instant.

export const firstWaitMilliseconds = 500;
export const longestWaitMilliseconds = 15_000;

/// `attempt` counts from 0; `random` is in [0, 1). Between half and all of the doubled wait.
export function waitBefore(attempt: number, random: number): number {
  const full = Math.min(longestWaitMilliseconds, firstWaitMilliseconds * 2 ** Math.min(attempt, 10));
  return Math.round(full / 2 + (full / 2) * random);
}
