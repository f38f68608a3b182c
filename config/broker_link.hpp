#pragma once
/// Between the broker's client and the network: frames and notices in, commands out, figures and log beside.

#include <atomic>
#include <memory>

#include "actors/kiosks/broker_accounts_actor.hpp"
#include "actors/kiosks/broker_gate_actor.hpp"
#include "config/metrics.hpp"
#include "config/readiness.hpp"
#include "config/settings.hpp"
#include "protocols/base/id_source.hpp"
#include "protocols/mqtt/broker_client.hpp"
#include "protocols/operations/log.hpp"

namespace chautari {

struct broker_link_setup {
  broker_settings broker;
  clock_source now;
  random_source random;
  log_sink log;
  std::shared_ptr<metrics> figures;
  std::shared_ptr<readiness> ready;
};

class broker_link {
public:
  explicit broker_link(broker_link_setup setup);
  broker_link(const broker_link&) = delete;
  broker_link& operator=(const broker_link&) = delete;

  /// For the broker gate. Must not be called after this is gone.
  [[nodiscard]] broker_line line();

  /// For the broker accounts: over a line and a login of their own, so that neither can do the other's work.
  [[nodiscard]] accounts_line line_of_accounts();

  /// Frames and notices go to `kiosks` from now on, what the broker says of accounts to `accounts`.
  void start(kiosks_actor kiosks, broker_accounts_actor accounts);
  /// Nothing comes in or goes out afterwards; the broker keeps what cabinets say in our session.
  void stop();

private:
  broker_handlers handlers();
  broker_handlers handlers_of_accounts();
  void take(std::string_view topic, std::span<const std::uint8_t> payload);
  std::optional<broker_refusal> publish(const imei& cabinet, std::string_view json, int qos);
  [[nodiscard]] std::shared_ptr<const void> ticket() const;

  broker_link_setup setup_;
  kiosks_actor kiosks_;  ///< Set before the client's threads exist.
  std::atomic<std::int64_t> last_frame_ms_{0};
  /// Frames handed to the kiosks and not dealt with yet; outlives this, as its tickets may.
  std::shared_ptr<std::atomic<std::size_t>> under_way_ = std::make_shared<std::atomic<std::size_t>>(0);
  broker_accounts_actor accounts_;  ///< Set before the client's threads exist.
  broker_client client_;
  broker_client accounts_client_;
};

}  // namespace chautari
