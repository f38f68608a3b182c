#include "protocols/mqtt/broker_notice.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace chautari {
namespace {

const imei cabinet{"860000000000011"};
const broker_notice came{cabinet, true};
const broker_notice left{cabinet, false};

struct notice_case {
  std::string text;
  std::optional<broker_notice> fact;
};

const std::vector<notice_case> cases{
    {"New client connected from 10.0.0.1:4711 as 860000000000011 (p2, c1, k60, u'cabinet').", came},
    {"New client connected from 10.0.0.1:4711 as 860000000000011 (p2, c1, k60).", came},
    {"1767225600: New client connected from 10.0.0.1:4711 as 860000000000011 (p2, c1, k60).", came},
    {"2026-01-01T00:00:00: New client connected from ::1:4711 as 860000000000011 (p2, c1, k60).", came},
    {"Client 860000000000011 disconnected.", left},
    {"Client 860000000000011 disconnected: session taken over.", left},
    {"Client 860000000000011 disconnected due to protocol error.", left},
    {"Client 860000000000011 disconnected, not authorised.", left},
    {"Client 860000000000011 closed its connection.", left},
    {"1767225600: Client 860000000000011 has exceeded timeout, disconnecting.", left},
    {"Client 860000000000011 been disconnected by administrative action.", left},
    {"Bad socket read/write on client 860000000000011: Connection reset by peer", left},
    // The session lives on under its new socket: a disconnect here would be stale.
    {"Client 860000000000011 already connected, closing old connection.", {}},
    // Our own line, and people with tools.
    {"New client connected from 10.0.0.1:4711 as chautari (p2, c0, k30, u'server').", {}},
    {"Client mosqsub-1 disconnected.", {}},
    // Ids that try to look like another cabinet's.
    {"New client connected from 10.0.0.1:4711 as x as 860000000000011 (p2, c1, k60).", {}},
    {"Client x 860000000000011 disconnected.", {}},
    {"Client x: Client 860000000000011 disconnected.", {}},
    {"Outgoing messages are being dropped for client 860000000000011.", {}},
    {"Client 860000000000011", {}},
    {"New client connected from ", {}},
    {"1767225600: ", {}},
    {"", {}},
};

TEST(broker_notice, what_the_broker_says_about_a_cabinet_is_read_back_into_a_fact) {
  for (const auto& [text, fact] : cases)
    EXPECT_EQ(parse_broker_notice(text), fact) << text;
}

TEST(broker_notice, no_prefix_of_a_notice_is_mistaken_for_another_cabinet) {
  for (const auto& [text, fact] : cases) {
    for (std::size_t size = 0; size < text.size(); ++size) {
      const auto cut = parse_broker_notice(std::string_view{text}.substr(0, size));
      if (!cut) continue;
      ASSERT_TRUE(fact.has_value()) << text.substr(0, size);
      EXPECT_EQ(cut->is_connected, fact->is_connected) << text.substr(0, size);
    }
  }
}

}  // namespace
}  // namespace chautari
