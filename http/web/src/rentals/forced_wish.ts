import { moneyIn, momentIn, textIn } from '../design/form_values';

/// What is sent to end a rental by hand: how and why, the rest only if it was filled in.
export function wishOf(form: FormData): Record<string, unknown> {
  const resolution = textIn(form, 'resolution');
  const wish: Record<string, unknown> = { resolution, reason: textIn(form, 'reason') };
  const ended = momentIn(form, 'ended_at');
  const charge = moneyIn(form, 'charge_override');
  const bank = textIn(form, 'bank_status');
  if (ended) wish.ended_at = ended;
  if (charge) wish.charge_override = charge;
  if (bank) wish.bank_status = bank;
  return wish;
}
