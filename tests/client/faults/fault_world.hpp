#pragma once

#include "tests/client/bad_plans.hpp"
#include "tests/client/faults/tampered_network.hpp"
#include "tests/client/upload_world.hpp"
#include "tests/support/forwarding_files.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace sfmkit::test {

/// The world of one row: an export, a scripted server, another one at port 9090, and the uploader,
/// good or with one mistake.
class FaultWorld : public UploadWorldInMemory {
  public:
    FaultWorld();
    ~FaultWorld();
    FaultWorld(const FaultWorld&) = delete;
    FaultWorld& operator=(const FaultWorld&) = delete;

    /// The mistakes of a client, one of them for each bad client.
    void plans(Spoil spoil) { settings.make_plan = bad_plans(std::move(spoil)); }
    void tamper(Tampering tampering);
    /// The client believes that its files stay as they were first seen.
    void look_away();
    /// Requests carry access tokens; a source that has no more gives the first one only.
    void use_tokens(bool has_more = true);

    /// Both servers need this long for each connection's bytes.
    void slow_network(platform::Duration latency);
    /// Calls it so long after the start, and counts it as a strike.
    void strike_after(platform::Duration time, std::function<void()> strike);

    const std::vector<SeenRequest>& seen() const { return server.requests(); }
    unsigned count(const std::string& method) const;
    /// The requests that follow on the same upload, by index; seen().size() when there is none.
    std::size_t next_on_same(std::size_t index) const;
    /// Of the file in the last run.
    client::FileResult result_of(const std::string& name) const;
    bool everything_completed() const;
    /// Which file the POST is about.
    static std::string name_in(const SeenRequest& request);

    FakeTusServer other;
    std::optional<client::MigrationResult> ended;  ///< nothing when it was killed
    std::size_t first_of_second_run = 0;           ///< index into seen()
    unsigned struck = 0;                           ///< strikes that are not the server's

    /// Between two runs of a bad client, as it forgets or does not look.
    std::function<void(FaultWorld&)> between_runs;

  private:
    class Tokens;
    class UnchangedFiles;

    std::unique_ptr<TamperedNetwork> tampered_;
    std::unique_ptr<UnchangedFiles> unchanged_;
    std::unique_ptr<Tokens> tokens_;
};

}  // namespace sfmkit::test
