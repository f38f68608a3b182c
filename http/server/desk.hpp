#pragma once
/// Where the actors' answers reach an I/O thread. The only door between Asio and CAF.
///
/// The desk is an actor without a mailbox: whatever is sent to it lands on a lock-free list, and the first
/// message of a batch wakes the I/O thread. A request carries a slot number and the slot's generation in its
/// message id, so an answer that comes after its asker has gone is recognised and dropped. Messages that
/// answer nothing are *announcements*.

#include <caf/actor_cast.hpp>
#include <caf/actor_system.hpp>
#include <caf/error.hpp>
#include <caf/mailbox_element.hpp>
#include <caf/response_type.hpp>
#include <caf/typed_actor.hpp>
#include <functional>
#include <memory>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "http/server/exchange.hpp"

namespace boost::asio {
class io_context;
}

namespace chautari {

class desk_mailbox;

/// Names one waiting slot; zero is "no slot was free".
using desk_ticket = std::uint64_t;

class desk {
public:
  using continuation = std::function<void(const caf::type_erased_tuple&)>;

  /// `loop` must outlive the desk or be stopped before it goes. Full slots refuse further asks.
  desk(boost::asio::io_context& loop, caf::actor_system& system, std::size_t slots_max);
  ~desk();
  desk(const desk&) = delete;
  desk& operator=(const desk&) = delete;

  /// On the I/O thread: sends `message` and calls `on_view(const View&)` (`on_view()` for void) or
  /// `on_error(const caf::error&)` later, on this thread, at most once. Zero if every slot is taken: nothing
  /// was sent.
  template <class View, class Handle, class Message, class OnView, class OnError>
  desk_ticket ask(const Handle& actor, Message message, OnView on_view, OnError on_error);

  /// The answer is no longer wanted; its continuation is dropped now.
  void cancel(desk_ticket ticket);

  /// `handler(const Message&)` runs on the I/O thread for each announcement of that type; several of one type
  /// run in the order in which they were registered.
  template <class Message, class Handler>
  void on(Handler handler);

  /// This desk as an actor of interface `Handle` (or `caf::actor`), to be given to those who announce.
  template <class Handle>
  [[nodiscard]] Handle as() const {
    return caf::actor_cast<Handle>(address_);
  }

  /// What to do when a continuation or an announcement's handler throws: it ends there, the lane goes on.
  void when_thrown(std::function<void(std::string_view what)> tell) { tell_thrown_ = std::move(tell); }

  [[nodiscard]] std::size_t slots_in_use() const { return in_use_; }
  [[nodiscard]] std::size_t slots_max() const { return slots_max_; }

private:
  friend class desk_mailbox;

  struct slot {
    std::uint64_t generation = 0;
    continuation resume;
    std::uint32_t next_free = 0;
  };
  struct announcement {
    bool (*matches)(const caf::type_erased_tuple&);
    continuation handle;
  };

  desk_ticket open_slot(continuation resume);
  void send(const caf::strong_actor_ptr& receiver, caf::mailbox_element_ptr envelope);
  void drain();
  void dispatch(caf::mailbox_element& envelope);
  void call(const continuation& who, const caf::type_erased_tuple& content) const;

  std::size_t slots_max_;
  std::size_t in_use_ = 0;
  std::vector<slot> slots_;
  std::uint32_t first_free_;
  std::vector<announcement> announcements_;
  std::function<void(std::string_view)> tell_thrown_;
  caf::strong_actor_ptr address_;
  desk_mailbox* mailbox_ = nullptr;
};

}  // namespace chautari

#include "http/server/desk_ask.hpp"
