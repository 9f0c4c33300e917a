#include "cli/upload_memory.hpp"

#include "client/upload/session_id.hpp"
#include "platform/printable.hpp"
#include "wire/sfm_names.hpp"

#include <ostream>
#include <utility>

namespace sfmkit::cli {
namespace {

using platform::Errc;
using platform::Result;

std::filesystem::path ledger_path(
    const UploadOptions& options, const std::filesystem::path& folder
) {
    if (options.ledger && !options.ledger->empty()) return *options.ledger;
    return folder / wire::sfm::ledger_file;
}

}  // namespace

std::filesystem::path journal_path(
    const UploadOptions& options, const std::filesystem::path& folder
) {
    if (!options.journal.empty()) return options.journal;
    std::filesystem::path path = folder;
    path += ".journal";
    return path;
}

Result<std::filesystem::path> export_folder(const UploadOptions& options) {
    std::filesystem::path folder(options.folder);
    if (folder.filename().empty()) folder = folder.parent_path();
    const std::string name = folder.filename().string();
    if (!options.journal.empty() || (!name.empty() && name != "." && name != "..")) return folder;
    return platform::fail(
        {.code = Errc::usage,
         .what = "the journal has no place: it is named after the export folder",
         .where = options.folder,
         .expected = "the name of the folder",
         .actual = "a path that ends in no name",
         .next = "give the folder by its name, or --journal FILE outside of it"}
    );
}

Result<client::Journal> open_journal(
    World& world,
    const UploadOptions& options,
    const client::Url& url,
    const std::filesystem::path& folder,
    const std::optional<client::LedgerFile>& ledger
) {
    if (!options.session.empty() && !wire::sfm::is_guid(options.session)) {
        return platform::fail(
            {.code = Errc::usage,
             .what = "the session is no GUID",
             .where = "--session",
             .expected = "8-4-4-4-12 hex digits",
             .actual = options.session}
        );
    }
    const std::string fresh = client::new_session_id(world.random);
    const auto begun = ledger ? ledger->session() : std::nullopt;
    const client::Journal::Owner owner{
        .service = client::print(url),
        .export_name = folder.filename().string(),
        .session = options.session.empty() ? begun.value_or(fresh) : options.session
    };
    const auto path = journal_path(options, folder);
    auto journal = client::Journal::open(world.files, path, owner, options.chunk_bytes);
    if (!journal || options.session.empty()) return journal;
    if (journal->state().session == options.session) return journal;
    return platform::fail(
        {.code = Errc::usage,
         .what = "the journal has a session of its own",
         .where = path.string(),
         .expected = journal->state().session,
         .actual = options.session,
         .next = "leave --session out to continue, or give another --journal to start over"}
    );
}

Result<std::optional<client::LedgerFile>> open_ledger(
    World& world,
    const UploadOptions& options,
    const client::Url& url,
    const std::filesystem::path& folder,
    const client::ExportListing& listing
) {
    const auto path = ledger_path(options, folder);
    if (!options.ledger) {
        const auto status = world.files.status(path);
        if (status && *status) {
            world.error << "the official uploader has begun this export: --ledger goes on from "
                        << platform::printable(path.string()) << '\n';
        }
        return std::nullopt;
    }
    auto ledger = client::LedgerFile::open(world.files, world.clock, path, listing, url);
    if (!ledger) return std::unexpected(std::move(ledger.error()));
    return std::optional(std::move(*ledger));
}

void add_missing(
    client::MigrationResult& result,
    const client::LedgerFile& ledger,
    const client::ExportListing& listing
) {
    for (const std::string& name : ledger.missing(listing)) {
        client::FileOutcome outcome;
        outcome.name = name;
        outcome.result = client::FileResult::refused;
        outcome.error = platform::Error{
            .code = Errc::not_found,
            .what = "the ledger names a file that is not in the export folder",
            .where = name,
            .expected = "the file, or an entry that is completed",
            .actual = "neither",
            .next = "restore the file, or take its entry out of " + ledger.path().string()
        };
        result.files.push_back(std::move(outcome));
    }
}

}  // namespace sfmkit::cli
