#pragma once
/// The templates of desk.hpp and `exchange::ask`. Included by desk.hpp only.

#include "http/server/desk.hpp"

namespace chautari::desk_detail {

/// The answer the interface promises for this message, checked when compiling; untyped actors promise
/// nothing.
template <class View, class Handle, class Message>
constexpr bool answers() {
  if constexpr (requires { typename Handle::signatures; }) {
    using promised = caf::response_type<typename Handle::signatures, Message>;
    if constexpr (!promised::valid) {
      return false;
    } else if constexpr (std::is_void_v<View>) {
      return std::is_same_v<typename promised::tuple_type, std::tuple<void>> ||
             std::is_same_v<typename promised::tuple_type, std::tuple<>>;
    } else {
      return std::is_same_v<typename promised::tuple_type, std::tuple<View>>;
    }
  } else {
    return true;
  }
}

template <class View, class OnView, class OnError>
void hand_over(const caf::type_erased_tuple& content, OnView& on_view, OnError& on_error) {
  if constexpr (std::is_void_v<View>) {
    if (content.empty() || content.match_elements<caf::unit_t>()) return on_view();
  } else {
    if (content.match_elements<View>()) return on_view(content.get_as<View>(0));
  }
  if (content.match_elements<caf::error>()) return on_error(content.get_as<caf::error>(0));
  on_error(caf::make_error(caf::sec::unexpected_response));
}

}  // namespace chautari::desk_detail

namespace chautari {

template <class View, class Handle, class Message, class OnView, class OnError>
desk_ticket desk::ask(const Handle& actor, Message message, OnView on_view, OnError on_error) {
  static_assert(desk_detail::answers<View, Handle, Message>(),
                "the actor does not answer this message with this view");
  const auto ticket = open_slot([on_view = std::move(on_view), on_error = std::move(on_error)](
                                    const caf::type_erased_tuple& content) mutable {
    desk_detail::hand_over<View>(content, on_view, on_error);
  });
  if (ticket == 0) return 0;
  send(caf::actor_cast<caf::strong_actor_ptr>(actor),
       caf::make_mailbox_element(address_, caf::make_message_id(ticket), {}, std::move(message)));
  return ticket;
}

template <class Message, class Handler>
void desk::on(Handler handler) {
  announcements_.push_back(
      {[](const caf::type_erased_tuple& content) { return content.match_elements<Message>(); },
       [handler = std::move(handler)](const caf::type_erased_tuple& content) mutable {
         handler(content.get_as<Message>(0));
       }});
}

template <class View, class Handle, class Message, class OnView, class OnError>
void exchange::ask(const Handle& actor, Message message, OnView on_view, OnError on_error) {
  if (answered_) return;
  auto kept = host_->keep_alive();
  const auto serial = serial_;
  auto refuse = [this, kept, serial, on_error = std::move(on_error)](const caf::error& why) mutable {
    if (!is_current(serial)) return;
    resume([&] { on_error(*this, why); });
  };
  desk_ticket ticket = 0;
  if constexpr (std::is_void_v<View>) {
    auto accept = [this, kept, serial, on_view = std::move(on_view)]() mutable {
      if (is_current(serial)) resume([&] { on_view(*this); });
    };
    ticket = host_->desk_of_lane().ask<View>(actor, std::move(message), std::move(accept), std::move(refuse));
  } else {
    auto accept = [this, kept, serial, on_view = std::move(on_view)](const View& view) mutable {
      if (is_current(serial)) resume([&] { on_view(*this, view); });
    };
    ticket = host_->desk_of_lane().ask<View>(actor, std::move(message), std::move(accept), std::move(refuse));
  }
  waits_for(ticket);
}

}  // namespace chautari
