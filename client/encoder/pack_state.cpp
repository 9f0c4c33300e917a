#include "client/encoder/pack_state.hpp"

#include <nlohmann/json.hpp>

namespace sfmkit::client {

using platform::Errc;
using platform::fail;
using platform::Result;

namespace {

constexpr std::uint64_t max_state_bytes = std::uint64_t{64} * 1024;

}  // namespace

std::filesystem::path pack_state_path(const std::filesystem::path& export_folder) {
    auto path = export_folder.lexically_normal();
    if (!path.has_filename()) path = path.parent_path();
    path += ".pack";
    return path;
}

std::filesystem::path pack_lock_path(const std::filesystem::path& export_folder) {
    auto path = pack_state_path(export_folder);
    path += ".lock";
    return path;
}

Result<std::optional<PackState>> read_pack_state(
    platform::Files& files, const std::filesystem::path& path
) {
    const auto status = files.status(path);
    if (!status) return fail(status.error());
    if (!status->has_value()) return std::nullopt;
    const auto content = files.read_all(path, max_state_bytes);
    if (!content) return fail(content.error());
    const auto json = nlohmann::json::parse(platform::as_text(*content), nullptr, false);
    const auto is_text = [&json](const char* name) {
        return json.contains(name) && json[name].is_string();
    };
    if (!json.is_object() || !is_text("recipient") || !is_text("documents") ||
        !json.contains("started") || !json["started"].is_number_integer()) {
        return fail({
            .code = Errc::malformed,
            .what = "this is no state of packing",
            .where = path.string(),
            .next = "remove it together with the export folder and pack anew",
        });
    }
    return PackState{
        .recipient = json["recipient"].get<std::string>(),
        .documents = json["documents"].get<std::string>(),
        .started =
            std::chrono::sys_seconds(std::chrono::seconds(json["started"].get<std::int64_t>())),
    };
}

Result<void> write_pack_state(
    platform::Files& files, const std::filesystem::path& path, const PackState& state
) {
    const nlohmann::ordered_json json = {
        {"recipient", state.recipient},
        {"documents", state.documents},
        {"started", state.started.time_since_epoch() / std::chrono::seconds(1)},
    };
    const std::string text = json.dump(2) + "\n";
    return platform::replace_file(
        files,
        path,
        platform::as_bytes(text),
        platform::Access::everybody,
        platform::Durability::process
    );
}

}  // namespace sfmkit::client
