#pragma once
/// Where new ids and other randomness come from: injected, so that a test or a simulation from one seed
/// repeats itself.

#include <boost/uuid/name_generator_sha1.hpp>
#include <boost/uuid/uuid.hpp>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "protocols/base/time.hpp"

namespace chautari {

/// 64 uniformly random bits a call. The server's source is the kernel's generator; a test's is a seeded
/// engine.
using random_source = std::function<std::uint64_t()>;

/// UUIDv7 (RFC 9562, 5.7): 48 bits of milliseconds, then random bits.
[[nodiscard]] boost::uuids::uuid make_uuid_v7(timestamp now, std::uint64_t random_a, std::uint64_t random_b);

/// A name-based UUID (version 5): the same name within the same space is always the same id.
[[nodiscard]] boost::uuids::uuid make_named_uuid(const boost::uuids::uuid& space, std::string_view name);

/// Makes ids; cheap to copy.
struct id_source {
  clock_source now;
  random_source random;

  template <class Id>
  [[nodiscard]] Id make() const {
    return Id{make_uuid_v7(now(), random(), random())};
  }
  /// `size` characters of A-Z and 0-9, for codes that people read.
  [[nodiscard]] std::string make_code(std::size_t size) const;
};

}  // namespace chautari
