/// Prices: packages, late fees, discounts of stations. Running rentals keep what they began with.

import type { ComponentChildren } from 'preact';
import { priceTables } from '../contract_office';
import { t } from '../i18n';
import { Page, Tabs } from '../office/page';
import { hrefOf } from '../routes';
import { DiscountDetail } from './discount';
import { Discounts } from './discounts';
import { LateFees } from './late_fees';
import { Packages } from './packages';

interface Props {
  table: string | undefined;
  id: string | undefined;
  search: URLSearchParams;
}

export function Pricing({ table, id, search }: Props) {
  const here = priceTables.find((each) => each === table) ?? 'packages';
  if (here === 'discounts' && id) return <DiscountDetail key={id} id={id} />;
  const inside: Record<typeof here, () => ComponentChildren> = {
    packages: () => <Packages search={search} />,
    'late-fees': () => <LateFees search={search} />,
    discounts: () => <Discounts search={search} />,
  };
  return (
    <Page title={t('nav.pricing')}>
      <Tabs
        label={t('pricing.tabs')}
        tabs={priceTables.map((each) => ({
          href: hrefOf.office('pricing', [each]),
          text: t(`pricing.${each}`),
          isHere: each === here,
        }))}
      />
      <p class="hint">{t('pricing.note')}</p>
      {inside[here]()}
    </Page>
  );
}
