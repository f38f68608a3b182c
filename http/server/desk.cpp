#include "http/server/desk.hpp"

#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <caf/all.hpp>
#include <caf/detail/sync_request_bouncer.hpp>
#include <exception>
#include <mutex>

#include "protocols/base/check.hpp"

namespace chautari {

namespace {
// The ticket travels as the 60-bit request number: generation above, slot below.
constexpr unsigned slot_bits = 20;
constexpr std::uint64_t slot_mask = (std::uint64_t{1} << slot_bits) - 1;
constexpr std::uint64_t generation_mask = (std::uint64_t{1} << (60 - slot_bits)) - 1;
constexpr std::uint32_t no_slot = 0xFFFFFFFFU;
}  // namespace

/// The actor half. It may outlive the desk: whoever still holds the handle then finds a closed door.
class desk_mailbox final : public caf::monitorable_actor {
public:
  desk_mailbox(caf::actor_config& config, boost::asio::io_context& loop, desk& owner)
      : monitorable_actor{config}, loop_{&loop}, owner_{&owner} {}

  ~desk_mailbox() override { drop(take()); }

  using abstract_actor::enqueue;
  void enqueue(caf::mailbox_element_ptr envelope, caf::execution_unit*) override {
    if (closed_.load(std::memory_order_acquire)) return refuse(*envelope);
    auto* node = envelope.release();
    auto* head = head_.load(std::memory_order_relaxed);
    do {
      node->next = head;
    } while (!head_.compare_exchange_weak(head, node, std::memory_order_release, std::memory_order_relaxed));
    if (head == nullptr) wake();
  }

  /// Everything that has arrived, oldest first.
  caf::mailbox_element* take() {
    auto* newest_first = head_.exchange(nullptr, std::memory_order_acquire);
    caf::mailbox_element* oldest_first = nullptr;
    while (newest_first != nullptr) {
      auto* next = following(newest_first);
      newest_first->next = oldest_first;
      oldest_first = newest_first;
      newest_first = next;
    }
    return oldest_first;
  }

  static caf::mailbox_element* following(caf::mailbox_element* node) {
    return static_cast<caf::mailbox_element*>(node->next);
  }

  /// No wake-up is posted after this returns.
  void close() {
    {
      const std::lock_guard guard{waking_};
      closed_.store(true, std::memory_order_release);
      loop_ = nullptr;
      owner_ = nullptr;
    }
    drop(take());
    cleanup(caf::make_error(caf::exit_reason::user_shutdown), nullptr);
  }

  const char* name() const override { return "desk"; }

private:
  void wake() {
    // Only the first message of a batch comes here. The lock keeps the loop alive for the time of the post.
    const std::lock_guard guard{waking_};
    if (loop_ == nullptr) return;
    // The desk may go while this waits in the loop, and its handle may be the last one. Desk and handler live
    // on one thread: whoever is found here stays for the whole of a drain.
    boost::asio::post(*loop_, [weak = caf::weak_actor_ptr{ctrl()}, this] {
      const auto alive = weak.lock();
      auto* owner = alive ? present_owner() : nullptr;
      if (owner != nullptr) owner->drain();
    });
  }

  desk* present_owner() {
    const std::lock_guard guard{waking_};
    return owner_;
  }

  static void refuse(const caf::mailbox_element& envelope) {
    if (!envelope.mid.is_request()) return;
    caf::detail::sync_request_bouncer bounce{caf::make_error(caf::exit_reason::user_shutdown)};
    bounce(envelope);
  }

  static void drop(caf::mailbox_element* list) {
    while (list != nullptr) {
      const caf::mailbox_element_ptr envelope{list};
      list = following(list);
      refuse(*envelope);
    }
  }

  std::atomic<caf::mailbox_element*> head_{nullptr};
  std::atomic<bool> closed_{false};
  std::mutex waking_;
  boost::asio::io_context* loop_;
  desk* owner_;
};

desk::desk(boost::asio::io_context& loop, caf::actor_system& system, std::size_t slots_max)
    : slots_max_{slots_max}, first_free_{no_slot} {
  CHECK(slots_max > 0 && slots_max <= slot_mask);
  caf::actor_config config;
  address_ = caf::make_actor<desk_mailbox, caf::strong_actor_ptr>(system.next_actor_id(), system.node(),
                                                                  &system, config, loop, *this);
  mailbox_ = static_cast<desk_mailbox*>(caf::actor_cast<caf::abstract_actor*>(address_));
}

desk::~desk() { mailbox_->close(); }

desk_ticket desk::open_slot(continuation resume) {
  std::uint32_t index = first_free_;
  if (index != no_slot) {
    first_free_ = slots_[index].next_free;
  } else {
    if (slots_.size() == slots_max_) return 0;
    index = static_cast<std::uint32_t>(slots_.size());
    slots_.emplace_back();
  }
  auto& opened = slots_[index];
  opened.generation = opened.generation == generation_mask ? 1 : opened.generation + 1;
  opened.resume = std::move(resume);
  ++in_use_;
  return (opened.generation << slot_bits) | index;
}

void desk::cancel(desk_ticket ticket) {
  const auto index = ticket & slot_mask;
  if (ticket == 0 || index >= slots_.size()) return;
  auto& found = slots_[index];
  if (!found.resume || found.generation != ticket >> slot_bits) return;
  // The continuation may own whoever called us; it goes when the slot is in order again.
  const auto dropped = std::exchange(found.resume, nullptr);
  found.next_free = first_free_;
  first_free_ = static_cast<std::uint32_t>(index);
  --in_use_;
}

void desk::send(const caf::strong_actor_ptr& receiver, caf::mailbox_element_ptr envelope) {
  if (receiver) {
    receiver->enqueue(std::move(envelope), nullptr);
    return;
  }
  // Nobody to ask: answered like a dead actor, on the next turn of the loop.
  const auto answer_to = envelope->mid.response_id();
  mailbox_->enqueue(
      caf::make_mailbox_element(nullptr, answer_to, {}, caf::make_error(caf::sec::request_receiver_down)),
      nullptr);
}

void desk::drain() {
  auto* list = mailbox_->take();
  while (list != nullptr) {
    const caf::mailbox_element_ptr envelope{list};
    list = desk_mailbox::following(list);
    dispatch(*envelope);
  }
}

void desk::call(const continuation& who, const caf::type_erased_tuple& content) const {
  try {
    who(content);
  } catch (const std::exception& failure) {
    if (tell_thrown_) tell_thrown_(failure.what());
  }
}

void desk::dispatch(caf::mailbox_element& envelope) {
  const auto& content = std::as_const(envelope).content();
  if (envelope.mid.is_response()) {
    const auto ticket = envelope.mid.request_id().integer_value();
    const auto index = ticket & slot_mask;
    if (index >= slots_.size()) return;
    auto& found = slots_[index];
    if (!found.resume || found.generation != ticket >> slot_bits) return;  // Came too late.
    const auto resume = std::exchange(found.resume, nullptr);
    found.next_free = first_free_;
    first_free_ = static_cast<std::uint32_t>(index);
    --in_use_;
    call(resume, content);
    return;
  }
  for (const auto& known : announcements_) {
    if (known.matches(content)) call(known.handle, content);
  }
  if (envelope.mid.is_request()) {  // Someone asks a desk; answered empty so that he does not wait for ever.
    if (auto* asker = caf::actor_cast<caf::abstract_actor*>(envelope.sender)) {
      asker->enqueue(caf::make_mailbox_element(address_, envelope.mid.response_id(), {}, caf::make_message()),
                     nullptr);
    }
  }
}

}  // namespace chautari
