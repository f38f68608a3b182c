/// Search and filters. They change what the server sends, so the map, its list and its clusters agree.

import { useEffect, useRef, useState } from 'preact/hooks';
import { priorities, type MapFilters, type Priority } from '../contract';
import { Icon } from '../design/icons';
import { t, word } from '../i18n';
import { filters, isFiltered, setFilters } from './filters';

const typingPause = 300;

function Search() {
  const [text, setText] = useState(filters.value.text ?? '');
  const pause = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => setText(filters.value.text ?? ''), [filters.value.text]);
  const onInput = (event: Event): void => {
    const typed = (event.currentTarget as HTMLInputElement).value;
    setText(typed);
    clearTimeout(pause.current);
    pause.current = setTimeout(() => setFilters({ ...filters.peek(), text: typed }), typingPause);
  };
  return (
    <label class="search">
      <Icon name="search" />
      <span class="visually-hidden">{t('search')}</span>
      <input type="search" value={text} onInput={onInput} placeholder={t('search')} maxLength={100} />
    </label>
  );
}

function change(part: MapFilters, without: (keyof MapFilters)[] = []): void {
  const next = { ...filters.peek(), ...part };
  for (const name of without) delete next[name];
  setFilters(next);
}

function Chip({ name, label }: { name: 'low_stock' | 'no_free_slot'; label: string }) {
  const isOn = filters.value[name] === true;
  const toggle = (): void => (isOn ? change({}, [name]) : change({ [name]: true }));
  return (
    <button type="button" class="chip" aria-pressed={isOn} onClick={toggle}>
      {label}
    </button>
  );
}

interface ChoiceProps {
  name: 'battery_below' | 'silent_minutes' | 'issue_priority';
  label: string;
  options: readonly (readonly [value: string, text: string])[];
}

function Choice({ name, label, options }: ChoiceProps) {
  const value = filters.value[name];
  const onChange = (event: Event): void => {
    const chosen = (event.currentTarget as HTMLSelectElement).value;
    if (!chosen) change({}, [name]);
    else change({ [name]: name === 'issue_priority' ? (chosen as Priority) : Number(chosen) });
  };
  return (
    <select
      class="chip"
      aria-label={label}
      data-on={value === undefined ? undefined : ''}
      value={value === undefined ? '' : String(value)}
      onChange={onChange}
    >
      <option value="">{label}</option>
      {options.map(([each, text]) => (
        <option key={each} value={each}>
          {text}
        </option>
      ))}
    </select>
  );
}

export function FiltersBar() {
  const batteries = [10, 20, 50].map(
    (each) => [String(each), t('filter.battery.below', { percent: each })] as const,
  );
  const silences = [10, 20, 60].map(
    (each) => [String(each), t('filter.silent.for', { minutes: each })] as const,
  );
  const issues = priorities.map(
    (each) => [each, t('filter.issue.from', { priority: word('priority', each) })] as const,
  );
  return (
    <div class="filters" role="search">
      <Search />
      <div class="chips" role="group" aria-label={t('filters')}>
        <Chip name="low_stock" label={t('filter.low_stock')} />
        <Chip name="no_free_slot" label={t('filter.no_free_slot')} />
        <Choice name="battery_below" label={t('filter.battery')} options={batteries} />
        <Choice name="silent_minutes" label={t('filter.silent')} options={silences} />
        <Choice name="issue_priority" label={t('filter.issue')} options={issues} />
        {isFiltered(filters.value) && (
          <button type="button" class="chip clear" onClick={() => setFilters({})}>
            <Icon name="close" size={14} />
            {t('filter.clear')}
          </button>
        )}
      </div>
    </div>
  );
}
