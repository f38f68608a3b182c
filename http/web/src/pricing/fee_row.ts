import type { LateFeeRow } from '../contract_office';
import { moneyIn, numberIn, textIn } from '../design/form_values';

/// What the kind of fee does not use is left as it was.
export function feeRowOf(form: FormData, row: LateFeeRow | null): Record<string, unknown> {
  return {
    name: textIn(form, 'name'),
    fee_type: textIn(form, 'fee_type'),
    multiplier: moneyIn(form, 'multiplier') ?? row?.multiplier ?? '2.00',
    flat_rate_per_hour: moneyIn(form, 'flat_rate_per_hour') ?? row?.flat_rate_per_hour ?? '0.00',
    grace_period_minutes: numberIn(form, 'grace_period_minutes'),
    max_daily_rate: moneyIn(form, 'max_daily_rate'),
    applicable_package_types: form.getAll('applicable_package_types').map(String),
  };
}
