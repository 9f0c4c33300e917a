#include "mockserver/evidence/sqlite_evidence.hpp"

#include "mockserver/evidence/evidence_schema.hpp"
#include "platform/log.hpp"
#include "wire/sfm_names.hpp"
#include "wire/tus_headers.hpp"

#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <fmt/format.h>

#include <utility>

namespace sfmkit::mockserver {
namespace {

using platform::Result;

constexpr int turns_of_a_transaction = 3;

std::int64_t milliseconds(platform::WallTime time) {
    return time.time_since_epoch().count();
}

std::string place_text(const findings::Place& place) {
    std::string text = place.entry;
    if (place.byte_offset) text += fmt::format("@{}", *place.byte_offset);
    if (place.line) text += fmt::format(":{}", *place.line);
    if (place.column) text += fmt::format(":{}", *place.column);
    if (!place.xpath.empty()) text += " " + place.xpath;
    return text;
}

std::string joined(const std::vector<std::string>& names) {
    std::string text;
    for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
    return text;
}

struct UploadNames {
    std::string session{};
    std::string name{};
    std::string file_type{};
};

UploadNames names_in(std::string_view metadata) {
    UploadNames names;
    const auto pairs = wire::parse_metadata_as_tusdotnet(metadata);
    if (!pairs) return names;
    for (const wire::MetadataPair& pair : *pairs) {
        const std::string value(platform::as_text(pair.value));
        if (pair.key == wire::sfm::metadata_session_id) names.session = value;
        if (pair.key == wire::sfm::metadata_name) names.name = value;
        if (pair.key == wire::sfm::metadata_file_type) names.file_type = value;
    }
    return names;
}

/// Makes the tables of a new file; refuses what is not ours.
Result<void> prepare_tables(Database& database, const std::filesystem::path& path) {
    const auto application = database.ask("PRAGMA application_id");
    if (!application) return std::unexpected(application.error());
    const auto version = database.ask("PRAGMA user_version");
    if (!version) return std::unexpected(version.error());
    const auto tables = database.ask("SELECT count(*) FROM sqlite_master");
    if (!tables) return std::unexpected(tables.error());
    if (*tables == 0) {
        return database.run(fmt::format(
            "BEGIN; PRAGMA application_id = {}; PRAGMA user_version = {}; {} COMMIT",
            evidence_application_id,
            evidence_version,
            evidence_tables
        ));
    }
    if (*application == evidence_application_id && *version == evidence_version) return {};
    return platform::fail({
        .code = platform::Errc::usage,
        .what = "the evidence is not from this version of sfmkit",
        .where = path.string(),
        .expected = fmt::format("evidence of version {}", evidence_version),
        .actual = *application == evidence_application_id ? fmt::format("version {}", *version)
                                                          : std::string("another database"),
        .next = "move it away, or give another folder: sfmkit serve --data-dir FOLDER",
    });
}

}  // namespace

struct SqliteEvidence::State {
    State(Database opened, const platform::Clock& time, boost::asio::any_io_executor on)
        : database(std::move(opened)), clock(time), executor(std::move(on)) {}

    Result<void> prepare_statements();
    Result<void> start_run();
    void end_run();
    /// Runs a statement inside the transaction of this turn.
    void add(Statement& statement);
    void commit();
    void commit_in(int turns);
    void lose(const platform::Error& error);
    void keep_gap();

