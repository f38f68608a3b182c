/// A question that waits for an answer: the browser's own modal dialog, which keeps the focus and knows
/// Escape.

import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { ApiError } from '../api/errors';
import { t } from '../i18n';
import { Icon } from './icons';

interface Props {
  title: string;
  children?: ComponentChildren;
  /// What the button says, in words of the deed.
  doIt: string;
  isDangerous?: boolean;
  onDo: (form: FormData) => Promise<void>;
  onClose: () => void;
}

/// A refusal in one sentence: the server's own words, or that it could not be reached.
export function sentenceOf(why: unknown): string {
  if (!(why instanceof ApiError)) return t('error.unknown');
  if (why.code === 'unreachable') return t('error.unreachable');
  const details = why.details.map((each) => each.message).join(' ');
  return [why.message || t('error.unknown'), details].filter(Boolean).join(' ');
}

export function Dialog({ title, children, doIt, isDangerous = false, onDo, onClose }: Props) {
  const box = useRef<HTMLDialogElement>(null);
  const heading = useId();
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState('');
  useEffect(() => {
    const before = document.activeElement;
    box.current?.showModal();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const form = new FormData(event.currentTarget as HTMLFormElement);
    setBusy(true);
    setError('');
    try {
      await onDo(form);
      onClose();
    } catch (why) {
      setError(sentenceOf(why));
      setBusy(false);
    }
  };
  return (
    <dialog ref={box} class="dialog" aria-labelledby={heading} onClose={onClose}>
      <form onSubmit={(event) => void submit(event)}>
        <header class="dialog-head">
          <h2 id={heading}>{title}</h2>
          <button type="button" class="icon-button" onClick={onClose} aria-label={t('close')}>
            <Icon name="close" />
          </button>
        </header>
        <div class="dialog-body">
          {children}
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

interface FieldProps {
  label: string;
  hint?: string;
  children: (id: string, hintId: string | undefined) => ComponentChildren;
}

export function Field({ label, hint, children }: FieldProps) {
  const id = useId();
  const hintId = hint ? `${id}-hint` : undefined;
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {children(id, hintId)}
      {hint && (
        <p class="hint" id={hintId}>
          {hint}
        </p>
      )}
    </div>
  );
}

export const reasonLongest = 500;

/// Every deed that others will wonder about wants its reason.
export function ReasonField() {
  return (
    <Field label={t('reason')} hint={t('reason.hint')}>
      {(id, hintId) => (
        <textarea
          id={id}
          name="reason"
          required
          minLength={3}
          maxLength={reasonLongest}
          rows={2}
          aria-describedby={hintId}
        />
      )}
    </Field>
  );
}
