/// What every view of the office has: a heading that is the document's title, the way back, refusals.

import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { Icon } from '../design/icons';
import { t } from '../i18n';

export function Refusal({ text }: { text: string }) {
  return text ? (
    <p class="notice bad" role="alert">
      {text}
    </p>
  ) : null;
}

/// Browsers keep where one came from; the list is found as it was left.
function Back({ href, label }: { href: string; label: string }) {
  return (
    <a
      class="back"
      href={href}
      onClick={(event) => {
        if (history.length < 2) return;
        event.preventDefault();
        history.back();
      }}
    >
      <Icon name="back" size={16} />
      {label}
    </a>
  );
}

interface Tab {
  href: string;
  text: string;
  isHere: boolean;
}

export function Tabs({ label, tabs }: { label: string; tabs: readonly Tab[] }) {
  return (
    <nav class="tabs page-tabs" aria-label={label}>
      {tabs.map((each) => (
        <a key={each.href} href={each.href} aria-current={each.isHere ? 'page' : undefined}>
          {each.text}
        </a>
      ))}
    </nav>
  );
}

interface Props {
  title: string;
  /// Beside the heading: a status.
  tag?: ComponentChildren;
  actions?: ComponentChildren;
  back?: { href: string; label: string };
  error?: string;
  children: ComponentChildren;
}

/// The first view is the browser's to announce; to every other one the focus goes, so that it is heard.
let isFirst = true;

export function Page({ title, tag, actions, back, error = '', children }: Props) {
  useEffect(() => {
    document.title = `${title} · ${t('name')}`;
  }, [title]);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (!isFirst) heading.current?.focus({ preventScroll: true });
    isFirst = false;
  }, []);
  return (
    <main id="main" class="page-view">
      {back && <Back {...back} />}
      <div class="page-head">
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {tag}
        {actions && <div class="button-row page-actions">{actions}</div>}
      </div>
      <Refusal text={error} />
      {children}
      <p class="footnote">{t('times.note')}</p>
    </main>
  );
}

export type Fact = readonly [name: string, value: ComponentChildren];

export function FactList({ facts }: { facts: readonly Fact[] }) {
  return (
    <dl class="facts wide-facts">
      {facts.map(([name, value]) => (
        <div key={name} class="fact">
          <dt>{name}</dt>
          <dd>{value === null || value === undefined || value === '' ? '–' : value}</dd>
        </div>
      ))}
    </dl>
  );
}

export function Block({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <section class="block">
      <h2>{title}</h2>
      {children}
    </section>
  );
}
