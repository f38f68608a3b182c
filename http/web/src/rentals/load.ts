/// Loads something for a view; a new wish ends the old one.

import { useEffect, useState } from 'preact/hooks';
import { sentenceOf } from '../design/dialog';

export interface Loaded<T> {
  data: T | null;
  error: string;
  isBusy: boolean;
}

/// `wish` names what is wanted; `load` is called again when it changes. What was there stays until the new
/// is.
export function useLoaded<T>(wish: string, load: (signal: AbortSignal) => Promise<T>): Loaded<T> {
  const [state, setState] = useState<Loaded<T>>({ data: null, error: '', isBusy: true });
  useEffect(() => {
    const control = new AbortController();
    setState((before) => ({ ...before, isBusy: true }));
    load(control.signal).then(
      (data) => setState({ data, error: '', isBusy: false }),
      (why: unknown) => {
        if (!control.signal.aborted) setState({ data: null, error: sentenceOf(why), isBusy: false });
      },
    );
    return () => control.abort();
  }, [wish]);
  return state;
}
