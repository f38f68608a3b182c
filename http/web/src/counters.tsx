/// The network in numbers, once a second. The states are filters too.

import type { StateCounts, StationState } from './contract';
import { StateMark } from './design/state_mark';
import { filters, setFilters } from './filters/filters';
import { short, whole } from './i18n/format';
import { t, word, type Key } from './i18n';
import { metrics } from './live/feeds';

const fieldOf: Record<StationState, keyof StateCounts> = {
  ONLINE: 'online',
  DEGRADED: 'degraded',
  OFFLINE: 'offline',
  MAINTENANCE: 'maintenance',
};

function toggled(state: StationState): StationState[] {
  const chosen = filters.value.status ?? [];
  return chosen.includes(state) ? chosen.filter((each) => each !== state) : [...chosen, state];
}

function StateCounter({ state, count }: { state: StationState; count: number | undefined }) {
  const isChosen = filters.value.status?.includes(state) ?? false;
  return (
    <button
      class="counter state"
      type="button"
      aria-pressed={isChosen}
      title={t('counters.filter', { state: word('state', state) })}
      onClick={() => setFilters({ ...filters.peek(), status: toggled(state) })}
    >
      <span class="figure">
        <StateMark state={state} size={14} />
        {count === undefined ? '–' : whole(count)}
      </span>
      <span class="what">{word('state', state)}</span>
    </button>
  );
}

function Figure({ name, value, isBad = false }: { name: Key; value: number | undefined; isBad?: boolean }) {
  const shown = value === undefined ? '–' : value < 100_000 ? whole(value) : short(value);
  return (
    <div class="counter" data-bad={isBad && value ? '' : undefined}>
      <dt class="what">{t(name)}</dt>
      <dd class="figure">{shown}</dd>
    </div>
  );
}

export function Counters() {
  const of = metrics.value;
  const states = Object.keys(fieldOf) as StationState[];
  return (
    <section class="counters" aria-label={t('counters')}>
      <div class="counter-group" role="group" aria-label={t('counters.stations')}>
        {states.map((state) => (
          <StateCounter key={state} state={state} count={of?.stations[fieldOf[state]]} />
        ))}
      </div>
      <dl class="counter-group">
        <Figure name="counters.seated" value={of?.banks.seated} />
        <Figure name="counters.rented" value={of?.banks.rented} />
        <Figure name="counters.missing" value={of ? of.banks.missing + of.banks.lost : undefined} isBad />
      </dl>
      <dl class="counter-group">
        <Figure name="counters.active" value={of?.rentals.active} />
        <Figure name="counters.overdue" value={of?.rentals.overdue} isBad />
      </dl>
      <dl class="counter-group">
        <Figure name="counters.events" value={of?.events_per_minute} />
        <Figure name="counters.failing" value={of?.commands_failing} isBad />
      </dl>
    </section>
  );
}
