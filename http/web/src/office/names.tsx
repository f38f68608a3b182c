/// Things as links, where the operator may follow them.

import { maySee, maySeeStations } from '../api/session';
import type { StationName } from '../contract_office';
import { hrefOf } from '../routes';

export const nameOf = (of: StationName): string => of.name ?? of.station_name ?? serialOf(of) ?? '–';
export const serialOf = (of: StationName): string | null => of.sn ?? of.serial_number ?? null;

export function StationLink({ of }: { of: StationName | null | undefined }) {
  if (!of) return <>–</>;
  const serial = serialOf(of);
  return serial && maySeeStations.value ? (
    <a href={hrefOf.station(serial)}>{nameOf(of)}</a>
  ) : (
    <>{nameOf(of)}</>
  );
}

export function BankLink({ sn }: { sn: string | null | undefined }) {
  if (!sn) return <>–</>;
  return maySee('fleet.write') ? (
    <a class="mono" href={hrefOf.bank(sn)}>
      {sn}
    </a>
  ) : (
    <span class="mono">{sn}</span>
  );
}

/// By its id, or looked for by its code.
export function RentalLink({
  id,
  code,
}: {
  id?: string | null | undefined;
  code: string | null | undefined;
}) {
  if (!code) return <>–</>;
  if (!maySee('rentals.override')) return <>{code}</>;
  const href = id ? hrefOf.rental(id) : hrefOf.office('rentals', [], `?search=${encodeURIComponent(code)}`);
  return <a href={href}>{code}</a>;
}
