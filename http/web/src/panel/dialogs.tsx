/// The questions before a deed: what will happen, why, and with which words.

import { signal } from '@preact/signals';
import { useState } from 'preact/hooks';
import { connectNetwork, eject, reboot, setMaintenance, setMode, setSlotLock, setVolume } from '../api/calls';
import type { Command, Slot } from '../contract';
import { Dialog } from '../design/dialog';
import { Field, ReasonField } from '../design/form';
import { toast } from '../design/toasts';
import { t } from '../i18n';
import { whole } from '../i18n/format';
import { noteCommand } from '../live/feeds';

export type Asked =
  | { is: 'reboot'; sn: string }
  | { is: 'maintenance'; sn: string; isOn: boolean }
  | { is: 'eject'; sn: string; slot: Slot }
  | { is: 'lock'; sn: string; slot: Slot }
  | { is: 'wifi'; sn: string; ssid: string }
  | { is: 'volume'; sn: string }
  | { is: 'mode'; sn: string };

type Of<Is extends Asked['is']> = Extract<Asked, { is: Is }>;

/// Cabinets do not tell theirs.
const usualVolume = 50;

export const asked = signal<Asked | null>(null);

const close = (): void => {
  asked.value = null;
};
const reasonIn = (form: FormData): string => String(form.get('reason') ?? '').trim();
const note = async (command: Promise<Command>): Promise<void> => noteCommand(await command);

function RebootDialog({ of }: { of: Of<'reboot'> }) {
  return (
    <Dialog
      title={t('reboot.title')}
      doIt={t('action.reboot')}
      isDangerous
      onClose={close}
      onDo={(form) => note(reboot(of.sn, reasonIn(form)))}
    >
      <p>{t('reboot.text')}</p>
      <ReasonField />
    </Dialog>
  );
}

function MaintenanceDialog({ of }: { of: Of<'maintenance'> }) {
  const name = of.isOn ? 'maintain' : 'restore';
  return (
    <Dialog
      title={t(`${name}.title`)}
      doIt={t(`action.${name}`)}
      isDangerous={of.isOn}
      onClose={close}
      onDo={async (form) => {
        await setMaintenance(of.sn, of.isOn, reasonIn(form));
        toast(t(`${name}.done`));
      }}
    >
      <p>{t(`${name}.text`)}</p>
      <ReasonField />
    </Dialog>
  );
}

function EjectDialog({ of }: { of: Of<'eject'> }) {
  const values = { number: of.slot.number, bank: of.slot.bank_sn ?? '' };
  return (
    <Dialog
      title={t('eject.title', values)}
      doIt={t('action.eject')}
      isDangerous
      onClose={close}
      onDo={(form) => note(eject(of.sn, values.bank, reasonIn(form)))}
    >
      <p>{t('eject.text', values)}</p>
      <ReasonField />
    </Dialog>
  );
}

function LockDialog({ of }: { of: Of<'lock'> }) {
  const isLocking = !of.slot.is_disabled;
  const name = isLocking ? 'lock' : 'unlock';
  return (
    <Dialog
      title={t(`${name}.title`, { number: of.slot.number })}
      doIt={t(`action.${name}`)}
      onClose={close}
      onDo={(form) => note(setSlotLock(of.sn, of.slot.number, isLocking, reasonIn(form)))}
    >
      <p>{t(`${name}.text`)}</p>
      <ReasonField />
    </Dialog>
  );
}

function WifiDialog({ of }: { of: Of<'wifi'> }) {
  return (
    <Dialog
      title={t('wifi.title')}
      doIt={t('action.wifi')}
      onClose={close}
      onDo={(form) =>
        note(connectNetwork(of.sn, String(form.get('ssid')), String(form.get('password') ?? '')))
      }
    >
      <p>{t('wifi.text')}</p>
      <Field label={t('wifi.ssid')}>
        {(id) => (
          <input id={id} name="ssid" required maxLength={32} defaultValue={of.ssid} autocomplete="off" />
        )}
      </Field>
      <Field label={t('wifi.password')} hint={t('wifi.password.hint')}>
        {(id, hint) => (
          <input
            id={id}
            name="password"
            type="password"
            minLength={8}
            maxLength={63}
            autocomplete="off"
            aria-describedby={hint}
          />
        )}
      </Field>
    </Dialog>
  );
}

function VolumeDialog({ of }: { of: Of<'volume'> }) {
  const [volume, setVolumeShown] = useState(usualVolume);
  return (
    <Dialog
      title={t('volume.title')}
      doIt={t('volume.do')}
      onClose={close}
      onDo={() => note(setVolume(of.sn, volume))}
    >
      <Field label={t('volume.label', { volume: whole(volume) })}>
        {(id) => (
          <input
            id={id}
            type="range"
            min={0}
            max={100}
            step={5}
            value={volume}
            onInput={(event) => setVolumeShown(Number((event.currentTarget as HTMLInputElement).value))}
          />
        )}
      </Field>
    </Dialog>
  );
}

function ModeDialog({ of }: { of: Of<'mode'> }) {
  return (
    <Dialog
      title={t('mode.title')}
      doIt={t('mode.do')}
      isDangerous
      onClose={close}
      onDo={(form) => note(setMode(of.sn, form.get('mode') === 'wifi' ? 'wifi' : '4g'))}
    >
      <p>{t('mode.text')}</p>
      <fieldset class="choices">
        <legend>{t('action.mode')}</legend>
        <label>
          <input type="radio" name="mode" value="4g" defaultChecked /> 4G
        </label>
        <label>
          <input type="radio" name="mode" value="wifi" /> Wi-Fi
        </label>
      </fieldset>
    </Dialog>
  );
}

export function ActionDialog() {
  const of = asked.value;
  switch (of?.is) {
    case undefined:
      return null;
    case 'reboot':
      return <RebootDialog of={of} />;
    case 'maintenance':
      return <MaintenanceDialog of={of} />;
    case 'eject':
      return <EjectDialog of={of} />;
    case 'lock':
      return <LockDialog of={of} />;
    case 'wifi':
      return <WifiDialog of={of} />;
    case 'volume':
      return <VolumeDialog of={of} />;
    case 'mode':
      return <ModeDialog of={of} />;
  }
}
