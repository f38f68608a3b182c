/// Fields of forms and what is in them. A field the server refused says so itself.

import { createContext } from 'preact';
import type { ComponentChildren, TextareaHTMLAttributes } from 'preact';
import { useContext, useId, useState } from 'preact/hooks';
import { ApiError } from '../api/errors';
import { t } from '../i18n';
import { sentenceOf } from './refusal';

/// What the server said of a field, by its name.
export const Faults = createContext<ReadonlyMap<string, string>>(new Map());

export interface Submission {
  isBusy: boolean;
  error: string;
  faults: ReadonlyMap<string, string>;
  onSubmit: (event: Event) => Promise<void>;
}

/// Sends a form and keeps what was refused of it. `onDone` after it was taken.
export function useSubmission(onDo: (form: FormData) => Promise<void>, onDone?: () => void): Submission {
  const [state, setState] = useState<Omit<Submission, 'onSubmit'>>({
    isBusy: false,
    error: '',
    faults: new Map(),
  });
  const onSubmit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    setState({ isBusy: true, error: '', faults: new Map() });
    try {
      await onDo(new FormData(form));
      setState({ isBusy: false, error: '', faults: new Map() });
      onDone?.();
    } catch (why) {
      const told = why instanceof ApiError ? why.details : [];
      const faults = new Map(told.map((each) => [each.field, each.message || t('form.refused')]));
      const areAllHere =
        why instanceof ApiError && why.message && told.every((each) => form.elements.namedItem(each.field));
      setState({ isBusy: false, error: areAllHere ? why.message : sentenceOf(why), faults });
    }
  };
  return { ...state, onSubmit };
}

interface FieldProps {
  label: string;
  hint?: string;
  /// The field's name in the form, by which the server names it too.
  name?: string;
  children: (id: string, describedBy: string | undefined, isWrong: boolean) => ComponentChildren;
}

export function Field({ label, hint, name = '', children }: FieldProps) {
  const id = useId();
  const fault = useContext(Faults).get(name);
  const described = [hint && `${id}-hint`, fault && `${id}-fault`].filter(Boolean).join(' ');
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {children(id, described || undefined, fault !== undefined)}
      {hint && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {fault && (
        <p class="form-error" id={`${id}-fault`}>
          {fault}
        </p>
      )}
    </div>
  );
}

type Named = { label: string; hint?: string; name: string };

interface InputProps extends Named {
  type?: 'text' | 'number' | 'datetime-local';
  inputMode?: 'decimal' | 'numeric';
  required?: boolean;
  min?: number | string;
  max?: number | string;
  step?: 'any';
  minLength?: number;
  maxLength?: number;
  pattern?: string;
  list?: string;
  defaultValue?: string | number | undefined;
  onInput?: (event: Event) => void;
}

export function Input({ label, hint, name, ...more }: InputProps) {
  return (
    <Field label={label} name={name} {...(hint ? { hint } : {})}>
      {(id, described, isWrong) => (
        <input
          autocomplete="off"
          {...more}
          id={id}
          name={name}
          aria-describedby={described}
          aria-invalid={isWrong || undefined}
        />
      )}
    </Field>
  );
}

/// A sum of rupees: "50" or "50.00".
export function MoneyInput(props: Named & { defaultValue?: string | undefined; required?: boolean }) {
  return <Input {...props} inputMode="decimal" pattern="[0-9]{1,9}([.][0-9]{1,2})?" />;
}

export function Area({
  label,
  hint,
  name,
  ...more
}: Named & Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, 'label'>) {
  return (
    <Field label={label} name={name} {...(hint ? { hint } : {})}>
      {(id, described, isWrong) => (
        <textarea
          rows={3}
          {...more}
          id={id}
          name={name}
          aria-describedby={described}
          aria-invalid={isWrong || undefined}
        />
      )}
    </Field>
  );
}

interface SelectProps extends Named {
  value: string;
  options: readonly (readonly [value: string, text: string])[];
  onChoose?: (value: string) => void;
}

export function Select({ label, hint, name, value, options, onChoose }: SelectProps) {
  return (
    <Field label={label} name={name} {...(hint ? { hint } : {})}>
      {(id, described, isWrong) => (
        <select
          id={id}
          name={name}
          aria-describedby={described}
          aria-invalid={isWrong || undefined}
          onChange={(event) => onChoose?.(event.currentTarget.value)}
        >
          {options.map(([each, text]) => (
            <option key={each} value={each} selected={each === value}>
              {text}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

interface CheckProps {
  name: string;
  value?: string;
  isOn?: boolean;
  required?: boolean;
  children: ComponentChildren;
}

export function Check({ name, value = 'on', isOn = false, required = false, children }: CheckProps) {
  return (
    <label class="check">
      <input type="checkbox" name={name} value={value} defaultChecked={isOn} required={required} />
      <span>{children}</span>
    </label>
  );
}

export const reasonLongest = 500;

/// Every deed that others will wonder about wants its reason.
export function ReasonField({ shortest = 3 }: { shortest?: number }) {
  return (
    <Area
      label={t('reason')}
      hint={t('reason.hint')}
      name="reason"
      required
      minLength={shortest}
      maxLength={reasonLongest}
      rows={2}
    />
  );
}
