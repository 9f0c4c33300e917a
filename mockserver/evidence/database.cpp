#include "mockserver/evidence/database.hpp"

#include <sqlite3.h>
#include <system_error>
#include <utility>

namespace sfmkit::mockserver {
namespace {

sqlite3* database_of(void* database) {
    return static_cast<sqlite3*>(database);
}

sqlite3_stmt* statement_of(void* statement) {
    return static_cast<sqlite3_stmt*>(statement);
}

platform::Errc code_of(int code) {
    switch (code & 0xff) {
        case SQLITE_FULL:
            return platform::Errc::disk_full;
        case SQLITE_NOTADB:
        case SQLITE_CANTOPEN:
        case SQLITE_READONLY:
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return platform::Errc::usage;
        case SQLITE_CORRUPT:
            return platform::Errc::malformed;
        case SQLITE_IOERR:
            return platform::Errc::input_output;
        case SQLITE_PERM:
            return platform::Errc::not_permitted;
        default:
            return platform::Errc::internal;
    }
}

}  // namespace

Statement::Statement(Statement&& other) noexcept
    : statement_(std::exchange(other.statement_, nullptr)) {}

Statement& Statement::operator=(Statement&& other) noexcept {
    std::swap(statement_, other.statement_);
    return *this;
}

Statement::~Statement() {
    sqlite3_finalize(statement_of(statement_));
}

void Statement::bind(int parameter, std::string_view text) {
    // An empty view may have no address, which SQLite would take for NULL.
    const char* const bytes = text.empty() ? "" : text.data();
    sqlite3_bind_text(
        statement_of(statement_), parameter, bytes, static_cast<int>(text.size()), nullptr
    );
}

void Statement::bind(int parameter, std::uint64_t number) {
    bind(parameter, static_cast<std::int64_t>(number));
}

void Statement::bind(int parameter, std::int64_t number) {
    sqlite3_bind_int64(statement_of(statement_), parameter, number);
}

void Statement::bind(int parameter, const std::optional<std::uint64_t>& number) {
    if (number) {
        bind(parameter, *number);
    } else {
        sqlite3_bind_null(statement_of(statement_), parameter);
    }
}

platform::Result<bool> Statement::step() {
    const int code = sqlite3_step(statement_of(statement_));
    if (code == SQLITE_ROW) return true;
    sqlite3_reset(statement_of(statement_));
    if (code == SQLITE_DONE) return false;
    return platform::fail({
        .code = code_of(code),
        .what = std::string("the evidence cannot be used: ") + sqlite3_errstr(code),
    });
}

void Statement::reset() noexcept {
    sqlite3_reset(statement_of(statement_));
    sqlite3_clear_bindings(statement_of(statement_));
}

std::string Statement::text(int column) const {
    sqlite3_stmt* const statement = statement_of(statement_);
    const auto* const bytes = static_cast<const char*>(sqlite3_column_blob(statement, column));
    const int size = sqlite3_column_bytes(statement, column);
    return bytes == nullptr ? std::string() : std::string(bytes, static_cast<std::size_t>(size));
}

std::int64_t Statement::number(int column) const {
    return sqlite3_column_int64(statement_of(statement_), column);
}

std::optional<std::uint64_t> Statement::optional_number(int column) const {
    sqlite3_stmt* const statement = statement_of(statement_);
    if (sqlite3_column_type(statement, column) == SQLITE_NULL) return std::nullopt;
    return static_cast<std::uint64_t>(sqlite3_column_int64(statement, column));
}

Database::Database(Database&& other) noexcept
    : database_(std::exchange(other.database_, nullptr)), path_(std::move(other.path_)) {}

Database::~Database() {
    sqlite3_close_v2(database_of(database_));
}

platform::Error Database::explain(int code, const char* what) const {
    sqlite3* const database = database_of(database_);
    // SQLite tells of a full disk as such only when it is the main file that does not grow.
    constexpr int no_space = static_cast<int>(std::errc::no_space_on_device);
    const bool is_full =
        (code & 0xff) == SQLITE_IOERR && sqlite3_system_errno(database) == no_space;
    const int told = is_full ? SQLITE_FULL : code;
    const char* const text = is_full ? sqlite3_errstr(SQLITE_FULL) : sqlite3_errmsg(database);
    const bool lacks_space = (told & 0xff) == SQLITE_FULL;
    return {
        .code = code_of(told),
        .what = std::string(what) + ": " + text,
        .where = path_.string(),
        .expected = lacks_space ? "" : "a file with evidence that sfmkit made, or none",
        .next = std::string(lacks_space ? "free space" : "move it away") +
                ", or give another folder: sfmkit serve --data-dir FOLDER",
    };
}

platform::Result<Database> Database::open(const std::filesystem::path& path, Mode mode) {
    const int flags =
        mode == Mode::create ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY;
    sqlite3* opened = nullptr;
    const std::u8string name = path.u8string();
    const std::string text(name.begin(), name.end());
    const int code = sqlite3_open_v2(text.c_str(), &opened, flags | SQLITE_OPEN_NOMUTEX, nullptr);
    Database database(opened, path);
    if (code != SQLITE_OK) {
        return platform::fail(database.explain(code, "cannot open the evidence"));
    }
    constexpr int patience_ms = 5000;
    sqlite3_busy_timeout(opened, patience_ms);
    return database;
}

platform::Result<void> Database::run(const std::string& sql) {
    const int code = sqlite3_exec(database_of(database_), sql.c_str(), nullptr, nullptr, nullptr);
    if (code == SQLITE_OK) return {};
    return platform::fail(explain(code, "cannot use the evidence"));
}

platform::Result<Statement> Database::prepare(std::string_view sql) {
    sqlite3_stmt* made = nullptr;
    const int code = sqlite3_prepare_v3(
        database_of(database_),
        sql.data(),
        static_cast<int>(sql.size()),
        SQLITE_PREPARE_PERSISTENT,
        &made,
        nullptr
    );
    if (code != SQLITE_OK) return platform::fail(explain(code, "cannot use the evidence"));
    Statement statement;
    statement.statement_ = made;
    return statement;
}

platform::Result<std::int64_t> Database::ask(const std::string& sql) {
    auto statement = prepare(sql);
    if (!statement) return std::unexpected(statement.error());
    const auto row = statement->step();
    // The first look at a file tells whether it is one of SQLite's at all.
    if (!row) {
        const int code = sqlite3_errcode(database_of(database_));
        return platform::fail(explain(code, "cannot use the evidence"));
    }
    return *row ? statement->number(0) : 0;
}

std::uint64_t Database::last_row() const noexcept {
    return static_cast<std::uint64_t>(sqlite3_last_insert_rowid(database_of(database_)));
}

}  // namespace sfmkit::mockserver
