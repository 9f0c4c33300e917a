#pragma once

#include "mockserver/auth/guard.hpp"
#include "mockserver/credentials.hpp"
#include "mockserver/evidence/evidence.hpp"
#include "mockserver/faults/fault_table.hpp"
#include "mockserver/limits.hpp"
#include "mockserver/sfm/migrations.hpp"
#include "mockserver/storage/upload_store.hpp"
#include "mockserver/tus/engine.hpp"
#include "platform/openssl.hpp"
#include "platform/random.hpp"

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace sfmkit::mockserver {

/// An upload that has all its bytes.
struct FinishedUpload {
    Upload upload;
    std::filesystem::path file;
    std::vector<wire::MetadataPair> metadata;
};

/// What all sessions of one server share. One thread uses it.
struct Site {
    Rules rules;
    Limits limits;
    UploadStore& store;
    platform::Clock& clock;
    /// For upload ids.
    platform::Random& ids;
    /// For outcomes that the imitated server leaves to chance; seeded, so that runs repeat.
    platform::Random& chance;
    const platform::CryptoAlgorithms& algorithms;
    Evidence& evidence;
    /// Called when an upload has all its bytes, before the last answer; must not block. May be
    /// empty.
    std::function<void(const FinishedUpload&)> on_finished;
    /// Whoever imports says what became of a file. Empty: each file that has all its bytes counts
    /// as imported without warnings.
    Migrations::OutcomeOf outcome_of = {};
    /// Ids that a request is writing to.
    std::set<std::string> locks;
    /// Ids that count as being written to until then, because a fault wants it so.
    std::map<std::string, platform::SteadyTime> held_locks = {};
    FaultTable faults = FaultTable(1);
    SeenCredentials credentials = {};
    /// Judges credentials; null: nobody does.
    Guard* guard = nullptr;
    /// JSON that is served by GET, by path: what clients ask a token issuer for.
    std::map<std::string, std::string, std::less<>> documents = {};
    /// Ends all connections and comes back after the time; the server sets it.
    std::function<void(const FaultAction& action)> restart = {};
    /// Ends the process as kill -9 does; empty: restarts instead.
    std::function<void()> crash = {};
    /// Of all bodies that nginx collects at the moment; never null.
    std::shared_ptr<std::uint64_t> buffered_bytes = std::make_shared<std::uint64_t>(0);
    Migrations migrations = {};
    /// False until the uploads of an earlier run were taken into the migrations.
    bool knows_stored_migrations = false;
    /// Connections come over TLS.
    bool tls = false;
};

}  // namespace sfmkit::mockserver
