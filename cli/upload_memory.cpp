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

/// A journal that is continued keeps its session.
Result<void> check_session(
    const UploadOptions& options,
    const client::JournalState& state,
    const std::filesystem::path& path
) {
    if (options.session.empty() || state.session == options.session) return {};
    return platform::fail(
        {.code = Errc::usage,
         .what = "the journal has a session of its own",
         .where = path.string(),
         .expected = state.session,
         .actual = options.session,
         .next = "leave --session out to continue, or give another --journal to start over"}
    );
}

/// The ledger is written anew as a whole: it would replace a journal of the same name.
Result<void> check_apart(const UploadOptions& options, const std::filesystem::path& journal) {
    const std::filesystem::path ledger = options.ledger.value_or("");
    if (ledger.empty() || ledger.lexically_normal() != journal.lexically_normal()) return {};
    return platform::fail(
        {.code = platform::Errc::usage,
         .what = "journal and ledger are the same file",
         .where = platform::printable(ledger.string()),
         .expected = "a file for each",
         .next = "leave out --journal"}
    );
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

Result<client::Journal::Owner> journal_owner(
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
    return client::Journal::Owner{
        .service = client::print(url),
        .export_name = folder.filename().string(),
        .session = options.session.empty() ? begun.value_or(fresh) : options.session
    };
}

Result<client::Journal> open_journal(
    World& world,
    const UploadOptions& options,
    const client::Journal::Owner& owner,
    const std::filesystem::path& folder
) {
    const auto path = journal_path(options, folder);
    if (auto apart = check_apart(options, path); !apart) return std::unexpected(apart.error());
    auto journal = client::Journal::open(world.files, path, owner, options.chunk_bytes);
    if (!journal) return journal;
    auto checked = check_session(options, journal->state(), path);
    if (!checked) return std::unexpected(std::move(checked.error()));
    return journal;
}

Result<client::Knowledge> look_at_memory(
    World& world,
    const UploadOptions& options,
    const client::Journal::Owner& owner,
    const std::filesystem::path& folder,
    const client::ExportListing& listing,
    const std::optional<client::LedgerFile>& ledger
) {
    const auto path = journal_path(options, folder);
    if (auto apart = check_apart(options, path); !apart) return std::unexpected(apart.error());
    auto state = client::Journal::look(world.files, path, owner);
    if (!state) return std::unexpected(std::move(state.error()));
    const bool begun = !state->session.empty();
    if (begun) {
        auto checked = check_session(options, *state, path);
        if (!checked) return std::unexpected(std::move(checked.error()));
    } else {
        state->session = owner.session;
    }
    client::Knowledge knowledge{.listing = listing, .journal = std::move(*state), .begun = begun};
    if (!ledger) return knowledge;
    for (const auto& record : ledger->news_for(knowledge.journal, listing)) {
        client::apply(knowledge.journal, record);
    }
    knowledge.failed_elsewhere = [&ledger](const std::string& file) {
        return ledger->says_failed(file);
    };
    return knowledge;
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
