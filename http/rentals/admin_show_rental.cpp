#include "http/operations/refusals.hpp"
#include "http/rentals/admin_rentals.hpp"
#include "http/server/desk.hpp"
#include "protocols/base/refusal.hpp"
#include "protocols/rentals/views.hpp"

namespace chautari {
namespace {

void fail_not_found(exchange& in) { answer_refusal(in, refuse(rental_refusal::rental_not_found)); }

/// Reads the rental named by the path, then shows of it what `show(exchange&, const rental_story&)` shows.
template <class Show>
void tell(exchange& in, const reader_actor& reader, Show show) {
  const auto id = rental_id::parse(in.path_text("id"));
  if (!id) return fail_not_found(in);
  in.ask<rental_story>(
      reader, load_rental_story{*id},
      [show](exchange& out, const rental_story& story) {
        if (!story.found) return fail_not_found(out);
        show(out, story);
      },
      answer_refusal);
}

void show_detail(exchange& in, const rental_story& story) {
  in.answer(admin_rental_detail_json(story, in.now()));
}

void show_events(exchange& in, const rental_story& story) {
  std::string data = R"({"results":[)";
  for (const auto& line : story.log) {
    if (data.back() != '[') data += ',';
    data += rental_log_json(line);
  }
  in.answer(data + "]}");
}

}  // namespace

endpoint admin_show_rental_row(const reader_actor& reader) {
  return {.path = "/api/admin/rentals/{id}",
          .who = access::admin_access,
          .summary = "A rental with what was charged and paid",
          .handle = [reader](exchange& in) { tell(in, reader, show_detail); },
          .wants = operator_need{permission::rentals, need::read}};
}

endpoint admin_rental_events_row(const reader_actor& reader) {
  return {.path = "/api/admin/rentals/{id}/events",
          .who = access::admin_access,
          .summary = "What happened to a rental, oldest first: when it happened and when it was noted",
          .handle = [reader](exchange& in) { tell(in, reader, show_events); },
          .wants = operator_need{permission::rentals, need::read}};
}

}  // namespace chautari
