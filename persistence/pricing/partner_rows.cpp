#include "persistence/base/json_rows.hpp"
#include "persistence/pricing/rows.hpp"

namespace chautari {

void add_image(batch_rows& rows, const business_partner& partner) {
  if (!rows.is_newest('P', partner.id.value)) return;
  rows.partners.row()
      .id("id", partner.id)
      .text("code", partner.code)
      .id("user_id", partner.user)
      .text("type", to_string(partner.type))
      .text("vendor", to_string(partner.vendor))
      .text("business_name", partner.business_name)
      .text("contact_phone", partner.contact_phone)
      .text("status", to_string(partner.status))
      .number("share_hundredths", partner.share_hundredths)
      .text("created_by", partner.created_by)
      .time("created_at", partner.created_at);
}

void add_image(batch_rows& rows, const station_partner& assignment) {
  if (!rows.is_newest('Q', assignment.id.value)) return;
  rows.station_partners.row()
      .id("id", assignment.id)
      .id("station_id", assignment.station)
      .id("partner_id", assignment.partner)
      .text("role", to_string(assignment.role))
      .text("model", to_string(assignment.model))
      .number("percent_hundredths", assignment.percent_hundredths)
      .time("valid_from", assignment.valid_from)
      .time("valid_until", assignment.valid_until)
      .text("created_by", assignment.created_by);
}

void add_image(batch_rows& rows, const vendor_ejection& ejection) {
  if (!rows.is_newest('V', ejection.rental.value)) return;
  rows.vendor_ejections.row()
      .id("rental_id", ejection.rental)
      .id("vendor_id", ejection.vendor)
      .id("station_id", ejection.station)
      .number("business_day", ejection.day)
      .flag("is_released", ejection.is_released);
}

void add_line(batch_rows& rows, const revenue_distribution& shared) {
  rows.revenue.row()
      .id("id", shared.id)
      .text("event_key", shared.event_key)
      .id("rental_id", shared.rental)
      .id("station_id", shared.station)
      .text("kind", to_string(shared.kind))
      .number("gross", shared.amounts.gross)
      .number("vat", shared.amounts.vat)
      .number("service", shared.amounts.service)
      .number("net", shared.amounts.net())
      .number("platform_share", shared.amounts.platform())
      .number("franchise_share", shared.amounts.franchise)
      .number("vendor_share", shared.amounts.vendor)
      .id_or_null("franchise_id", shared.terms.franchise)
      .id_or_null("vendor_id", shared.terms.vendor)
      .number("franchise_hundredths", shared.terms.franchise_hundredths)
      .number("vendor_hundredths", shared.terms.vendor_hundredths)
      .number("vat_percent", shared.terms.vat_percent)
      .number("service_hundredths", shared.terms.service_hundredths)
      .flag("is_reversal", shared.is_reversal)
      .time("distributed_at", shared.at);
}

business_partner read_partner(const json_row& row) {
  business_partner partner;
  partner.id = row.id<partner_id>("id");
  partner.code = row.text("code");
  partner.user = row.id<user_id>("user_id");
  partner.type = row.word("type", parse_partner_type);
  partner.vendor = row.word("vendor", parse_vendor_type);
  partner.business_name = row.text("business_name");
  partner.contact_phone = row.text("contact_phone");
  partner.status = row.word("status", parse_partner_status);
  partner.share_hundredths = row.small("share_hundredths");
  partner.created_by = row.text("created_by");
  partner.created_at = row.time("created_at");
  return partner;
}

station_partner read_station_partner(const json_row& row) {
  station_partner assignment;
  assignment.id = row.id<station_partner_id>("id");
  assignment.station = row.id<station_id>("station_id");
  assignment.partner = row.id<partner_id>("partner_id");
  assignment.role = row.word("role", parse_station_role);
  assignment.model = row.word("model", parse_revenue_model);
  assignment.percent_hundredths = row.small("percent_hundredths");
  assignment.valid_from = row.time("valid_from");
  assignment.valid_until = row.time_if_any("valid_until");
  assignment.created_by = row.text("created_by");
  return assignment;
}

revenue_distribution read_distribution(const json_row& row) {
  revenue_distribution shared;
  shared.id = row.id<ledger_journal_id>("id");
  shared.event_key = row.text("event_key");
  shared.rental = row.id<rental_id>("rental_id");
  shared.station = row.id<station_id>("station_id");
  shared.kind = row.word("kind", parse_income_kind);
  shared.amounts = {row.amount("gross"), row.amount("vat"), row.amount("service"),
                    row.amount("franchise_share"), row.amount("vendor_share")};
  shared.terms = {row.id<partner_id>("franchise_id"), row.small("franchise_hundredths"),
                  row.id<partner_id>("vendor_id"),    row.small("vendor_hundredths"),
                  row.small("vat_percent"),           row.small("service_hundredths")};
  shared.is_reversal = row.flag("is_reversal");
  shared.at = row.time("distributed_at");
  return shared;
}

}  // namespace chautari
