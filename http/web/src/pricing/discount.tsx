/// One discount and what came of it.

import { discount, discountAnalytics } from '../api/office_calls';
import { t } from '../i18n';
import { rupees, time, whole } from '../i18n/format';
import { useLoaded } from '../office/load';
import { StationLink } from '../office/names';
import { Block, FactList, Page } from '../office/page';
import { StatusTag } from '../office/status_tag';
import { hrefOf } from '../routes';
import { percentOf, usesOf } from './discounts';

/// Of the server, by name; how many are left is unknown where there is no limit.
const figures = [
  'total_uses',
  'confirmed_uses',
  'reserved_uses',
  'remaining_uses',
  'unique_users',
  'total_savings',
] as const;

function figureOf(value: string | number | null | undefined): string {
  if (typeof value === 'number') return whole(value);
  return value ? rupees(value) : '';
}

export function DiscountDetail({ id }: { id: string }) {
  const { data, error } = useLoaded(id, async (signal) => {
    const [of, told] = await Promise.all([discount(id, signal), discountAnalytics(id, signal)]);
    return { of, figures: told };
  });
  const of = data?.of;
  return (
    <Page
      title={of ? t('discount.one', { percent: percentOf(of) }) : t('pricing.discounts')}
      tag={of && <StatusTag group="price" status={of.status} />}
      back={{ href: hrefOf.office('pricing', ['discounts']), label: t('discount.back') }}
      error={error}
    >
      {of && (
        <FactList
          facts={[
            [t('discount.station'), <StationLink of={of.station} />],
            [t('rentals.package'), of.package.name],
            [t('discount.from'), time(of.valid_from, 'full')],
            [t('discount.until'), time(of.valid_until, 'full')],
            [t('discount.used'), usesOf(of)],
            [t('discount.reserved'), whole(of.reserved_count)],
            [t('discount.each'), whole(of.max_uses_per_user)],
            [t('discount.free'), t(of.may_be_free ? 'yes' : 'no')],
          ]}
        />
      )}
      {data && (
        <Block title={t('discount.analytics')}>
          <FactList facts={figures.map((each) => [t(`figure.${each}`), figureOf(data.figures[each])])} />
        </Block>
      )}
    </Page>
  );
}
