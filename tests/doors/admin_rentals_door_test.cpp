#include "http/rentals/admin_rentals.hpp"
#include "tests/server/fixture.hpp"
#include "tests/support/rider_samples.hpp"

namespace chautari::testing {
namespace {

/// What the reader was asked last, and what it says.
struct reader_script {
  search_rentals wanted;
  rental_table table;
  rental_story story;
};

/// Tables and stories by script; every other question goes unanswered.
caf::behavior scripted_reader(caf::event_based_actor*, std::shared_ptr<reader_script> said) {
  return {[said](const search_rentals& wanted) {
            said->wanted = wanted;
            return said->table;
          },
          [said](const load_rental_story&) { return said->story; }};
}

class admin_rentals_door : public server_test {
protected:
  std::shared_ptr<reader_script> said = std::make_shared<reader_script>();
  caf::actor reader = system->spawn(scripted_reader, said);
  found_rental row{a_rental(id_named<user_id>("asha"), a_station("ASAN", "Asan", 27.7, 85.3)), {}};

  admin_rentals_door() {
    row.rental.rider_name = "asha";
    rows = admin_rental_endpoints(caf::actor_cast<reader_actor>(reader));
    options.standing = [this](const caller&, std::string_view) -> standing_result {
      return operator_standing{role, from_ms(dawn_ms)};
    };
  }
  ~admin_rentals_door() override {
    entrance.reset();
    caf::anon_send_exit(reader, caf::exit_reason::user_shutdown);
  }
  answered get(std::string_view target) {
    if (!entrance) open();
    raw_client client{port};
    return client.get(target, "Authorization: Bearer admin-2\r\n");
  }
  /// The text there; of what is no text its JSON.
  static std::string at(const boost::json::object& all, std::string_view pointer) {
    const boost::json::value whole = all;
    const auto& found = whole.at_pointer(pointer);
    return found.is_string() ? std::string{found.get_string()} : boost::json::serialize(found);
  }

  std::atomic<operator_role> role{operator_role::station_operator};
};

TEST_F(admin_rentals_door, the_table_says_what_operators_ask_for) {
  row.rental.status = rental_status::completed;
  row.rental.return_station = id_named<station_id>("BAGH");
  row.rental.return_station_name = "Bagh Bazar";
  row.return_serial = station_sn{"BAGH"};
  said->table = {{row}, 41};
  const auto answer = get("/api/admin/rentals?page=2&page_size=40").json();
  EXPECT_EQ(at(answer, "/data/pagination/total_count"), "41");
  EXPECT_EQ(at(answer, "/data/pagination/current_page"), "2");
  EXPECT_EQ(at(answer, "/data/results/0/rental_code"), row.rental.code);
  EXPECT_EQ(at(answer, "/data/results/0/user/username"), "asha");
  EXPECT_EQ(at(answer, "/data/results/0/station/sn"), "ASAN");
  EXPECT_EQ(at(answer, "/data/results/0/return_station/sn"), "BAGH");
  EXPECT_EQ(at(answer, "/data/results/0/bank_sn"), row.rental.bank_serial.text());
  EXPECT_EQ(at(answer, "/data/results/0/amount_paid"), "50.00");
  EXPECT_EQ(said->wanted.page, 2);
  EXPECT_EQ(said->wanted.limit, 40);
}

TEST_F(admin_rentals_door, filters_reach_the_reader_as_they_are_meant) {
  wall_ms = to_ms(*parse_rfc3339("2026-03-01T20:00:00Z"));  // 01:45 on the second in Nepal.
  ASSERT_EQ(get("/api/admin/rentals?status=OVERDUE&payment_status=PENDING&recent=today&search=%25sita_&"
                "ordering=due_at&user_id=00000000-0000-0000-0000-000000000007")
                .status,
            200);
  EXPECT_EQ(said->wanted.status, rental_status::overdue);
  EXPECT_EQ(said->wanted.payment_status, "PENDING");
  EXPECT_EQ(said->wanted.from, parse_rfc3339("2026-03-02T00:00:00+05:45"));
  EXPECT_EQ(said->wanted.search, "%sita_") << "what it means to LIKE is the database's business";
  EXPECT_EQ(said->wanted.order, rental_order::due_first);
  EXPECT_EQ(said->wanted.rider->text(), "00000000-0000-0000-0000-000000000007");
}

TEST_F(admin_rentals_door, what_cannot_be_meant_is_refused_by_name) {
  for (const auto* wrong :
       {"status=LOST", "recent=1y", "ordering=id;drop", "search=a", "page=0", "page_size=101",
        "start_date=2026-02-30", "start_date=2026-02-03&end_date=2026-02-01",
        "recent=24h&start_date=2026-02-03", "station_id=7"})
    EXPECT_EQ(get("/api/admin/rentals?" + std::string{wrong}).status, 400) << wrong;
}

TEST_F(admin_rentals_door, one_rental_shows_what_was_charged_paid_and_written) {
  said->story.found = row;
  said->story.charges = {{row.rental.id, charge_kind::base, 0, {50'00}, R"({"minutes":60})"}};
  said->story.payments = {{row.rental.id, 0, {}, {{30'00}, {}, 200}, false}};
  const auto noticed = sample_time + seconds{7};
  said->story.log = {{row.rental.id, 2, "returned", "4.8-4", sample_time, noticed, R"({"slot":3})"}};
  const auto path = "/api/admin/rentals/" + row.rental.id.text();
  const auto detail = get(path).json();
  EXPECT_EQ(at(detail, "/data/charges/0/basis/minutes"), "60");
  EXPECT_EQ(at(detail, "/data/payments/0/amount"), "50.00");
  EXPECT_EQ(at(detail, "/data/payments/0/points_used"), "200");
  EXPECT_EQ(at(detail, "/data/return_station"), "null");
  EXPECT_EQ(at(detail, "/data/closure_reason"), "null");
  const auto events = get(path + "/events").json();
  EXPECT_EQ(at(events, "/data/results/0/kind"), "returned");
  EXPECT_EQ(at(events, "/data/results/0/rule"), "4.8-4");
  EXPECT_EQ(at(events, "/data/results/0/occurred_at"), to_rfc3339(sample_time));
  EXPECT_EQ(at(events, "/data/results/0/recorded_at"), to_rfc3339(noticed));
  EXPECT_EQ(at(events, "/data/results/0/data/slot"), "3");
}

TEST_F(admin_rentals_door, a_rental_that_is_not_there_is_not_found) {
  for (const auto* id : {"00000000-0000-0000-0000-000000000007", "7"}) {
    EXPECT_EQ(get("/api/admin/rentals/" + std::string{id}).error_code(), "rental_not_found");
    EXPECT_EQ(get("/api/admin/rentals/" + std::string{id} + "/events").status, 404);
  }
}

}  // namespace
}  // namespace chautari::testing
