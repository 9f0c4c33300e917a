#include "client/upload/file_upload.hpp"
#include "wire/http_date.hpp"

#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <fmt/format.h>

#include <algorithm>

// Whether a file is what it was when its upload began, by the journal and by the disk.

namespace sfmkit::client {
namespace {

using platform::Errc;
using platform::Error;
using platform::Result;
namespace sfm = wire::sfm;

/// After this much hashing the other uploads get their turn.
constexpr std::size_t hash_piece_bytes = 1 << 20;
Error changed_file(const ExportFile& file, std::string expected, std::string actual) {
    return {
        .code = Errc::changed,
        .what = "the file is not what it was when its upload began",
        .where = file.path.string(),
        .expected = std::move(expected),
        .actual = std::move(actual),
        .next =
            "restore the file, or start the whole export over with another --journal (and "
            "--ledger)"
    };
}

std::string describe_content(const Fingerprint& content) {
    if (!content.sha256.empty()) {
        return fmt::format("{} bytes, SHA-256 {}", content.size_bytes, content.sha256);
    }
    const auto modified = std::chrono::floor<std::chrono::seconds>(content.modified);
    return fmt::format(
        "{} bytes, last written by {}", content.size_bytes, wire::print_http_date(modified)
    );
}

Error refused_earlier(const ExportFile& file) {
    return {
        .code = Errc::refused,
        .what = "the server refused this file in an earlier run",
        .where = file.path.string(),
        .expected = "a reason to believe that it takes the file now",
        .actual = "none given",
        .next = "remove the cause, then run with --only-failed"
    };
}

}  // namespace

boost::asio::awaitable<bool> FileUpload::compare_with_journal() {
    const JournalFile* known = run_.journal.find(file_.name);
    const bool looks_the_same = known != nullptr &&
                                known->fingerprint.size_bytes == file_.size_bytes &&
                                known->fingerprint.modified == file_.modified;
    if (looks_the_same && known->completed) {
        outcome_.result = FileResult::already_done;
        run_.observer.bytes_found(file_, file_.size_bytes);
        co_return false;
    }
    // Without the organisation file there is no run, so that one is always tried again.
    const bool refused = known != nullptr && known->trouble == Trouble::refused &&
                         file_.kind != sfm::FileKind::organisation;
    if (refused && !run_.settings.retry_refused) {
        end_with(FileResult::refused, refused_earlier(file_));
        co_return false;
    }
    auto current = co_await fingerprint();
    if (!current) {
        end_unread(std::move(current.error()));
        co_return false;
    }
    fingerprint_ = std::move(*current);
    if (known == nullptr || (!known->completed && !known->upload)) co_return true;
    if (looks_the_same && known->fingerprint.sha256.empty()) {
        // Another program began it and took no digest; from here on there is one.
        check(run_.journal.note_adopted(file_.name, fingerprint_, *known->upload, 0));
        co_return !run_.fatal;
    }
    const bool same_content = known->fingerprint.size_bytes == fingerprint_.size_bytes &&
                              known->fingerprint.sha256 == fingerprint_.sha256;
    if (!same_content) {
        end_changed(describe_content(known->fingerprint), describe_content(fingerprint_));
        co_return false;
    }
    if (known->completed) {
        outcome_.result = FileResult::already_done;
        run_.observer.bytes_found(file_, file_.size_bytes);
    }
    co_return !known->completed;
}

boost::asio::awaitable<Result<Fingerprint>> FileUpload::fingerprint() {
    const auto executor = co_await boost::asio::this_coro::executor;
    auto opened = run_.world.files.open_for_reading(file_.path);
    if (!opened) co_return std::unexpected(std::move(opened.error()));
    content_ = std::move(*opened);
    platform::Digest digest(*run_.world.algorithms.sha256);
    slot_.chunk.resize(std::max<std::size_t>(hash_piece_bytes, slot_.chunk.size()));
    std::uint64_t hashed = 0;
    while (true) {
        const auto target = platform::MutableBytes(slot_.chunk).first(hash_piece_bytes);
        const auto count = content_->read_at(hashed, target);
        if (!count) co_return std::unexpected(count.error());
        digest.update(platform::Bytes(target).first(*count));
        hashed += *count;
        if (*count < target.size()) break;
        co_await boost::asio::post(executor, boost::asio::use_awaitable);
    }
    Fingerprint result{file_.size_bytes, file_.modified, platform::to_hex(digest.finish())};
    if (hashed == file_.size_bytes) co_return result;
    Error error = changed_file(
        file_, fmt::format("{} bytes", file_.size_bytes), fmt::format("{} bytes", hashed)
    );
    co_return std::unexpected(std::move(error));
}

bool FileUpload::is_unchanged() {
    const auto status = run_.world.files.status(file_.path);
    if (!status) {
        end_unread(status.error());
        return false;
    }
    const bool same = *status && (*status)->size_bytes == file_.size_bytes &&
                      (*status)->modified == file_.modified;
    if (same) return true;
    const std::string actual =
        *status ? fmt::format("{} bytes, or written since", (*status)->size_bytes) : "no file";
    end_changed(fmt::format("{} bytes, untouched", file_.size_bytes), actual);
    return false;
}

void FileUpload::end_unread(Error error) {
    const bool for_good = error.code == Errc::changed || error.code == Errc::not_found;
    end_with(for_good ? FileResult::refused : FileResult::run_again, std::move(error));
}

void FileUpload::end_changed(std::string expected, std::string actual) {
    end_with(FileResult::refused, changed_file(file_, std::move(expected), std::move(actual)));
}

}  // namespace sfmkit::client
