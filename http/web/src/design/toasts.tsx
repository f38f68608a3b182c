/// Short words about what has just been done; read out politely, gone after a while, dismissable.

import { signal } from '@preact/signals';
import { t } from '../i18n';
import { Icon } from './icons';

interface Toast {
  id: number;
  text: string;
  isBad: boolean;
}

const toasts = signal<readonly Toast[]>([]);
const shownMax = 4;
const shownMilliseconds = 7_000;
let ids = 0;

function dismiss(id: number): void {
  toasts.value = toasts.value.filter((each) => each.id !== id);
}

export function toast(text: string, isBad = false): void {
  const id = ++ids;
  toasts.value = [...toasts.value, { id, text, isBad }].slice(-shownMax);
  setTimeout(() => dismiss(id), shownMilliseconds);
}

export function Toasts() {
  return (
    <div class="toasts" role="status" aria-live="polite">
      {toasts.value.map((each) => (
        <div key={each.id} class={each.isBad ? 'toast bad' : 'toast'}>
          <Icon name={each.isBad ? 'warning' : 'check'} />
          <span>{each.text}</span>
          <button class="icon-button" onClick={() => dismiss(each.id)} aria-label={t('dismiss')}>
            <Icon name="close" size={16} />
          </button>
        </div>
      ))}
    </div>
  );
}
