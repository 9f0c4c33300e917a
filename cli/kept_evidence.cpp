#include "cli/kept_evidence.hpp"

#include "findings/report_text.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sfmkit::cli {
namespace {

using mockserver::FaultRow;
using mockserver::FindingRow;
using mockserver::RequestRow;
using mockserver::RunRow;
using platform::Result;

constexpr std::uint64_t page_rows = 1000;

}  // namespace

Result<KeptEvidence> KeptEvidence::open(const std::string& data_dir) {
    auto reader = mockserver::EvidenceReader::open(data_dir);
    if (!reader) return std::unexpected(reader.error());
    KeptEvidence kept(std::move(*reader), data_dir);
    auto runs = kept.reader_.runs();
    if (!runs) return std::unexpected(runs.error());
    kept.runs_ = std::move(*runs);
    if (auto read = kept.read_marks(); !read) return std::unexpected(read.error());
    return kept;
}

Result<void> KeptEvidence::read_marks() {
    std::uint64_t after = 0;
    while (true) {
        auto page = reader_.findings(0, after, page_rows);
        if (!page) return std::unexpected(page.error());
        if (page->empty()) break;
        after = page->back().id;
        for (FindingRow& row : *page) {
            const RequestKey key{row.run, row.where.connection, row.where.request};
            findings_.emplace(key, std::move(row));
        }
    }
    after = 0;
    while (true) {
        const auto page = reader_.faults(0, after, page_rows);
        if (!page) return std::unexpected(page.error());
        if (page->empty()) break;
        after = page->back().id;
        for (const FaultRow& row : *page) {
            faults_.emplace(RequestKey{row.run, row.where.connection, row.where.request}, row.name);
        }
    }
    const auto uploads = reader_.uploads(0);
    if (!uploads) return std::unexpected(uploads.error());
    for (const auto& upload : *uploads) session_of_upload_[upload.id] = upload.session;
    return {};
}

Result<RunRow> KeptEvidence::run(std::uint64_t id) const {
    const auto found = id == 0 ? (runs_.empty() ? runs_.end() : std::prev(runs_.end()))
                               : std::ranges::find(runs_, id, &RunRow::id);
    if (found != runs_.end()) return *found;
    return platform::fail({
        .code = platform::Errc::usage,
        .what = "the evidence holds no such run",
        .where = data_dir_,
        .expected = runs_.empty() ? std::string("a server that was started")
                                  : fmt::format("1 to {}", runs_.back().id),
        .actual = id == 0 ? std::string("none at all") : fmt::format("run {}", id),
        .next = "sfmkit evidence log " + data_dir_ + " lists the runs",
    });
}

bool KeptEvidence::has_gap(std::uint64_t run) const {
    return std::ranges::any_of(runs_, [run](const RunRow& row) {
        return row.gap && (run == 0 || row.id == run);
    });
}

KeptEvidence::Told KeptEvidence::told(const RequestRow& row) const {
    Told told{.row = row, .findings = {}, .faults = row.request.faults};
    const RequestKey key{row.run, row.request.connection, row.request.request};
    const auto findings = findings_.equal_range(key);
    for (auto each = findings.first; each != findings.second; ++each) {
        told.findings.push_back(&each->second);
    }
    // Those that struck the connection, or after the end was told, stand in rows of their own.
    std::vector<std::string> known = told.faults;
    const auto faults = faults_.equal_range(key);
    for (auto each = faults.first; each != faults.second; ++each) {
        const auto same = std::ranges::find(known, each->second);
        if (same == known.end()) {
            told.faults.push_back(each->second);
        } else {
            known.erase(same);
        }
    }
    return told;
}

Result<void> KeptEvidence::for_each_request(
    mockserver::RequestQuery query, const Listener& listener
) {
    query.most = page_rows;
    while (true) {
        const auto page = reader_.requests(query);
        if (!page) return std::unexpected(page.error());
        if (page->empty()) return {};
        query.after = page->back().id;
        for (const RequestRow& row : *page) listener(told(row));
    }
}

std::vector<const FindingRow*> KeptEvidence::other_findings(const mockserver::RequestQuery& query
) const {
    std::vector<const FindingRow*> rows;
    for (const auto& [key, row] : findings_) {
        const std::string& upload = row.where.upload_id;
        if (row.where.request != 0) continue;
        if (query.run != 0 && row.run != query.run) continue;
        if (!query.upload.empty() && upload != query.upload) continue;
        if (!query.session.empty()) {
            const auto session = session_of_upload_.find(upload);
            if (session == session_of_upload_.end() || session->second != query.session) continue;
        }
        rows.push_back(&row);
    }
    std::ranges::sort(rows, {}, &FindingRow::id);
    return rows;
}

std::vector<HeaderLine> header_lines(const std::string& head) {
    std::vector<HeaderLine> lines;
    std::size_t begin = 0;
    while (begin < head.size()) {
        const std::size_t end = std::min(head.find("\r\n", begin), head.size());
        const std::string line = head.substr(begin, end - begin);
        begin = end + 2;
        const std::size_t colon = line.find(':');
        const bool is_status_line = line.starts_with("HTTP/") && line.find(' ') < colon;
        if (colon == std::string::npos || is_status_line) continue;
        const std::size_t value = std::min(line.find_first_not_of(" \t", colon + 1), line.size());
        lines.push_back({.name = line.substr(0, colon), .value = line.substr(value)});
    }
    return lines;
}

std::string describe_run(const RunRow& run) {
    const std::string end = run.ended ? "ended " + findings::timestamp(*run.ended)
                                      : "not ended: it runs, or was killed";
    return fmt::format(
        "run {} as {}, seed {}, sfmkit {}, began {}, {}{}",
        run.id,
        run.imitates,
        run.seed,
        run.version,
        findings::timestamp(run.started),
        end,
        run.gap ? "; SOMETHING COULD NOT BE KEPT: what is missing here proves nothing" : ""
    );
}

}  // namespace sfmkit::cli
