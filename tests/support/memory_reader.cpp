#include "tests/support/memory_reader.hpp"

#include <algorithm>

#include "tests/support/memory_fleet.hpp"
#include "tests/support/memory_kiosks.hpp"
#include "tests/support/memory_payments.hpp"
#include "tests/support/memory_rentals.hpp"

namespace chautari::testing {
namespace {

account_facts facts_of(const memory_store& db, const user_image& user, timestamp now) {
  account_facts facts;
  facts.user = user;
  facts.cash = {db.balance("2000", user.id.value)};
  facts.goodwill = {db.balance("2001", user.id.value)};
  facts.held = {db.balance("2010", user.id.value)};
  facts.current_points = db.balance("P200", user.id.value, commodity::pts);
  for (const auto& [key, journal] : db.journals) {
    if (!(journal.rider == user.id)) continue;
    for (const auto& line : journal.lines) {
      if (line.code.starts_with("P100")) facts.total_points_earned += line.debit;
    }
  }
  for (const auto& [id, transaction] : db.transactions) {
    if (transaction.rider == user.id && transaction.kind == transaction_kind::topup &&
        transaction.status == transaction_status::success)
      facts.total_topup += transaction.amount;
  }
  for (const auto& [id, rental] : db.rentals) {
    if (!(rental.rider == user.id)) continue;
    if (is_open(rental.status)) {
      facts.open_rental = id;
      facts.open_status = rental.status;
    } else if (rental.due.paisa > 0) {
      facts.unpaid_rental = id;
      facts.unpaid = rental.due;
    }
    if (rental.bonus_awarded && rental.ended_at && business_day(*rental.ended_at) == business_day(now))
      ++facts.timely_bonuses_today;
  }
  for (const auto& [id, answer] : db.answers) {
    if (answer.owner == user.id && answer.created_at + hours{24} > now) facts.answers.push_back(answer);
  }
  std::sort(facts.answers.begin(), facts.answers.end(),
            [](const auto& a, const auto& b) { return a.created_at > b.created_at; });
  std::vector<favourite_image> wanted;
  for (const auto& [key, favourite] : db.favourites) {
    if (key.first == user.id && favourite.is_favourite) wanted.push_back(favourite);
  }
  std::sort(wanted.begin(), wanted.end(), [](const auto& a, const auto& b) { return a.at > b.at; });
  for (const auto& favourite : wanted)
    facts.favourites.push_back(favourite.station);
  return facts;
}

rental_page answer(const memory_store& db, const list_rentals& query) {
  rental_page page;
  std::vector<rental_image> found;
  for (const auto& [id, rental] : db.rentals) {
    const bool wanted = rental.rider == query.rider && (!query.status || rental.status == *query.status) &&
                        (!query.from || rental.created_at >= *query.from) &&
                        (!query.until || rental.created_at < *query.until) &&
                        (!query.station || rental.station == *query.station);
    if (wanted) found.push_back(rental);
  }
  std::reverse(found.begin(), found.end());  // Ids rise with time.
  const auto size = static_cast<std::size_t>(std::max(1, query.limit));
  const std::size_t first = query.page > 0 ? (static_cast<std::size_t>(query.page) - 1) * size : 0;
  if (query.page > 0) page.total = static_cast<std::int64_t>(found.size());
  for (std::size_t at = first; at < found.size() && page.rentals.size() < size; ++at)
    page.rentals.push_back(found[at]);
  return page;
}

transaction_page answer(const memory_store& db, const list_transactions& query) {
  transaction_page page;
  for (auto row = db.transactions.rbegin(); row != db.transactions.rend(); ++row) {
    const auto& image = row->second;
    const bool wanted = image.rider == query.rider && (!query.kind || image.kind == *query.kind) &&
                        (!query.status || image.status == *query.status);
    if (!wanted || page.transactions.size() >= static_cast<std::size_t>(std::max(1, query.limit))) continue;
    const auto rental = db.rentals.find(image.rental);
    page.transactions.push_back({image, rental == db.rentals.end() ? std::string{} : rental->second.code});
  }
  return page;
}

sign_in_facts answer(const memory_store& db, const load_sign_in& query) {
  sign_in_facts facts;
  for (const auto& [id, user] : db.users) {
    if (user.email == query.identifier || user.phone == query.identifier) facts.user = user;
  }
  for (const auto& [key, otp] : db.otps) {
    if (otp.identifier == query.identifier) facts.otp = otp;
  }
  for (const auto& [hash, token] : db.verification_tokens) {
    if (token.identifier == query.identifier && !token.consumed && token.expires_at > query.now)
      facts.tokens.push_back(token);
  }
  return facts;
}

session_facts answer(const memory_store& db, const load_session& query) {
  session_facts facts;
  const auto session = db.sessions.find(query.session);
  if (session == db.sessions.end()) return facts;
  facts.session = session->second;
  if (const auto user = db.users.find(session->second.user); user != db.users.end())
    facts.user = user->second;
  for (const auto& [key, token] : db.refresh_tokens) {
    const bool is_of_interest = token.hash == query.token_hash || !token.used_at;
    if (token.session == query.session && is_of_interest) facts.tokens.push_back(token);
  }
  std::stable_sort(facts.tokens.begin(), facts.tokens.end(),
                   [](const auto& a, const auto& b) { return a.issued_at > b.issued_at; });
  return facts;
}

session_list answer(const memory_store& db, const load_sessions_of& query) {
  session_list list;
  for (const auto& [id, session] : db.sessions) {
    const bool is_live = !session.revoked_at && session.created_at > query.created_after;
    if (session.user == query.user && is_live) list.sessions.push_back(session);
  }
  return list;
}

bool is_free(const memory_store& db, const std::string& username) {
  const auto same = [](char a, char b) {
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
    return lower(a) == lower(b);
  };
  return std::none_of(db.users.begin(), db.users.end(), [&](const auto& entry) {
    const std::string& taken = entry.second.username;
    return std::equal(taken.begin(), taken.end(), username.begin(), username.end(), same);
  });
}

recovered_operators answer(const memory_store& db, const load_operators& query) {
  recovered_operators found;
  for (const auto& [id, person] : db.operators) {
    const bool is_meant = query.id.is_nil() ? person.email == query.email : id == query.id;
    if (!is_meant && !query.everyone) continue;
    found.operators.push_back(person);
    for (const auto& [key, session] : db.operator_sessions) {
      if (session.owner == id && !session.revoked_at && session.expires_at > query.now)
        found.sessions.push_back(session);
    }
  }
  return found;
}

rental_lookup answer(const memory_store& db, const load_rental& query) {
  const auto found = db.rentals.find(query.rental);
  if (found == db.rentals.end()) return {};
  if (!query.rider.is_nil() && !(found->second.rider == query.rider)) return {};
  return {found->second};
}

bank_census census_of(const memory_store& db) {
  bank_census counted;
  for (const auto& [id, bank] : db.banks) {
    const bool is_seated = !bank.station.is_nil();
    counted.seated += is_seated ? 1 : 0;
    counted.missing += bank.status == bank_status::missing ? 1 : 0;
    counted.lost += bank.status == bank_status::lost ? 1 : 0;
  }
  return counted;
}

issue_marks answer(const memory_store& db, const load_issue_marks& query) {
  std::map<station_id, issue_priority> highest;
  for (const auto& [id, issue] : db.issues) {
    if (issue.status == issue_status::resolved || issue.is_deleted) continue;
    if (!query.station.is_nil() && !(issue.station == query.station)) continue;
    auto& mark = highest.try_emplace(issue.station, issue.priority).first->second;
    mark = std::max(mark, issue.priority);
  }
  issue_marks found;
  for (const auto& [station, priority] : highest)
    found.marks.push_back({station, priority});
  return found;
}

bank_lookup bank_of(const memory_store& db, bank_sn serial) {
  const auto* bank = db.find_bank(serial);
  return bank == nullptr ? bank_lookup{} : bank_lookup{*bank};
}

referrer_answer answer(const memory_store& db, const find_referrer& query) {
  for (const auto& [id, user] : db.users)
    if (user.referral_code == query.code && user.status == user_status::active) return {id};
  return {};
}

audit_log_page answer(const memory_store& db, const list_audit_log& query) {
  audit_log_page page;
  const auto fits = [](const std::string& wanted, const std::string& is) {
    return wanted.empty() || wanted == is;
  };
  for (std::size_t at = db.audit_log.size(); at > 0; --at) {
    const auto& entry = db.audit_log[at - 1];
    const bool is_wanted = fits(query.actor_id, entry.actor_id) && fits(query.action, entry.action) &&
                           fits(query.entity, entry.entity) && fits(query.entity_id, entry.entity_id) &&
                           (!query.from || entry.at >= *query.from) &&
                           (!query.until || entry.at < *query.until) &&
                           (query.cursor.empty() || at < std::stoul(query.cursor));
    if (!is_wanted) continue;
    if (page.rows.size() == static_cast<std::size_t>(query.limit)) {
      page.next_cursor = std::to_string(page.rows.back().seq);
      break;
    }
    page.rows.push_back({static_cast<std::int64_t>(at), entry, {}});
  }
  return page;
}

/// Without ordering and search, which are the database's.
rental_table answer(const memory_store& db, const search_rentals& query) {
  rental_table table;
  const auto first = (query.page - 1) * query.limit;
  for (auto row = db.rentals.rbegin(); row != db.rentals.rend(); ++row) {
    const auto& rental = row->second;
    if (query.status && rental.status != *query.status) continue;
    if (query.rider && !(rental.rider == *query.rider)) continue;
    if (table.total >= first && table.total < first + query.limit)
      table.rentals.push_back(found_of(db, rental));
    ++table.total;
  }
  return table;
}

/// A question that `answer(store, question)` answers.
template <class Question>
auto answering(reader_actor::stateful_pointer<memory_reader_state> self) {
  using answer_type = decltype(answer(std::declval<const memory_store&>(), std::declval<const Question&>()));
  return [self](const Question& query) -> caf::result<answer_type> {
    const auto& db = *self->state.store;
    if (db.reader_refuses) return caf::make_error(*db.reader_refuses);
    return answer(db, query);
  };
}

caf::result<account_facts> account_of(const memory_store& db, const load_account& query) {
  if (db.reader_refuses) return caf::make_error(*db.reader_refuses);
  const auto user = db.users.find(query.rider);
  if (user == db.users.end()) return caf::make_error(reader_refusal::not_found);
  return facts_of(db, user->second, query.now);
}

}  // namespace

reader_actor::behavior_type memory_reader(reader_actor::stateful_pointer<memory_reader_state> self,
                                          std::shared_ptr<memory_store> store) {
  self->state.store = std::move(store);
  const auto guarded = [self](auto answer) {
    using result_type = std::decay_t<decltype(answer(*self->state.store))>;
    const auto& db = *self->state.store;
    if (db.reader_refuses) return caf::result<result_type>{caf::make_error(*db.reader_refuses)};
    return caf::result<result_type>{answer(db)};
  };
  return {
      [=](const load_account& query) { return account_of(*self->state.store, query); },
      [=](const load_bank& query) {
        return guarded([&](const memory_store& db) { return bank_of(db, query.serial); });
      },
      answering<load_rental>(self),
      answering<list_rentals>(self),
      answering<list_transactions>(self),
      answering<load_sign_in>(self),
      answering<load_session>(self),
      answering<load_sessions_of>(self),
      [=](const is_username_free& query) {
        return guarded([&](const memory_store& db) { return username_answer{is_free(db, query.username)}; });
      },
      answering<load_operators>(self),
      answering<look_for_command>(self),
      answering<load_command>(self),
      answering<list_commands>(self),
      answering<list_cabinet_reports>(self),
      answering<load_kiosk>(self),
      [=](const count_banks&) { return guarded([&](const memory_store& db) { return census_of(db); }); },
      answering<load_issue_marks>(self),
      [=](const load_overview&) { return guarded([](const memory_store&) { return station_overview{}; }); },
      [=](const load_map_points&) { return guarded([](const memory_store&) { return map_points{"[]"}; }); },
      answering<count_open_rentals_at>(self),
      answering<count_amenity_uses>(self),
      answering<load_issue>(self),
      answering<find_open_report>(self),
      answering<list_issues>(self),
      answering<list_banks>(self),
      answering<show_bank>(self),
      answering<list_bank_rentals>(self),
      [=](const load_rental_figures&) {
        return guarded([](const memory_store&) { return rental_figures{"[]"}; });
      },
      [=](const look_at_fleet&) { return guarded([](const memory_store&) { return fleet_figures{"{}"}; }); },
      answering<find_referrer>(self),
      answering<list_audit_log>(self),
      answering<search_rentals>(self),
      answering<load_rental_story>(self),
      answering<load_explanation>(self),
      answering<load_cabinet_explanation>(self),
      answering<load_rental_stats>(self),
      answering<list_rental_issues>(self),
      answering<count_rider_habits>(self),
      answering<count_price_uses>(self),
      answering<count_free_ejections>(self),
      answering<list_revenue>(self),
      answering<list_strangers>(self),
      answering<load_intent>(self),
      answering<list_intents>(self),
      answering<load_registry_entry>(self),
      [=](const find_stored_answer& query) {
        return guarded([&](const memory_store& db) {
          const auto found = db.answers.find(query.id);
          return found == db.answers.end() ? stored_answer_lookup{} : stored_answer_lookup{found->second};
        });
      }};
}

}  // namespace chautari::testing
