/// Loads something for a view; a new wish ends the old one.

import { useEffect, useState } from 'preact/hooks';
import { sentenceOf } from '../design/refusal';

export interface Loaded<T> {
  data: T | null;
  error: string;
  /// Something else is wanted than what is there; a second look at the same is none's business.
  isBusy: boolean;
  /// Asks again; what is there stays until the new is.
  reload: () => void;
}

/// Looked at again so often, while somebody can see it.
const everyMilliseconds = 30_000;

/// `wish` names what is wanted; `load` is called again when it changes, and every half minute unless what is
/// there `isFinal`. What was there stays until the new is.
export function useLoaded<T>(
  wish: string,
  load: (signal: AbortSignal) => Promise<T>,
  isFinal: (data: T) => boolean = () => false,
): Loaded<T> {
  const [state, setState] = useState<{ data: T | null; error: string; isBusy: boolean; of: string }>({
    data: null,
    error: '',
    isBusy: true,
    of: wish,
  });
  const [round, setRound] = useState(0);
  const reload = (): void => setRound((before) => before + 1);
  const isDone = state.data !== null && isFinal(state.data);
  useEffect(() => {
    if (isDone) return;
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') reload();
    }, everyMilliseconds);
    return () => clearInterval(timer);
  }, [isDone]);
  useEffect(() => {
    const control = new AbortController();
    setState((before) => ({ ...before, isBusy: before.data === null || before.of !== wish }));
    load(control.signal).then(
      (data) => setState({ data, error: '', isBusy: false, of: wish }),
      (why: unknown) => {
        if (control.signal.aborted) return;
        // A second look that fails takes nothing away.
        setState((before) => ({
          data: before.of === wish ? before.data : null,
          error: sentenceOf(why),
          isBusy: false,
          of: wish,
        }));
      },
    );
    return () => control.abort();
  }, [wish, round]);
  return { data: state.data, error: state.error, isBusy: state.isBusy, reload };
}
