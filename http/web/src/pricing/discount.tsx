/// One discount and what came of it.

import { discount, discountAnalytics } from '../api/office_calls';
import { t, word } from '../i18n';
import { time, whole } from '../i18n/format';
import { useLoaded } from '../office/load';
import { StationLink } from '../office/names';
import { Block, FactList, Page } from '../office/page';
import { StatusTag } from '../office/status_tag';
import { DataList } from '../office/timeline_list';
import { hrefOf } from '../routes';
import { percentOf, usesOf } from './discounts';

/// Figures of the server by name; those that are made of others under their own heading.
function Figures({ of }: { of: Record<string, unknown> }) {
  const plain = Object.entries(of).filter(([, value]) => value === null || typeof value !== 'object');
  const made = Object.entries(of).filter(([, value]) => value !== null && typeof value === 'object');
  return (
    <>
      <FactList
        facts={plain.map(([name, value]) => [
          word('figure', name),
          typeof value === 'number' ? whole(value) : typeof value === 'string' ? value : '',
        ])}
      />
      {made.map(([name, value]) => (
        <Block key={name} title={word('figure', name)}>
          <DataList data={value} />
        </Block>
      ))}
    </>
  );
}

export function DiscountDetail({ id }: { id: string }) {
  const { data, error } = useLoaded(id, async (signal) => {
    const [of, figures] = await Promise.all([discount(id, signal), discountAnalytics(id, signal)]);
    return { of, figures };
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
          <Figures of={data.figures} />
        </Block>
      )}
    </Page>
  );
}
