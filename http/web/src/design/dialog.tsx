/// A question that waits for an answer: the browser's own modal dialog, which keeps the focus and knows
/// Escape.

import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import { t } from '../i18n';
import { Faults, useSubmission } from './form';
import { Icon } from './icons';

interface Props {
  title: string;
  children?: ComponentChildren;
  /// What the button says, in words of the deed.
  doIt: string;
  isDangerous?: boolean;
  /// Room for two columns of fields.
  isWide?: boolean;
  onDo: (form: FormData) => Promise<void>;
  onClose: () => void;
}

export function Dialog({ title, children, doIt, isDangerous = false, isWide = false, onDo, onClose }: Props) {
  const box = useRef<HTMLDialogElement>(null);
  const heading = useId();
  const { isBusy, error, faults, onSubmit } = useSubmission(onDo, onClose);
  useEffect(() => {
    const before = document.activeElement;
    box.current?.showModal();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return (
    <dialog ref={box} class={isWide ? 'dialog wide' : 'dialog'} aria-labelledby={heading} onClose={onClose}>
      <form onSubmit={(event) => void onSubmit(event)}>
        <header class="dialog-head">
          <h2 id={heading}>{title}</h2>
          <button type="button" class="icon-button" onClick={onClose} aria-label={t('close')}>
            <Icon name="close" />
          </button>
        </header>
        <div class="dialog-body">
          <Faults.Provider value={faults}>{children}</Faults.Provider>
          <p class="form-error" role="alert">
            {error}
          </p>
        </div>
        <footer class="dialog-foot">
          <button type="button" class="button" onClick={onClose}>
            {t('cancel')}
          </button>
          <button type="submit" class={isDangerous ? 'button danger' : 'button primary'} disabled={isBusy}>
            {isBusy ? t('working') : doIt}
          </button>
        </footer>
      </form>
    </dialog>
  );
}