    Database database;
    const platform::Clock& clock;
    boost::asio::any_io_executor executor;
    std::weak_ptr<State> self;
    RunFacts facts;
    Statement add_request;
    Statement add_upload_event;
    Statement add_finding;
    Statement add_fault;
    Statement begin;
    Statement end;
    std::uint64_t run = 0;
    std::uint64_t commits = 0;
    bool open = false;      ///< a transaction is
    bool lost = false;      ///< something could not be written
    bool gap_told = false;  ///< the open transaction, or one before, says that something was lost
};

Result<void> SqliteEvidence::State::prepare_statements() {
    const std::pair<Statement*, const char*> rows[] = {
        {&add_request,
         "INSERT INTO log(kind,run,connection,number,peer,method,target,fields,upload,status,"
         "answer_head,answer_text,body_bytes,offset_before,offset_after,checksum,auth,faults,end,"
         "arrived,at,token) "
         "VALUES('request',?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15,?16,?17,"
         "?18,?19,?20,?21)"},
        {&add_upload_event,
         "INSERT INTO log(run,at,kind,upload,length,metadata,session,name,file_type) "
         "VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9)"},
        {&add_finding,
         "INSERT INTO log(kind,run,at,connection,number,upload,rule,severity,file,place,expected,"
         "actual,message,next) VALUES('finding',?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13)"},
        {&add_fault,
         "INSERT INTO log(kind,run,at,connection,number,upload,name) "
         "VALUES('fault',?1,?2,?3,?4,?5,?6)"},
        {&begin, "BEGIN IMMEDIATE"},
        {&end, "COMMIT"},
    };
    for (const auto& [statement, sql] : rows) {
        auto made = database.prepare(sql);
        if (!made) return std::unexpected(made.error());
        *statement = std::move(*made);
    }
    return {};
}

Result<void> SqliteEvidence::State::start_run() {
    auto add_run = database.prepare("INSERT INTO runs VALUES(NULL,?1,NULL,?2,?3,?4,0)");
    if (!add_run) return std::unexpected(add_run.error());
    add_run->bind(1, milliseconds(clock.wall_now()));
    add_run->bind(2, facts.version);
    add_run->bind(3, facts.imitates);
    add_run->bind(4, facts.seed);
    if (auto added = add_run->step(); !added) return std::unexpected(added.error());
    run = database.last_row();
    lost = false;
    gap_told = false;
    return {};
}

void SqliteEvidence::State::end_run() {
    commit();
    const auto ended = database.run(fmt::format(
        "UPDATE runs SET ended = {}, gap = {} WHERE id = {}",
        milliseconds(clock.wall_now()),
        lost ? 1 : 0,
        run
    ));
    if (!ended) lose(ended.error());
}

void SqliteEvidence::State::add(Statement& statement) {
    if (!open) {
        const auto begun = begin.step();
        if (!begun) return lose(begun.error());
        open = true;
        if (lost) keep_gap();
        commit_in(turns_of_a_transaction);
    }
    const auto added = statement.step();
    statement.reset();
    if (!added) lose(added.error());
}

/// A few turns of the loop share a transaction: what becomes ready meanwhile costs little more.
void SqliteEvidence::State::commit_in(int turns) {
    boost::asio::post(executor, [weak = self, turns] {
        const auto state = weak.lock();
        if (!state) return;
        if (turns > 1) return state->commit_in(turns - 1);
        state->commit();
    });
}

void SqliteEvidence::State::commit() {
    if (!open) return;
    open = false;
    ++commits;
    if (auto kept = end.step(); !kept) {
        lose(kept.error());
        gap_told = false;
        (void)database.run("ROLLBACK");
    }
}

/// As soon as writing works again, because the end of the run may never be written.
void SqliteEvidence::State::keep_gap() {
    if (gap_told) return;
    const auto told = database.run(fmt::format("UPDATE runs SET gap = 1 WHERE id = {}", run));
    gap_told = told.has_value();
}

/// A run with a gap proves nothing about what is missing. Others who hold the file are not waited
/// for any more: each request would stand still.
void SqliteEvidence::State::lose(const platform::Error& error) {
    if (std::exchange(lost, true)) return;
    (void)database.run("PRAGMA busy_timeout = 0");
    platform::log_error("evidence is lost from here on: " + platform::describe(error));
}

Result<std::unique_ptr<SqliteEvidence>> SqliteEvidence::open(
    const std::filesystem::path& data_dir,
    const RunFacts& facts,
    const platform::Clock& clock,
    boost::asio::any_io_executor executor
) {
    const std::filesystem::path path = evidence_file(data_dir);
    auto database = Database::open(path, Database::Mode::create);
    if (!database) return std::unexpected(database.error());
    // Handed to the operating system is enough against the end of the process.
    const std::string pragmas = fmt::format(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = {}; PRAGMA locking_mode = NORMAL",
        facts.survives_power_loss ? "FULL" : "OFF"
    );
    if (auto set = database->run(pragmas); !set) return std::unexpected(set.error());
    if (auto ready = prepare_tables(*database, path); !ready) {
        return std::unexpected(ready.error());
    }
    auto state = std::make_shared<State>(std::move(*database), clock, std::move(executor));
    state->self = state;
    state->facts = facts;
    if (auto ready = state->prepare_statements(); !ready) return std::unexpected(ready.error());
    if (auto begun = state->start_run(); !begun) return std::unexpected(begun.error());
    return std::unique_ptr<SqliteEvidence>(new SqliteEvidence(std::move(state)));
}

SqliteEvidence::~SqliteEvidence() {
    state_->end_run();
}

void SqliteEvidence::request_ended(const RequestEvidence& request) {
    const std::string faults = joined(request.faults);
    Statement& row = state_->add_request;
    row.bind(1, state_->run);
    row.bind(2, request.connection);
    row.bind(3, request.request);
    row.bind(4, request.peer);
    row.bind(5, request.method);
    row.bind(6, request.target);
    row.bind(7, request.fields);
    row.bind(8, request.upload_id);
    row.bind(9, static_cast<std::int64_t>(request.status));
    row.bind(10, request.answer_head);
    row.bind(11, request.answer_text);
    row.bind(12, request.body_bytes);
    row.bind(13, request.offset_before);
    row.bind(14, request.offset_after);
    row.bind(15, name_of(request.checksum));
    row.bind(16, request.auth);
    row.bind(17, faults);
    row.bind(18, name_of(request.end));
    row.bind(19, milliseconds(request.arrived));
    row.bind(20, milliseconds(request.ended));
    row.bind(21, request.token);
    state_->add(row);
}

void SqliteEvidence::tell_upload(std::string_view what, const Upload& upload) {
    const UploadNames names = names_in(upload.metadata);
    Statement& row = state_->add_upload_event;
    row.bind(1, state_->run);
    row.bind(2, milliseconds(state_->clock.wall_now()));
    row.bind(3, what);
    row.bind(4, upload.id);
    if (upload.length_bytes) {
        row.bind(5, *upload.length_bytes);
    } else {
        row.bind(5, std::optional<std::uint64_t>());
    }
    row.bind(6, upload.metadata);
    row.bind(7, names.session);
    row.bind(8, names.name);
    row.bind(9, names.file_type);
    state_->add(row);
}

void SqliteEvidence::upload_created(const Upload& upload) {
    tell_upload("created", upload);
}

void SqliteEvidence::upload_finished(const Upload& upload) {
    tell_upload("finished", upload);
}

void SqliteEvidence::upload_removed(const std::string& upload_id) {
    Upload gone;
    gone.id = upload_id;
    tell_upload("removed", gone);
}

void SqliteEvidence::refused(const findings::Finding& reason, const FoundAt& at) {
    found(reason, at);
}

void SqliteEvidence::found(const findings::Finding& finding, const FoundAt& at) {
    const std::string place = place_text(finding.place);
    Statement& row = state_->add_finding;
    row.bind(1, state_->run);
    row.bind(2, milliseconds(state_->clock.wall_now()));
    row.bind(3, at.connection);
    row.bind(4, at.request);
    row.bind(5, at.upload_id);
    row.bind(6, finding.rule);
    row.bind(7, findings::name_of(finding.severity));
    row.bind(8, finding.file);
    row.bind(9, place);
    row.bind(10, finding.expected);
    row.bind(11, finding.actual);
    row.bind(12, finding.message);
    row.bind(13, finding.next);
    state_->add(row);
}

void SqliteEvidence::fault_struck(const std::string& name, const FoundAt& at) {
    Statement& row = state_->add_fault;
    row.bind(1, state_->run);
    row.bind(2, milliseconds(state_->clock.wall_now()));
    row.bind(3, at.connection);
    row.bind(4, at.request);
    row.bind(5, at.upload_id);
    row.bind(6, name);
    state_->add(row);
}

boost::asio::awaitable<void> SqliteEvidence::kept() {
    const std::shared_ptr<State> state = state_;
    const std::uint64_t before = state->commits;
    const auto token = boost::asio::use_awaitable;
    while (state->open && state->commits == before) {
        co_await boost::asio::post(state->executor, token);
    }
}

std::uint64_t SqliteEvidence::commits() const noexcept {
    return state_->commits;
}

std::uint64_t SqliteEvidence::run() const noexcept {
    return state_->run;
}

void SqliteEvidence::begin_run() {
    state_->end_run();
    if (auto begun = state_->start_run(); !begun) state_->lose(begun.error());
}

}  // namespace sfmkit::mockserver
