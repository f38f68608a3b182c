#pragma once
/// An optional for what few have: while it is empty it costs a pointer. It is a value like std::optional:
/// copies are deep, and assigning to what is there keeps its place, so that references to it stay good.

#include <memory>
#include <optional>
#include <utility>

namespace chautari {

template <class T>
class rare {
public:
  rare() = default;
  rare(T value) : value_{std::make_unique<T>(std::move(value))} {}
  rare(const rare& other) : value_{other.value_ ? std::make_unique<T>(*other.value_) : nullptr} {}
  rare(rare&&) noexcept = default;
  ~rare() = default;
  rare& operator=(const rare& other) {
    if (value_ && other.value_)
      *value_ = *other.value_;
    else
      *this = rare{other};
    return *this;
  }
  rare& operator=(rare&& other) noexcept {
    if (value_ && other.value_)
      *value_ = std::move(*other.value_);
    else
      value_ = std::move(other.value_);
    return *this;
  }

  [[nodiscard]] bool has_value() const { return value_ != nullptr; }
  explicit operator bool() const { return has_value(); }
  [[nodiscard]] T& operator*() { return *value_; }
  [[nodiscard]] const T& operator*() const { return *value_; }
  T* operator->() { return value_.get(); }
  const T* operator->() const { return value_.get(); }
  T& emplace() { return *(value_ = std::make_unique<T>()); }
  void reset() { value_.reset(); }

  friend bool operator==(const rare& a, const rare& b) {
    return a.has_value() == b.has_value() && (!a || *a == *b);
  }

private:
  std::unique_ptr<T> value_;
};

}  // namespace chautari
