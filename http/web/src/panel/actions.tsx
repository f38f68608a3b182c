/// What this operator may do to this station.

import { useState } from 'preact/hooks';
import { check, scanNetworks } from '../api/calls';
import { mayCommand, mayWriteStations } from '../api/session';
import type { Command, StationState } from '../contract';
import { sentenceOf } from '../design/refusal';
import { Icon, type IconName } from '../design/icons';
import { toast } from '../design/toasts';
import { t, type Key } from '../i18n';
import { noteCommand } from '../live/feeds';
import { ActionDialog, asked } from './dialogs';

interface ActionProps {
  icon: IconName;
  name: Key;
  onClick: () => void;
  isBusy?: boolean;
}

function Action({ icon, name, onClick, isBusy = false }: ActionProps) {
  return (
    <button type="button" class="action" onClick={onClick} disabled={isBusy}>
      <Icon name={icon} />
      <span>{t(name)}</span>
    </button>
  );
}

interface Props {
  sn: string;
  state: StationState | null;
}

export function Actions({ sn, state }: Props) {
  const [isBusy, setBusy] = useState(false);
  const now = async (deed: (of: string) => Promise<Command>): Promise<void> => {
    setBusy(true);
    try {
      noteCommand(await deed(sn));
    } catch (why) {
      toast(sentenceOf(why), true);
    } finally {
      setBusy(false);
    }
  };
  if (!mayCommand.value && !mayWriteStations.value) return null;
  const inService = state !== 'MAINTENANCE';
  return (
    <>
      <div class="actions" role="group" aria-label={t('panel.actions')}>
        {mayCommand.value && (
          <>
            <Action icon="stethoscope" name="action.check" isBusy={isBusy} onClick={() => void now(check)} />
            <Action
              icon="restart"
              name="action.reboot"
              onClick={() => {
                asked.value = { is: 'reboot', sn };
              }}
            />
          </>
        )}
        {mayWriteStations.value && state && (
          <Action
            icon="wrench"
            name={inService ? 'action.maintain' : 'action.restore'}
            onClick={() => {
              asked.value = { is: 'maintenance', sn, isOn: inService };
            }}
          />
        )}
        {mayCommand.value && (
          <>
            <Action icon="wifi" name="action.scan" isBusy={isBusy} onClick={() => void now(scanNetworks)} />
            <Action
              icon="plug"
              name="action.wifi"
              onClick={() => {
                asked.value = { is: 'wifi', sn, ssid: '' };
              }}
            />
            <Action
              icon="speaker"
              name="action.volume"
              onClick={() => {
                asked.value = { is: 'volume', sn };
              }}
            />
            <Action
              icon="signal"
              name="action.mode"
              onClick={() => {
                asked.value = { is: 'mode', sn };
              }}
            />
          </>
        )}
      </div>
      <ActionDialog />
    </>
  );
}
