#include "mockserver/evidence/evidence_reader.hpp"

#include "mockserver/evidence/evidence_schema.hpp"

#include <fmt/format.h>

#include <array>
#include <map>
#include <utility>

namespace sfmkit::mockserver {
namespace {

using platform::Result;
using platform::WallTime;

WallTime time_of(std::int64_t milliseconds) {
    return WallTime(platform::Duration(milliseconds));
}

std::uint64_t count_of(const Statement& row, int column) {
    return static_cast<std::uint64_t>(row.number(column));
}

template <class Name, std::size_t count>
Name named(const std::array<Name, count>& all, const std::string& name) {
    for (const Name each : all) {
        if (name_of(each) == name) return each;
    }
    return all.front();
}

constexpr std::array checksum_verdicts = {
    ChecksumVerdict::none,
    ChecksumVerdict::matched,
    ChecksumVerdict::mismatched,
    ChecksumVerdict::not_compared
};
constexpr std::array request_ends = {
    RequestEnd::answered, RequestEnd::client_left, RequestEnd::silenced
};
constexpr std::array severities = {
    findings::Severity::error, findings::Severity::warning, findings::Severity::info
};

std::vector<std::string> split(const std::string& text) {
    std::vector<std::string> parts;
    std::size_t begin = 0;
    while (begin < text.size()) {
        const std::size_t end = std::min(text.find(", ", begin), text.size());
        parts.push_back(text.substr(begin, end - begin));
        begin = end + 2;
    }
    return parts;
}

/// Which rows of a page come behind ?1, and in which order.
const char* behind(Order order) {
    return order == Order::oldest ? "id > ?1" : "(?1 = 0 OR id < ?1)";
}
const char* sorted(Order order) {
    return order == Order::oldest ? " ORDER BY id" : " ORDER BY id DESC";
}

constexpr const char* finding_columns =
    "SELECT id, run, at, connection, request, upload, rule, severity, file, place, expected, "
    "actual, message, next FROM findings";
constexpr const char* request_columns =
    "SELECT id, run, connection, number, peer, method, target, fields, upload, status, "
    "answer_head, answer_text, body_bytes, offset_before, offset_after, checksum, auth, faults, "
    "end, arrived, ended, token FROM requests";

RequestRow request_of(const Statement& row) {
    RequestRow out;
    out.id = count_of(row, 0);
    out.run = count_of(row, 1);
    RequestEvidence& request = out.request;
    request.connection = count_of(row, 2);
    request.request = count_of(row, 3);
    request.peer = row.text(4);
    request.method = row.text(5);
    request.target = row.text(6);
    request.fields = row.text(7);
    request.upload_id = row.text(8);
    request.status = static_cast<int>(row.number(9));
    request.answer_head = row.text(10);
    request.answer_text = row.text(11);
    request.body_bytes = count_of(row, 12);
    request.offset_before = row.optional_number(13);
    request.offset_after = row.optional_number(14);
    request.checksum = named(checksum_verdicts, row.text(15));
    request.auth = row.text(16);
    request.faults = split(row.text(17));
    request.end = named(request_ends, row.text(18));
    request.arrived = time_of(row.number(19));
    request.ended = time_of(row.number(20));
    request.token = row.text(21);
    return out;
}

/// All rows of a statement, each made by a function.
template <class Row>
Result<std::vector<Row>> rows_of(Statement& statement, Row (*make)(const Statement&)) {
    std::vector<Row> rows;
    while (true) {
        const auto there = statement.step();
        if (!there) return std::unexpected(there.error());
        if (!*there) return rows;
        rows.push_back(make(statement));
    }
}

RunRow run_of(const Statement& row) {
    RunRow out;
    out.id = count_of(row, 0);
    out.started = time_of(row.number(1));
    if (const auto ended = row.optional_number(2)) {
        out.ended = time_of(static_cast<std::int64_t>(*ended));
    }
    out.version = row.text(3);
    out.imitates = row.text(4);
    out.seed = count_of(row, 5);
    out.gap = row.number(6) != 0;
    return out;
}

FindingRow finding_of(const Statement& row) {
    FindingRow out;
    out.id = count_of(row, 0);
    out.run = count_of(row, 1);
    out.at = time_of(row.number(2));
    out.where = {
        .connection = count_of(row, 3), .request = count_of(row, 4), .upload_id = row.text(5)
    };
    out.finding.rule = row.text(6);
    out.finding.severity = named(severities, row.text(7));
    out.finding.file = row.text(8);
    out.finding.place.xpath = row.text(9);
    out.finding.expected = row.text(10);
    out.finding.actual = row.text(11);
    out.finding.message = row.text(12);
    out.finding.next = row.text(13);
    return out;
}

FaultRow fault_of(const Statement& row) {
    FaultRow out;
    out.id = count_of(row, 0);
    out.run = count_of(row, 1);
    out.at = time_of(row.number(2));
    out.where = {
        .connection = count_of(row, 3), .request = count_of(row, 4), .upload_id = row.text(5)
    };
    out.name = row.text(6);
    return out;
}

platform::Error foreign(const std::filesystem::path& path) {
    return {
        .code = platform::Errc::usage,
        .what = "the evidence is not from this version of sfmkit",
        .where = path.string(),
        .expected = fmt::format("evidence of version {}", evidence_version),
        .next = "read it with the version that wrote it",
    };
}

}  // namespace

Result<EvidenceReader> EvidenceReader::open(const std::filesystem::path& data_dir) {
    const std::filesystem::path path = evidence_file(data_dir);
    auto database = Database::open(path, Database::Mode::read_only);
    if (!database) {
        return platform::fail({
            .code = platform::Errc::not_found,
            .what = "there is no evidence",
            .where = path.string(),
            .expected = "the data directory of a server",
            .next = "sfmkit serve --data-dir FOLDER makes one",
        });
    }
    const auto application = database->ask("PRAGMA application_id");
    const auto version = database->ask("PRAGMA user_version");
    if (!application) return std::unexpected(application.error());
    if (!version) return std::unexpected(version.error());
    if (*application != evidence_application_id || *version != evidence_version) {
        return platform::fail(foreign(path));
    }
    return EvidenceReader(std::move(*database));
}

Result<std::vector<RunRow>> EvidenceReader::runs() {
    auto statement = database_.prepare(
        "SELECT id, started, ended, version, imitates, seed, gap FROM runs ORDER BY id"
    );
    if (!statement) return std::unexpected(statement.error());
    return rows_of<RunRow>(*statement, run_of);
}

Result<std::vector<RequestRow>> EvidenceReader::requests(const RequestQuery& query) {
    std::string sql = fmt::format("{} WHERE {}", request_columns, behind(query.order));
    if (query.run > 0) sql += " AND run = ?2";
    if (!query.upload.empty()) sql += " AND upload = ?3";
    if (!query.session.empty()) {
        sql += " AND upload IN (SELECT upload FROM upload_events WHERE session = ?4)";
    }
    if (!query.method.empty()) sql += " AND method = ?5";
    if (query.status) sql += " AND status = ?6";
    if (query.with_faults) sql += " AND faults <> ''";
    sql += fmt::format("{} LIMIT ?7", sorted(query.order));
    auto statement = database_.prepare(sql);
    if (!statement) return std::unexpected(statement.error());
    statement->bind(1, query.after);
    statement->bind(2, query.run);
    statement->bind(3, query.upload);
    statement->bind(4, query.session);
    statement->bind(5, query.method);
    statement->bind(6, static_cast<std::int64_t>(query.status.value_or(0)));
    statement->bind(7, query.most);
    return rows_of<RequestRow>(*statement, request_of);
}

Result<std::optional<RequestRow>> EvidenceReader::request(std::uint64_t id) {
    auto statement = database_.prepare(std::string(request_columns) + " WHERE id = ?1");
    if (!statement) return std::unexpected(statement.error());
    statement->bind(1, id);
    auto rows = rows_of<RequestRow>(*statement, request_of);
    if (!rows) return std::unexpected(rows.error());
    if (rows->empty()) return std::optional<RequestRow>();
    return std::optional<RequestRow>(std::move(rows->front()));
}

Result<std::vector<UploadRow>> EvidenceReader::uploads(std::uint64_t run) {
    auto statement = database_.prepare(
        "SELECT upload, run, at, what, length, metadata, session, name, file_type "
        "FROM upload_events WHERE ?1 = 0 OR run = ?1 ORDER BY id"
    );
    if (!statement) return std::unexpected(statement.error());
    statement->bind(1, run);
    std::vector<UploadRow> uploads;
    std::map<std::pair<std::uint64_t, std::string>, std::size_t> known;
    while (true) {
        const auto there = statement->step();
        if (!there) return std::unexpected(there.error());
        if (!*there) return uploads;
        const std::string id = statement->text(0);
        const std::uint64_t of_run = count_of(*statement, 1);
        const auto [place, is_new] = known.try_emplace({of_run, id}, uploads.size());
        if (is_new) uploads.push_back({.id = id, .run = of_run});
        UploadRow& upload = uploads[place->second];
        const WallTime at = time_of(statement->number(2));
        const std::string what = statement->text(3);
        if (what == "removed") {
            upload.removed = at;
            continue;
        }
        (what == "created" ? upload.created : upload.finished) = at;
        upload.length_bytes = statement->optional_number(4);
        upload.metadata = statement->text(5);
        upload.session = statement->text(6);
        upload.name = statement->text(7);
        upload.file_type = statement->text(8);
    }
}

Result<std::vector<FindingRow>> EvidenceReader::findings(
    std::uint64_t run, std::uint64_t after, std::uint64_t most, Order order
) {
    auto statement = database_.prepare(fmt::format(
        "{} WHERE {} AND (?2 = 0 OR run = ?2){} LIMIT ?3",
        finding_columns,
        behind(order),
        sorted(order)
    ));
    if (!statement) return std::unexpected(statement.error());
    statement->bind(1, after);
    statement->bind(2, run);
    statement->bind(3, most);
    return rows_of<FindingRow>(*statement, finding_of);
}

Result<std::vector<FindingRow>> EvidenceReader::findings_of(const RequestRow& request) {
    auto statement = database_.prepare(fmt::format(
        "{} WHERE run = ?1 AND connection = ?2 AND request = ?3 ORDER BY id", finding_columns
    ));
    if (!statement) return std::unexpected(statement.error());
    statement->bind(1, request.run);
    statement->bind(2, request.request.connection);
    statement->bind(3, request.request.request);
    return rows_of<FindingRow>(*statement, finding_of);
}

Result<std::vector<FaultRow>> EvidenceReader::faults(
    std::uint64_t run, std::uint64_t after, std::uint64_t most
) {
    auto statement = database_.prepare(
        "SELECT id, run, at, connection, request, upload, name FROM faults "
        "WHERE id > ?1 AND (?2 = 0 OR run = ?2) ORDER BY id LIMIT ?3"
    );
    if (!statement) return std::unexpected(statement.error());
    statement->bind(1, after);
    statement->bind(2, run);
    statement->bind(3, most);
    return rows_of<FaultRow>(*statement, fault_of);
}

}  // namespace sfmkit::mockserver
