/// What the panel knows beyond the live topic: rentals, revenue, uptime, history. Fetched when a station is
/// opened, again a moment after something happened there, and once a minute.

import { useEffect, useState } from 'preact/hooks';
import { overview } from '../api/calls';
import type { Overview } from '../contract';
import { events } from '../live/feeds';
import { sentenceOf } from '../design/refusal';

const everyMilliseconds = 60_000;
const settle = 800;

export interface Known {
  data: Overview | null;
  error: string;
}

export function useOverview(sn: string): Known {
  const [known, setKnown] = useState<Known>({ data: null, error: '' });
  const [round, setRound] = useState(0);
  const newest = events.value.find((each) => each.sn === sn)?.id;
  useEffect(() => {
    const timer = setInterval(() => setRound((before) => before + 1), everyMilliseconds);
    return () => clearInterval(timer);
  }, [sn]);
  useEffect(() => {
    const control = new AbortController();
    const load = (): void => {
      overview(sn, control.signal).then(
        (data) => setKnown({ data, error: '' }),
        (why: unknown) => {
          if (!control.signal.aborted) setKnown((before) => ({ ...before, error: sentenceOf(why) }));
        },
      );
    };
    const timer = setTimeout(load, known.data ? settle : 0);
    return () => {
      clearTimeout(timer);
      control.abort();
    };
  }, [sn, newest, round]);
  return known;
}
