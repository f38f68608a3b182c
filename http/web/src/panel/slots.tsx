/// The cabinet as it stands: each slot with its bank, charge, temperature, fault and lock. A slot opens its
/// details.

import { useState } from 'preact/hooks';
import { mayCommand } from '../api/session';
import type { Slot } from '../contract';
import { Icon } from '../design/icons';
import { t, word } from '../i18n';
import { age } from '../i18n/age';
import { percent, whole } from '../i18n/format';
import { now } from '../now';
import { asked } from './dialogs';

export const tooHot = 45;
export const tooLow = 20;

/// 0 means no sensor, 255 not available (the cabinets' protocol).
export function temperatureOf(slot: Slot): number | null {
  const { temperature } = slot;
  return temperature === null || temperature <= 0 || temperature >= 255 ? null : temperature;
}

export function isFaulty(slot: Slot): boolean {
  return slot.status === 'ERROR' || (slot.faults_in_a_row ?? 0) > 0;
}

function chargeOf(slot: Slot): number | null {
  return slot.battery === null || slot.battery < 0 || !slot.bank_sn ? null : slot.battery;
}

/// Everything about a slot in one sentence, for who hears it.
function sentence(slot: Slot): string {
  const charge = chargeOf(slot);
  const heat = temperatureOf(slot);
  return [
    t('slot', { number: slot.number }),
    slot.bank_sn ? t('detail.bank_sn', { value: slot.bank_sn }) : t('slot.empty'),
    charge === null ? '' : percent(charge / 100),
    heat === null ? '' : t('degrees', { value: heat }),
    isFaulty(slot) ? t('slot.fault') : '',
    slot.is_disabled ? t('slot.locked') : '',
  ]
    .filter(Boolean)
    .join(', ');
}

function SlotTile({ slot, isOpen, onOpen }: { slot: Slot; isOpen: boolean; onOpen: () => void }) {
  const charge = chargeOf(slot);
  const heat = temperatureOf(slot);
  return (
    <li>
      <button
        type="button"
        class="slot"
        aria-expanded={isOpen}
        onClick={onOpen}
        data-empty={slot.bank_sn ? undefined : ''}
        data-fault={isFaulty(slot) ? '' : undefined}
        data-locked={slot.is_disabled ? '' : undefined}
      >
        <span class="visually-hidden">{sentence(slot)}</span>
        <span class="slot-number" aria-hidden="true">
          {whole(slot.number)}
        </span>
        <span class="slot-cell" data-low={charge !== null && charge < tooLow ? '' : undefined}>
          {charge !== null && <span class="slot-charge" style={{ height: `${charge}%` }} />}
        </span>
        <span class="slot-percent" aria-hidden="true">
          {charge === null ? (slot.bank_sn ? '?' : '–') : whole(charge)}
        </span>
        <span class="slot-signs">
          {isFaulty(slot) && <Icon name="warning" size={14} />}
          {slot.is_disabled && <Icon name="lock" size={14} />}
          {heat !== null && heat >= tooHot && <Icon name="heat" size={14} />}
        </span>
      </button>
    </li>
  );
}

function SlotDetails({ sn, slot }: { sn: string; slot: Slot }) {
  const charge = chargeOf(slot);
  const heat = temperatureOf(slot);
  return (
    <div class="slot-details" data-testid="slot-details">
      <dl class="facts">
        <div class="fact">
          <dt>{t('slot.bank')}</dt>
          <dd>{slot.bank_sn ?? t('slot.empty')}</dd>
        </div>
        <div class="fact">
          <dt>{t('slot.charge')}</dt>
          <dd>{charge === null ? '–' : percent(charge / 100)}</dd>
        </div>
        <div class="fact">
          <dt>{t('slot.heat')}</dt>
          <dd>{heat === null ? '–' : t('degrees', { value: heat })}</dd>
        </div>
        <div class="fact">
          <dt>{t('slot.status')}</dt>
          <dd>
            {word('slotStatus', slot.status)}
            {slot.is_disabled && ` · ${t('slot.locked')}`}
          </dd>
        </div>
        {!!slot.faults_in_a_row && (
          <div class="fact" data-bad="">
            <dt>{t('slot.faults')}</dt>
            <dd>{whole(slot.faults_in_a_row)}</dd>
          </div>
        )}
        {slot.updated_at && (
          <div class="fact">
            <dt>{t('slot.updated')}</dt>
            <dd>{age(slot.updated_at, now.value)}</dd>
          </div>
        )}
      </dl>
      {mayCommand.value && (
        <div class="button-row">
          {slot.bank_sn && (
            <button
              type="button"
              class="button"
              onClick={() => {
                asked.value = { is: 'eject', sn, slot };
              }}
            >
              <Icon name="eject" size={16} />
              {t('action.eject')}
            </button>
          )}
          <button
            type="button"
            class="button"
            onClick={() => {
              asked.value = { is: 'lock', sn, slot };
            }}
          >
            <Icon name={slot.is_disabled ? 'unlock' : 'lock'} size={16} />
            {t(slot.is_disabled ? 'action.unlock' : 'action.lock')}
          </button>
        </div>
      )}
    </div>
  );
}

export function Slots({ sn, slots }: { sn: string; slots: readonly Slot[] }) {
  const [open, setOpen] = useState<number | null>(null);
  const chosen = slots.find((each) => each.number === open);
  return (
    <section class="block">
      <h3>{t('panel.slots')}</h3>
      {slots.length === 0 && <p class="empty">{t('slot.none')}</p>}
      <ul class="slots">
        {slots.map((each) => (
          <SlotTile
            key={each.number}
            slot={each}
            isOpen={each.number === open}
            onOpen={() => setOpen(each.number === open ? null : each.number)}
          />
        ))}
      </ul>
      {chosen && <SlotDetails sn={sn} slot={chosen} />}
    </section>
  );
}
