#pragma once

#include "client/upload/export_listing.hpp"
#include "client/upload/journal_record.hpp"

#include <functional>
#include <string_view>
#include <vector>

namespace sfmkit::client {

/// What the earlier runs left of a file, as far as size and time tell: no content is read.
enum class Standing {
    fresh,         ///< nobody has begun it
    begun,         ///< its upload goes on
    done,          ///< uploaded
    failed,        ///< the last try ended with an error that may pass
    refused,       ///< by the server
    changed,       ///< not what it was when its upload began: will be refused
    written_since  ///< its bytes will decide whether it is the same
};
std::string_view name_of(Standing standing) noexcept;

/// What a run would do with a file.
struct Prospect {
    const ExportFile* file = nullptr;
    Standing standing = Standing::fresh;
    bool has_upload = false;  ///< on the server, by what is known
    bool failed = false;      ///< the last try of it, for whatever reason
    bool sent = false;        ///< in this run, if all goes well
};

/// What is known of an export before a run. The listing outlives it.
struct Knowledge {
    const ExportListing& listing;
    JournalState journal;  ///< with what a ledger adds; the session is never empty
    bool begun = false;    ///< an earlier run has begun the journal
    /// Whether another memory than the journal says that the last try failed.
    std::function<bool(const std::string&)> failed_elsewhere{};
};

/// In the order in which files are sent. only_failed: nothing else than what failed is sent, and
/// the organisation file before it if it is not complete.
std::vector<Prospect> foresee(const Knowledge& knowledge, bool only_failed);

/// A listing in two parts.
struct Selection {
    ExportListing chosen;
    std::vector<ExportFile> left_out;
};

/// Chosen are the organisation file, what failed and what is uploaded already; what nobody has
/// finished or failed is left out.
Selection select_failed(const Knowledge& knowledge);

}  // namespace sfmkit::client
