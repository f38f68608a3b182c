/// What is known about a thing in one order: what was decided, what was asked of cabinets, what they said.

import type { Command } from '../contract';
import type { ExplainedFact, Report, StatusChange } from '../contract_office';

export type Entry =
  | { is: 'command'; at: string; of: Command }
  | { is: 'report'; at: string; of: Report }
  | { is: 'status'; at: string; of: StatusChange }
  | { is: 'fact'; at: string; of: ExplainedFact };

/// At the same moment evidence comes before what was made of it.
export const entryKinds = ['command', 'report', 'status', 'fact'] as const;
export type EntryKind = (typeof entryKinds)[number];

export interface Known {
  facts: readonly ExplainedFact[];
  commands: readonly Command[];
  reports: readonly Report[];
  status?: readonly StatusChange[];
}

/// Longer than this between a fact and our knowing it is worth a word.
const lateMilliseconds = 5_000;

export function isKnownLate(fact: ExplainedFact): boolean {
  return Date.parse(fact.recorded_at) - Date.parse(fact.at) > lateMilliseconds;
}

export function timelineOf(known: Known, order: 'oldest' | 'newest'): Entry[] {
  const entries: Entry[] = [
    ...known.commands.map((of) => ({ is: 'command', at: of.created_at, of }) as const),
    ...known.reports.map((of) => ({ is: 'report', at: of.received_at, of }) as const),
    ...(known.status ?? []).map((of) => ({ is: 'status', at: of.changed_at, of }) as const),
    ...known.facts.map((of) => ({ is: 'fact', at: of.at, of }) as const),
  ];
  const moment = (of: Entry): number => Date.parse(of.at) || 0;
  const rank = (of: Entry): number => entryKinds.indexOf(of.is);
  entries.sort((a, b) => moment(a) - moment(b) || rank(a) - rank(b));
  return order === 'oldest' ? entries : entries.reverse();
}

/// "operator:<id>" as "operator".
export const issuerOf = (issuedBy: string): string => issuedBy.split(':', 1)[0] ?? issuedBy;

/// A sentence of the server with its times as the reader's.
export function withTimes(text: string, showTime: (at: string) => string): string {
  return text.replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g, showTime);
}

const looksLikeTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;

/// A value of somebody's JSON in words; times are shown by `showTime`.
export function plain(value: unknown, showTime: (at: string) => string): string {
  if (typeof value === 'string') return looksLikeTime.test(value) ? showTime(value) : value;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
