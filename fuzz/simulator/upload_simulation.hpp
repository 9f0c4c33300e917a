#pragma once

#include "client/upload/migration.hpp"
#include "fuzz/simulator/chances.hpp"
#include "fuzz/simulator/promise_keeper.hpp"
#include "mockserver/faults/fault.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace sfmkit::fuzz {

/// One world: an export, the uploader, the mock server, a network that fails and two machines that
/// end now and then. All from one seed.
struct SimulationOptions {
    std::uint64_t seed = 1;
    /// The plans of the uploader; a broken client hands in others.
    client::PlanMaker make_plan = client::good_plans();
    /// A broken server: acknowledges bytes that it only keeps in its own memory.
    bool server_forgets = false;
    /// Every end of a process is one of both, at the same moment.
    bool both_end_at_once = false;
    /// What strikes requests beside the troubles of the network, as scenario files say.
    std::vector<mockserver::Fault> faults{};
    std::size_t kept_events = 0;  ///< of the trace, for a report
};

struct SimulationResult {
    std::vector<BrokenPromise> wrong;  ///< empty when all went well
    std::uint64_t trace_hash = 0;
    std::uint64_t events = 0;
    Histogram troubles;
    unsigned client_runs = 0;
    unsigned both_ended = 0;     ///< client and server at the same moment
    unsigned empty_surplus = 0;  ///< complete uploads of empty files beyond one for each
    std::uint64_t files = 0;
    std::uint64_t bytes = 0;
    std::uint64_t bytes_sent = 0;
    unsigned orphans = 0;
    std::uint64_t fault_strikes = 0;
    std::vector<std::string> last_events;
};

/// Runs until everything is uploaded and looks at what the server holds then: every Promise must
/// have been kept.
SimulationResult simulate_upload(const SimulationOptions& options);

}  // namespace sfmkit::fuzz
