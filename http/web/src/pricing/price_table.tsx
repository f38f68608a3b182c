/// One table of prices: its rows, what can be done to each, and the dialogs that ask.

import { useState } from 'preact/hooks';
import type { ComponentChildren } from 'preact';
import { removePrice, savePrice } from '../api/office_calls';
import { mayChange } from '../api/session';
import type { Listing } from '../contract';
import type { PriceTable as Name } from '../contract_office';
import { Dialog } from '../design/dialog';
import { Icon } from '../design/icons';
import { sentenceOf } from '../design/refusal';
import { toast } from '../design/toasts';
import { t, type Key } from '../i18n';
import type { Wanted } from '../office/address';
import type { Filter } from '../office/filters';
import { ListView } from '../office/list_view';
import type { Column } from '../office/table';
import { hrefOf } from '../routes';

type Asked<T> = { is: 'edit'; row: T | null } | { is: 'remove'; row: T };

interface Props<T> {
  table: Name;
  search: URLSearchParams;
  filters?: readonly Filter[];
  load: (wanted: Wanted, signal: AbortSignal) => Promise<Listing<T>>;
  columns: readonly Column<T>[];
  nameOf: (row: T) => string;
  none: Key;
  /// The fields of a row; of a new one if there is none.
  fields: (row: T | null) => ComponentChildren;
  /// From the form to what the server takes.
  rowOf: (form: FormData, row: T | null) => Promise<unknown> | unknown;
  /// Something in the table is not as it was.
  onChanged?: () => void;
  /// More to do with a row; `act` says what went wrong and looks again.
  actions?: (row: T, act: (deed: Promise<unknown>) => void) => ComponentChildren;
}

export function PriceTable<T extends { id: string }>(props: Props<T>) {
  const {
    table,
    search,
    filters = [],
    load,
    columns,
    nameOf,
    none,
    fields,
    rowOf,
    actions,
    onChanged,
  } = props;
  const [asked, setAsked] = useState<Asked<T> | null>(null);
  const may = mayChange('pricing.write');
  const close = (): void => setAsked(null);
  const changed = (reload: () => void): void => {
    reload();
    onChanged?.();
  };
  const deeds = (reload: () => void): Column<T> => ({
    title: 'actions',
    look: 'number',
    isPlain: true,
    show: (row) => (
      <div class="button-row row-actions">
        {actions?.(
          row,
          (deed) =>
            void deed.then(
              () => changed(reload),
              (why: unknown) => toast(sentenceOf(why), true),
            ),
        )}
        <button type="button" class="button small" onClick={() => setAsked({ is: 'edit', row })}>
          <Icon name="edit" size={16} />
          {t('edit')}
          <span class="visually-hidden"> {nameOf(row)}</span>
        </button>
        <button
          type="button"
          class="icon-button"
          aria-label={t('pricing.remove', { name: nameOf(row) })}
          title={t('pricing.remove', { name: nameOf(row) })}
          onClick={() => setAsked({ is: 'remove', row })}
        >
          <Icon name="close" size={16} />
        </button>
      </div>
    ),
  });
  return (
    <ListView
      label={t(`pricing.${table}`)}
      search={search}
      hrefOf={(text) => hrefOf.office('pricing', [table], text)}
      filters={filters}
      load={load}
      columns={(reload) => (may ? [...columns, deeds(reload)] : columns)}
      keyOf={(row) => row.id}
      none={none}
      head={
        may && (
          <button type="button" class="button primary" onClick={() => setAsked({ is: 'edit', row: null })}>
            <Icon name="plus" size={16} />
            {t(`pricing.new.${table}`)}
          </button>
        )
      }
    >
      {(reload) => (
        <>
          {asked?.is === 'edit' && (
            <Dialog
              title={asked.row ? t('pricing.edit', { name: nameOf(asked.row) }) : t(`pricing.new.${table}`)}
              doIt={t('save')}
              isWide
              onClose={close}
              onDo={async (form) => {
                await savePrice(table, asked.row?.id ?? null, await rowOf(form, asked.row));
                toast(t('pricing.saved'));
                changed(reload);
              }}
            >
              {fields(asked.row)}
            </Dialog>
          )}
          {asked?.is === 'remove' && (
            <Dialog
              title={t('pricing.remove.title', { name: nameOf(asked.row) })}
              doIt={t('remove')}
              isDangerous
              onClose={close}
              onDo={async () => {
                await removePrice(table, asked.row.id);
                toast(t('pricing.removed'));
                changed(reload);
              }}
            >
              <p>{t(`pricing.remove.${table}`)}</p>
            </Dialog>
          )}
        </>
      )}
    </ListView>
  );
}

/// Whether a row is in use, in words and a sign.
export const activity = (isActive: boolean): string => (isActive ? 'ACTIVE' : 'INACTIVE');
