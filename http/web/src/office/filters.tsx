/// The filters above a list. Choosing acts at once; what is typed acts when it is sent.

import { useEffect, useState } from 'preact/hooks';
import { Icon } from '../design/icons';
import { t, type Key } from '../i18n';
import { refined, type Wanted } from './address';

export type Filter =
  | { is: 'search'; name: string; label: Key; shortest?: number; longest?: number; digits?: boolean }
  | {
      is: 'choice';
      name: string;
      label: Key;
      /// What it is called to choose nothing.
      none?: Key;
      options: () => readonly (readonly [string, string])[];
    }
  | { is: 'day'; name: string; label: Key };

type Of<Is extends Filter['is']> = Extract<Filter, { is: Is }>;

interface PartProps<F> {
  filter: F;
  value: string;
  onSet: (value: string) => void;
}

const typed = (event: Event): string => (event.currentTarget as HTMLInputElement | HTMLSelectElement).value;

function Choice({ filter, value, onSet }: PartProps<Of<'choice'>>) {
  return (
    <label class="inline-field">
      <span>{t(filter.label)}</span>
      <select value={value} onChange={(event) => onSet(typed(event))}>
        <option value="">{t(filter.none ?? 'any')}</option>
        {filter.options().map(([each, text]) => (
          <option key={each} value={each}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}

function Day({ filter, value, onSet }: PartProps<Of<'day'>>) {
  return (
    <label class="inline-field">
      <span>{t(filter.label)}</span>
      <input type="date" value={value} onChange={(event) => onSet(typed(event))} />
    </label>
  );
}

function Search({ filter, value, onSet }: PartProps<Of<'search'>>) {
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  return (
    <form
      class="search-form"
      role="search"
      aria-label={t(filter.label)}
      onSubmit={(event) => {
        event.preventDefault();
        onSet(text.trim());
      }}
    >
      <label class="search">
        <Icon name="search" />
        <span class="visually-hidden">{t(filter.label)}</span>
        <input
          type="search"
          value={text}
          minLength={filter.shortest ?? 2}
          maxLength={filter.longest ?? 200}
          pattern={filter.digits ? '[0-9]+' : undefined}
          inputMode={filter.digits ? 'numeric' : undefined}
          placeholder={t(filter.label)}
          onInput={(event) => setText(typed(event))}
        />
      </label>
      <button type="submit" class="button">
        {t('list.search')}
      </button>
    </form>
  );
}

interface Props {
  filters: readonly Filter[];
  wanted: Wanted;
  onWant: (wanted: Wanted) => void;
}

export function FilterBar({ filters, wanted, onWant }: Props) {
  if (filters.length === 0) return null;
  return (
    <div class="list-filters" role="group" aria-label={t('filters')}>
      {filters.map((each) => {
        const value = wanted[each.name] ?? '';
        const onSet = (next: string): void => onWant(refined(wanted, each.name, next));
        switch (each.is) {
          case 'search':
            return <Search key={each.name} filter={each} value={value} onSet={onSet} />;
          case 'choice':
            return <Choice key={each.name} filter={each} value={value} onSet={onSet} />;
          case 'day':
            return <Day key={each.name} filter={each} value={value} onSet={onSet} />;
        }
      })}
    </div>
  );
}
