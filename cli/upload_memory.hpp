#pragma once

#include "cli/command.hpp"
#include "cli/upload_options.hpp"
#include "client/upload/ledger_file.hpp"
#include "client/upload/standing.hpp"

#include <filesystem>
#include <optional>

namespace sfmkit::cli {

/// The folder without a separator at its end, so that its name is its last part.
platform::Result<std::filesystem::path> export_folder(const UploadOptions& options);

std::filesystem::path journal_path(
    const UploadOptions& options, const std::filesystem::path& folder
);

/// Whose journal it is. The session of a new one is the one asked for, else the ledger's, else a
/// random one.
platform::Result<client::Journal::Owner> journal_owner(
    World& world,
    const UploadOptions& options,
    const client::Url& url,
    const std::filesystem::path& folder,
    const std::optional<client::LedgerFile>& ledger
);

/// Opens or makes the journal.
platform::Result<client::Journal> open_journal(
    World& world,
    const UploadOptions& options,
    const client::Journal::Owner& owner,
    const std::filesystem::path& folder
);

/// What journal and ledger know, without making or changing anything. Listing and ledger outlive
/// it.
platform::Result<client::Knowledge> look_at_memory(
    World& world,
    const UploadOptions& options,
    const client::Journal::Owner& owner,
    const std::filesystem::path& folder,
    const client::ExportListing& listing,
    const std::optional<client::LedgerFile>& ledger
);

/// The ledger, when the options ask for it. A person is told of one that they do not ask for.
platform::Result<std::optional<client::LedgerFile>> open_ledger(
    World& world,
    const UploadOptions& options,
    const client::Url& url,
    const std::filesystem::path& folder,
    const client::ExportListing& listing
);

/// Files that the ledger expects and nobody can send: the run is not complete without them.
void add_missing(
    client::MigrationResult& result,
    const client::LedgerFile& ledger,
    const client::ExportListing& listing
);

}  // namespace sfmkit::cli
