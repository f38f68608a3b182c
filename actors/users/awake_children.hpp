#pragma once
/// The actors a directory has woken, by the name they answer to. Beyond the limit the one that was longest
/// not asked for is sent to sleep; what is said to it until it is gone waits here, in order, so two of the
/// same name never live at once.

#include <caf/all.hpp>
#include <functional>
#include <list>
#include <unordered_map>
#include <utility>
#include <vector>

#include "protocols/base/refusal.hpp"
#include "protocols/users/interface.hpp"

namespace chautari {

template <class Key, class Child>
class awake_children {
public:
  using spawn_function = std::function<Child(const Key&)>;

  awake_children() = default;
  awake_children(const awake_children&) = delete;
  awake_children& operator=(const awake_children&) = delete;
  ~awake_children() {
    for (const auto& [key, one] : awake_)
      caf::anon_send_exit(one.child, caf::exit_reason::user_shutdown);
  }

  void begin(std::size_t awake_max, spawn_function spawn) {
    awake_max_ = awake_max;
    spawn_ = std::move(spawn);
  }

  /// Passes the message being handled on to the child of this name; it answers whoever asked.
  template <class Answer, class Self, class Command>
  caf::result<Answer> pass_on(Self* self, const Key& key, const Command& command) {
    place& found = find_or_wake(self, key);
    auto promise = self->template make_response_promise<Answer>();
    if (found.is_going) {
      found.waiting.emplace_back(
          [promise, command](const Child& whom) mutable { promise.delegate(whom, std::move(command)); });
    } else {
      promise.delegate(found.child, command);
    }
    return promise;
  }

  /// To be called for each down_msg: a child that crashed is forgotten, the next message wakes a new one.
  template <class Self>
  void forget(Self* self, const caf::down_msg& down) {
    const auto known = names_.find(down.source.id());
    if (known != names_.end()) gone(self, Key{known->second}, down.source.id());
  }

  [[nodiscard]] std::size_t size() const { return awake_.size(); }

private:
  struct place {
    Child child;
    typename std::list<Key>::iterator age;
    bool is_going = false;
    std::vector<std::function<void(const Child&)>> waiting;  ///< Said since it was sent to sleep.
  };

  template <class Self>
  place& find_or_wake(Self* self, const Key& key) {
    if (const auto found = awake_.find(key); found != awake_.end()) {
      by_age_.splice(by_age_.begin(), by_age_, found->second.age);
      return found->second;
    }
    make_room(self);
    auto child = spawn_(key);
    self->monitor(child);
    names_.emplace(child.id(), key);
    by_age_.push_front(key);
    return awake_.emplace(key, place{std::move(child), by_age_.begin(), false, {}}).first->second;
  }

  template <class Self>
  void make_room(Self* self) {
    if (awake_.size() < awake_max_) return;
    for (auto oldest = by_age_.rbegin(); oldest != by_age_.rend(); ++oldest) {
      place& candidate = awake_.at(*oldest);
      if (candidate.is_going) continue;
      candidate.is_going = true;
      const auto gone_now = [this, self, key = *oldest, id = candidate.child.id()] { gone(self, key, id); };
      self->request(candidate.child, caf::infinite, sleep_atom::value)
          .then(gone_now, [this, gone_now, key = *oldest](const caf::error& why) {
            // Its own refusal means that it is busy; any other error that it died before it could answer.
            if (reason_of<identity_refusal>(why))
              stays(key);
            else
              gone_now();
          });
      return;
    }
  }

  template <class Self>
  void gone(Self* self, Key key, caf::actor_id id) {
    names_.erase(id);
    const auto found = awake_.find(key);
    if (found == awake_.end() || found->second.child.id() != id) return;
    auto waiting = std::move(found->second.waiting);
    by_age_.erase(found->second.age);
    awake_.erase(found);
    if (waiting.empty()) return;
    const Child successor = find_or_wake(self, key).child;
    for (auto& say : waiting)
      say(successor);
  }

  void stays(const Key& key) {
    const auto found = awake_.find(key);
    if (found == awake_.end()) return;
    found->second.is_going = false;
    by_age_.splice(by_age_.begin(), by_age_, found->second.age);
    for (auto& say : std::exchange(found->second.waiting, {}))
      say(found->second.child);
  }

  std::size_t awake_max_ = 0;
  spawn_function spawn_;
  std::unordered_map<Key, place> awake_;
  std::unordered_map<caf::actor_id, Key> names_;
  std::list<Key> by_age_;  ///< The one asked for last comes first.
};

}  // namespace chautari
