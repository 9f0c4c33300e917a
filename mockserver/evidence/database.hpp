#pragma once

#include "platform/result.hpp"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace sfmkit::mockserver {

/// A prepared statement. Parameters are numbered from 1, columns from 0.
class Statement {
  public:
    Statement() = default;
    Statement(Statement&& other) noexcept;
    Statement& operator=(Statement&& other) noexcept;
    ~Statement();

    /// The text must live until the next step().
    void bind(int parameter, std::string_view text);
    void bind(int parameter, std::uint64_t number);
    void bind(int parameter, std::int64_t number);
    void bind(int parameter, const std::optional<std::uint64_t>& number);
    /// True when there is a row; false at the end, after which the statement is ready anew.
    platform::Result<bool> step();
    void reset() noexcept;

    std::string text(int column) const;
    std::int64_t number(int column) const;
    std::optional<std::uint64_t> optional_number(int column) const;

  private:
    friend class Database;
    void* statement_ = nullptr;  ///< of SQLite
};

/// One SQLite file.
class Database {
  public:
    enum class Mode { create, read_only };

    Database(Database&& other) noexcept;
    Database& operator=(Database&&) = delete;
    ~Database();

    /// Errors name the file; a file that is none of SQLite's is Errc::usage.
    static platform::Result<Database> open(const std::filesystem::path& path, Mode mode);

    platform::Result<void> run(const std::string& sql);
    platform::Result<Statement> prepare(std::string_view sql);
    /// The first column of the first row; 0 when there is none.
    platform::Result<std::int64_t> ask(const std::string& sql);
    std::uint64_t last_row() const noexcept;

  private:
    Database(void* database, std::filesystem::path path)
        : database_(database), path_(std::move(path)) {}
    platform::Error explain(int code, const char* what) const;

    void* database_ = nullptr;  ///< of SQLite
    std::filesystem::path path_;
};

}  // namespace sfmkit::mockserver
