#include "mockserver/evidence/evidence_fan.hpp"

namespace sfmkit::mockserver {

boost::asio::awaitable<void> EvidenceFan::kept() {
    for (Evidence* each : all_) co_await each->kept();
}

}  // namespace sfmkit::mockserver
