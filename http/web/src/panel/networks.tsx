/// What a cabinet heard of Wi-Fi networks; one click fills the form.

import type { Command } from '../contract';
import { Icon } from '../design/icons';
import { t } from '../i18n';
import { asked } from './dialogs';

const shownMax = 12;

/// Names out of a scan's result, in whichever of the two ways it is written: a list of names, or of objects.
export function networksIn(command: Pick<Command, 'kind' | 'result'>): string[] {
  if (command.kind.toLowerCase() !== 'wifi_scan') return [];
  const result = command.result as { networks?: unknown } | unknown[] | null;
  const listed = Array.isArray(result) ? result : result?.networks;
  if (!Array.isArray(listed)) return [];
  const names = listed.map((each: unknown) =>
    typeof each === 'string' ? each : String((each as { ssid?: unknown } | null)?.ssid ?? ''),
  );
  return [...new Set(names.filter(Boolean))].slice(0, shownMax);
}

export function Networks({ sn, networks }: { sn: string; networks: readonly string[] }) {
  return (
    <ul class="chips" aria-label={t('networks')}>
      {networks.map((name) => (
        <li key={name}>
          <button
            type="button"
            class="chip"
            onClick={() => {
              asked.value = { is: 'wifi', sn, ssid: name };
            }}
          >
            <Icon name="wifi" size={14} />
            {name}
          </button>
        </li>
      ))}
    </ul>
  );
}
