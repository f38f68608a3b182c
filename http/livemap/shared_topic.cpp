#include "http/livemap/shared_topic.hpp"

#include <memory>

namespace chautari {

class shared_topic::subscriber final : public personal_topic {
public:
  subscriber(shared_topic& home, personal_line& line) : home_{home}, line_{line} {
    home_.subscribers_.insert(this);
    begin();
  }
  ~subscriber() override { home_.subscribers_.erase(this); }

  std::optional<std::string> adjust(const client_frame&) override {
    begin();
    return {};
  }
  std::optional<personal_state> whole() override {
    auto data = home_.whole_();
    if (!data) return {};
    return personal_state{home_.event_, home_.now_(), std::move(*data)};
  }

  void begin() {
    auto data = home_.whole_();
    has_begun_ = data.has_value();
    if (data) line_.snapshot(std::move(*data));
  }
  void hear(const std::string& data_json) {
    if (!has_begun_) return begin();
    line_.change(home_.event_, home_.now_(), data_json);
  }

private:
  shared_topic& home_;
  personal_line& line_;
  bool has_begun_ = false;
};

personal_opening shared_topic::open(personal_line& line) { return std::make_unique<subscriber>(*this, line); }

void shared_topic::tell(const std::string& data_json) {
  for (auto* each : subscribers_)
    each->hear(data_json);
}

}  // namespace chautari
