/// What a frame of a topic means, judged by its revision alone.

export type Verdict =
  | 'apply' // the next one
  | 'replace' // whole state: a snapshot, or merged events
  | 'old' // already known
  | 'gap'; // something is missing: resume

export interface Numbered {
  type: 'snapshot' | 'event';
  revision: number;
  merged?: boolean;
}

/// `known` is the last revision applied; null before the first snapshot.
export function judge(known: number | null, frame: Numbered): Verdict {
  if (frame.type === 'snapshot') return 'replace';
  if (known === null) return 'gap';
  if (frame.revision <= known) return 'old';
  if (frame.merged) return 'replace';
  return frame.revision === known + 1 ? 'apply' : 'gap';
}
