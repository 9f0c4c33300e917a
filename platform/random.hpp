#pragma once

#include "platform/bytes.hpp"

#include <cstdint>

namespace sfmkit::platform {

/// Where random bytes come from. Take one draw per statement: the order in which arguments are
/// evaluated differs between compilers and would break replay from a seed.
class Random {
  public:
    virtual ~Random() = default;
    virtual void fill(MutableBytes target) = 0;

    std::uint64_t next();
    /// A number from 0 to count - 1, without bias. count must not be 0.
    std::uint64_t pick(std::uint64_t count);
};

/// The operating system's generator, fit for keys and initialisation vectors.
/// Aborts when the system has none to give: nothing may be encrypted with a guess.
class SystemRandom final : public Random {
  public:
    void fill(MutableBytes target) override;
};

/// Same seed, same bytes, on every machine and with every compiler. Never for keys.
class SeededRandom final : public Random {
  public:
    explicit SeededRandom(std::uint64_t seed) noexcept;
    void fill(MutableBytes target) override;

  private:
    std::uint64_t next_word() noexcept;

    std::uint64_t state_;
};

}  // namespace sfmkit::platform
