/// Cabinets that called and that no station has: an operator makes a station of one, or sends it away.

import { useState } from 'preact/hooks';
import { approveCabinet, rejectCabinet, strangers } from '../api/office_calls';
import { mayChange } from '../api/session';
import { strangerStates, type Stranger } from '../contract_office';
import { Dialog } from '../design/dialog';
import { Input, ReasonField } from '../design/form';
import { numberIn, textIn } from '../design/form_values';
import { toast } from '../design/toasts';
import { t, word } from '../i18n';
import { age } from '../i18n/age';
import { time, whole } from '../i18n/format';
import type { Filter } from '../office/filters';
import { ListView } from '../office/list_view';
import { Page } from '../office/page';
import { StatusTag } from '../office/status_tag';
import type { Column } from '../office/table';
import { now } from '../now';
import { hrefOf } from '../routes';

const filters: readonly Filter[] = [
  { is: 'search', name: 'search', label: 'cabinets.search' },
  {
    is: 'choice',
    name: 'status',
    label: 'cabinets.status',
    options: () => strangerStates.map((each) => [each, word('stranger', each)]),
  },
];

function Seen({ at }: { at: string }) {
  return (
    <time dateTime={at} title={time(at, 'full')}>
      {age(at, now.value)}
    </time>
  );
}

const columns: readonly Column<Stranger>[] = [
  { title: 'cabinets.imei', show: (of) => <span class="mono">{of.imei}</span> },
  {
    title: 'cabinets.status',
    show: (of) => <StatusTag group="stranger" status={of.status} />,
    isPlain: true,
  },
  { title: 'cabinets.last', show: (of) => <Seen at={of.last_seen_at} /> },
  { title: 'cabinets.first', show: (of) => <Seen at={of.first_seen_at} /> },
  { title: 'cabinets.calls', look: 'number', show: (of) => whole(of.calls) },
  { title: 'cabinets.door', show: (of) => word('door', of.door) },
  { title: 'cabinets.address', look: 'mono', show: (of) => of.address },
  { title: 'cabinets.sim', look: 'mono', show: (of) => of.sim },
  { title: 'cabinets.hardware', look: 'wide', show: (of) => of.hardware },
  { title: 'cabinets.notes', look: 'wide', show: (of) => of.notes },
];

interface DialogProps {
  of: Stranger;
  onClose: () => void;
  onDone: () => void;
}

const usualSlots = 8;

function Approve({ of, onClose, onDone }: DialogProps) {
  return (
    <Dialog
      title={t('cabinets.approve.title', { imei: of.imei })}
      doIt={t('cabinets.approve')}
      isWide
      onClose={onClose}
      onDo={async (form) => {
        const made = await approveCabinet(of.imei, {
          station_name: textIn(form, 'station_name'),
          serial_number: textIn(form, 'serial_number'),
          latitude: numberIn(form, 'latitude'),
          longitude: numberIn(form, 'longitude'),
          address: textIn(form, 'address'),
          total_slots: numberIn(form, 'total_slots'),
        });
        const until = made.provisioning_until;
        toast(until ? t('cabinets.approved.until', { at: time(until, 'clock') }) : t('cabinets.approved'));
        onDone();
      }}
    >
      <p>{t('cabinets.approve.text')}</p>
      <Input label={t('cabinets.name')} name="station_name" required maxLength={100} />
      <Input label={t('cabinets.serial')} name="serial_number" required maxLength={255} />
      <Input label={t('cabinets.lat')} name="latitude" type="number" step="any" min={-90} max={90} required />
      <Input
        label={t('cabinets.lng')}
        name="longitude"
        type="number"
        step="any"
        min={-180}
        max={180}
        required
      />
      <Input label={t('cabinets.place')} name="address" required maxLength={255} />
      <Input
        label={t('cabinets.slots')}
        name="total_slots"
        type="number"
        min={1}
        max={50}
        required
        defaultValue={usualSlots}
      />
    </Dialog>
  );
}

function Reject({ of, onClose, onDone }: DialogProps) {
  return (
    <Dialog
      title={t('cabinets.reject.title', { imei: of.imei })}
      doIt={t('cabinets.reject')}
      isDangerous
      onClose={onClose}
      onDo={async (form) => {
        await rejectCabinet(of.imei, textIn(form, 'reason'));
        toast(t('cabinets.rejected'));
        onDone();
      }}
    >
      <p>{t('cabinets.reject.text')}</p>
      <ReasonField />
    </Dialog>
  );
}

type Asked = { is: 'approve' | 'reject'; of: Stranger };

export function Cabinets({ search }: { search: URLSearchParams }) {
  const [asked, setAsked] = useState<Asked | null>(null);
  const button = (is: Asked['is'], of: Stranger) => (
    <button type="button" class="button small" onClick={() => setAsked({ is, of })}>
      {t(`cabinets.${is}`)}
      <span class="visually-hidden"> {of.imei}</span>
    </button>
  );
  const deeds: Column<Stranger> = {
    title: 'actions',
    look: 'number',
    isPlain: true,
    show: (of) => (
      <div class="button-row row-actions">
        {of.status !== 'APPROVED' && button('approve', of)}
        {of.status === 'WAITING' && button('reject', of)}
      </div>
    ),
  };
  return (
    <Page title={t('nav.cabinets')}>
      <p class="hint">{t('cabinets.note')}</p>
      <ListView
        label={t('nav.cabinets')}
        search={search}
        hrefOf={(text) => hrefOf.office('cabinets', [], text)}
        filters={filters}
        load={strangers}
        columns={mayChange('stations.write') ? [...columns, deeds] : columns}
        keyOf={(of) => of.imei}
        none="cabinets.none"
      >
        {(reload) => {
          const close = { onClose: () => setAsked(null), onDone: reload };
          if (asked?.is === 'approve') return <Approve of={asked.of} {...close} />;
          return asked?.is === 'reject' && <Reject of={asked.of} {...close} />;
        }}
      </ListView>
    </Page>
  );
}
