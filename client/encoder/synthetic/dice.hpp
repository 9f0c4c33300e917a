#pragma once

#include "platform/bytes.hpp"
#include "platform/random.hpp"

#include <cstdint>
#include <span>
#include <string>

namespace sfmkit::client {

/// What a stream of choices is for; streams of one export never touch each other, so that patients
/// can be made in any order.
enum class SeedUse : std::uint8_t {
    organisation,
    organisation_document,
    patient,
    patient_id,
    patient_document,
    report,
    catalogue
};

/// The seed of one stream. Equal arguments, equal seed.
std::uint64_t derive_seed(std::uint64_t seed, SeedUse use, std::uint64_t index);

/// Choices from a seed. Take one in each statement: compilers order arguments differently.
class Dice {
  public:
    explicit Dice(std::uint64_t seed) noexcept : random_(seed) {}

    /// 0 to count - 1.
    std::uint64_t below(std::uint64_t count) { return random_.pick(count); }
    /// low to high, both included.
    std::int64_t between(std::int64_t low, std::int64_t high);
    bool percent(std::uint64_t chance) { return below(100) < chance; }
    template <class T>
    const T& from(std::span<const T> list) {
        return list[below(list.size())];
    }
    /// The seed of another stream.
    std::uint64_t seed() { return random_.next(); }
    /// A random GUID (RFC 9562 version 4), lower case.
    std::string guid();
    /// `ID_` and a GUID in upper case: how FEST names its entries.
    std::string fest_id();
    /// Decimal digits, the first one not 0.
    std::string digits(std::size_t count);
    platform::ByteBuffer bytes(std::size_t count);

  private:
    platform::SeededRandom random_;
};

}  // namespace sfmkit::client
