#pragma once

#include <memory>
#include <utility>
#include <vector>

namespace sfmkit::verifier {

struct ContentFacts;

/// What several rules read out of the same document: made for the first that asks, and kept for the
/// others as long as the facts live. Not for two threads.
class SharedReadings {
  public:
    template <class Value>
    const Value& once(Value (*make)(const ContentFacts&), const ContentFacts& facts) const {
        const auto maker = reinterpret_cast<Maker>(make);
        for (const auto& [known, value] : made_) {
            if (known == maker) return *static_cast<const Value*>(value.get());
        }
        // The making may ask for other readings.
        auto value = std::make_shared<const Value>(make(facts));
        made_.emplace_back(maker, value);
        return *value;
    }

  private:
    using Maker = void (*)();

    mutable std::vector<std::pair<Maker, std::shared_ptr<const void>>> made_;
};

}  // namespace sfmkit::verifier
