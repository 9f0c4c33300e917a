#include "mockserver/faults/fault_table.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sfmkit::mockserver {
namespace {

bool is_of_connection(const Fault& fault) {
    return fault.point == FaultPoint::accept;
}

bool fits(std::string_view wanted, std::string_view actual) {
    return wanted.empty() || wire::equal_ignoring_case(wanted, actual);
}

bool matches(const FaultMatch& match, const FaultFacts& facts) {
    const bool upload = fits(match.upload, facts.upload_id) || fits(match.upload, facts.file_name);
    return fits(match.method, facts.method) && upload && fits(match.session, facts.session) &&
           fits(match.file_type, facts.file_type);
}

bool is_spent(const ArmedFault& armed) {
    return armed.cleared || (armed.fault.times > 0 && armed.struck >= armed.fault.times);
}

std::uint64_t fnv_1a(std::uint64_t hash, std::string_view text) {
    constexpr std::uint64_t prime = 1099511628211U;
    for (const char letter : text) {
        hash = (hash ^ static_cast<unsigned char>(letter)) * prime;
    }
    return hash;
}

}  // namespace

std::shared_ptr<ArmedFault> MetFaults::next(FaultPoint point, std::uint64_t from, std::uint64_t to)
    const {
    std::shared_ptr<ArmedFault> first;
    for (const auto& met : met_) {
        const Fault& fault = met->fault;
        if (fault.point != point || fault.at_byte < from || fault.at_byte >= to) continue;
        if (is_spent(*met)) continue;
        if (!first || fault.at_byte < first->fault.at_byte) first = met;
    }
    return first;
}

std::uint64_t FaultTable::arm(Fault fault) {
    const std::uint64_t id = ++last_id_;
    armed_.emplace(
        id,
        std::make_shared<ArmedFault>(ArmedFault{
            .id = id,
            .fault = std::move(fault),
            .chance = platform::SeededRandom(seed_ * 1000 + id),
        })
    );
    return id;
}

bool FaultTable::clear(std::uint64_t id) {
    const auto armed = armed_.find(id);
    if (armed == armed_.end()) return false;
    armed->second->cleared = true;
    armed_.erase(armed);
    return true;
}

void FaultTable::clear_all() {
    for (const auto& [id, armed] : armed_) armed->cleared = true;
    armed_.clear();
}

std::vector<std::shared_ptr<const ArmedFault>> FaultTable::armed() const {
    std::vector<std::shared_ptr<const ArmedFault>> all;
    for (const auto& [id, armed] : armed_) all.push_back(armed);
    return all;
}

MetFaults FaultTable::meet(const FaultFacts& facts) {
    MetFaults met;
    const bool connection = facts.method.empty();
    for (const auto& [id, armed] : armed_) {
        const Fault& fault = armed->fault;
        if (is_of_connection(fault) != connection || is_spent(*armed)) continue;
        if (!connection && !matches(fault.match, facts)) continue;
        ++armed->matched;
        if (armed->matched < fault.match.nth) continue;
        constexpr std::uint64_t million = 1'000'000;
        // A draw is taken for each request, so that what one of them does moves no later one.
        const std::uint64_t drawn = armed->chance.pick(million);
        if (drawn < fault.match.per_million) met.met_.push_back(armed);
    }
    return met;
}

bool FaultTable::strike(MetFaults& met, const std::shared_ptr<ArmedFault>& fault) {
    std::erase(met.met_, fault);
    if (is_spent(*fault)) return false;
    ++fault->struck;
    ++strikes_;
    const Fault& what = fault->fault;
    hash_ = fnv_1a(
        hash_,
        fmt::format("{} {} {} {}\n", what.name, name_of(what.point), what.at_byte, fault->matched)
    );
    return true;
}

std::string FaultTable::trace_hash() const {
    return fmt::format("{:016x}", hash_);
}

}  // namespace sfmkit::mockserver
