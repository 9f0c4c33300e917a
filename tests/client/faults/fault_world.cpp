#include "tests/client/faults/fault_world.hpp"

#include "wire/tus_headers.hpp"

#include <map>

namespace sfmkit::test {

using client::FileResult;
using platform::Result;

/// Gives token1, token2 and so on.
class FaultWorld::Tokens final : public client::TokenSource {
  public:
    explicit Tokens(bool has_more) : has_more_(has_more) {}

    boost::asio::awaitable<Result<std::string>> fetch() override {
        co_return "token" + std::to_string(++fetched_);
    }
    bool has_more() const override { return has_more_; }

  private:
    bool has_more_;
    unsigned fetched_ = 0;
};

/// Tells of each file what it told first.
class FaultWorld::UnchangedFiles final : public ForwardingFiles {
  public:
    using ForwardingFiles::ForwardingFiles;

    Result<std::optional<platform::FileStatus>> status(const std::filesystem::path& path) override {
        const auto known = first_.find(path.string());
        if (known != first_.end()) return known->second;
        const auto status = ForwardingFiles::status(path);
        if (status && *status) first_[path.string()] = **status;
        return status;
    }

  private:
    std::map<std::string, platform::FileStatus> first_;
};

FaultWorld::FaultWorld() : other(network, clock, algorithms, 9090) {
    other.start(server_context);
}

FaultWorld::~FaultWorld() = default;

void FaultWorld::tamper(Tampering tampering) {
    tampered_ = std::make_unique<TamperedNetwork>(network, std::move(tampering));
    client_network = tampered_.get();
}

void FaultWorld::look_away() {
    unchanged_ = std::make_unique<UnchangedFiles>(files);
    client_files = unchanged_.get();
}

void FaultWorld::use_tokens(bool has_more) {
    tokens_ = std::make_unique<Tokens>(has_more);
    settings.tokens = tokens_.get();
}

void FaultWorld::slow_network(platform::Duration latency) {
    network.set_faults([latency](std::uint64_t) { return fuzz::LinkFaults{.latency = latency}; });
}

void FaultWorld::strike_after(platform::Duration time, std::function<void()> strike) {
    clock.call_at(clock.steady_now() + time, [this, strike = std::move(strike)] {
        ++struck;
        strike();
    });
}

unsigned FaultWorld::count(const std::string& method) const {
    unsigned found = 0;
    for (const SeenRequest& request : seen()) {
        if (request.method == method) ++found;
    }
    return found;
}

std::size_t FaultWorld::next_on_same(std::size_t index) const {
    std::size_t next = index + 1;
    while (next < seen().size() && seen()[next].target != seen()[index].target) ++next;
    return next;
}

FileResult FaultWorld::result_of(const std::string& name) const {
    if (!ended) return FileResult::not_started;
    for (const client::FileOutcome& file : ended->files) {
        if (file.name == name) return file.result;
    }
    return FileResult::not_started;
}

bool FaultWorld::everything_completed() const {
    if (!ended) return false;
    const std::size_t good =
        ended->count(FileResult::completed) + ended->count(FileResult::already_done);
    return good == ended->files.size();
}

std::string FaultWorld::name_in(const SeenRequest& request) {
    const auto pairs =
        wire::parse_metadata_strictly(request.fields.first("Upload-Metadata").value_or(""));
    if (!pairs) return "";
    for (const auto& pair : *pairs) {
        if (pair.key == "name") return std::string(platform::as_text(pair.value));
    }
    return "";
}

}  // namespace sfmkit::test
