#include "verifier/ledger_reader.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <iterator>

namespace sfmkit::verifier {
namespace {

/// A ledger needs three.
constexpr std::size_t most_levels = 16;
/// Longer texts are kept to this length: no file type, status or path of an export is longer.
constexpr std::size_t most_kept = 1000;

constexpr std::string_view list_key = "importFiles";
constexpr std::string_view session_key = "ImportSession";
constexpr std::string_view path_key = "FileNameWithRelativePath";
constexpr std::string_view file_type_key = "FileType";
constexpr std::string_view status_key = "Status";

/// Walks over a text and tells how far the JSON library has read; the library does not say.
class WatchedIterator {
  public:
    using iterator_category = std::input_iterator_tag;
    using value_type = char;
    using difference_type = std::ptrdiff_t;
    using pointer = const char*;
    using reference = const char&;

    WatchedIterator(const char* at, const char** reached) noexcept : at_(at), reached_(reached) {}
    reference operator*() const noexcept { return *at_; }
    WatchedIterator& operator++() noexcept {
        *reached_ = ++at_;
        return *this;
    }
    WatchedIterator operator++(int) noexcept {
        WatchedIterator before = *this;
        ++*this;
        return before;
    }
    bool operator==(const WatchedIterator& other) const noexcept { return at_ == other.at_; }

  private:
    const char* at_;
    const char** reached_;
};

}  // namespace

/// Keeps what a ledger is known for and lets everything else pass, level by level.
class Ledger::Parser final : public nlohmann::json_sax<nlohmann::json> {
  public:
    Parser(Ledger& ledger, const std::string& text, std::size_t most_entries)
        : ledger_(ledger), text_(text), most_entries_(most_entries), reached_(text.data()) {}

    void run() {
        const char* const end = text_.data() + text_.size();
        const WatchedIterator first(text_.data(), &reached_);
        const bool whole = nlohmann::json::sax_parse(first, WatchedIterator(end, &reached_), this);
        if (whole && !ledger_.has_list_) {
            ledger_.unreadable_ = "no list importFiles";
            ledger_.unreadable_from_ = {.byte_offset = 0, .line = 1};
        }
    }

    bool null() override { return true; }
    bool boolean(bool /*value*/) override { return true; }
    bool number_integer(number_integer_t /*value*/) override { return true; }
    bool number_unsigned(number_unsigned_t /*value*/) override { return true; }
    bool number_float(number_float_t /*value*/, const string_t& /*text*/) override { return true; }
    bool binary(binary_t& /*value*/) override { return true; }

    bool string(string_t& value) override {
        if (level_ == 1 && key_ == session_key) ledger_.session_ = value.substr(0, most_kept);
        if (!in_entry()) return true;
        LedgerEntry& entry = ledger_.entries_.back();
        if (key_ == path_key) {
            entry.path = value.substr(0, most_kept);
            entry.place = place_of(begin_of_string());
        }
        if (key_ == file_type_key) entry.file_type = value.substr(0, most_kept);
        if (key_ == status_key) entry.status = value.substr(0, most_kept);
        return true;
    }

    bool key(string_t& name) override {
        if (level_ == 1 || in_entry()) key_ = name.substr(0, most_kept);
        return true;
    }

    bool start_object(std::size_t /*elements*/) override {
        if (in_list_ && level_ == 2) {
            if (ledger_.entries_.size() == most_entries_) {
                ledger_.complete_ = false;
                return false;
            }
            ledger_.entries_.push_back({.place = place_of(reached_ - 1)});
            is_entry_open_ = true;
        }
        return enter();
    }
    bool end_object() override {
        if (in_entry()) is_entry_open_ = false;
        return leave();
    }

    bool start_array(std::size_t /*elements*/) override {
        if (level_ == 1 && key_ == list_key) {
            in_list_ = true;
            ledger_.has_list_ = true;
        }
        return enter();
    }
    bool end_array() override {
        if (level_ == 2) in_list_ = false;
        return leave();
    }

    bool parse_error(
        std::size_t /*position*/,
        const std::string& /*last_token*/,
        const nlohmann::json::exception& /*error*/
    ) override {
        ledger_.unreadable_ =
            reached_ == text_.data() + text_.size() ? "it ends too early" : "no JSON from here on";
        ledger_.unreadable_from_ = place_of(reached_);
        return false;
    }

  private:
    bool in_entry() const noexcept { return is_entry_open_ && level_ == 3; }

    bool enter() {
        if (level_ == most_levels) {
            ledger_.unreadable_ = "nested deeper than a ledger";
            ledger_.unreadable_from_ = place_of(reached_);
            return false;
        }
        ++level_;
        return true;
    }
    bool leave() noexcept {
        --level_;
        return true;
    }

    /// The quote at which the string begins that was read last.
    const char* begin_of_string() const noexcept {
        const char* quote = reached_ - 1;
        bool escaped = true;
        while (escaped && quote > text_.data()) {
            --quote;
            if (*quote != '"') continue;
            const char* slash = quote;
            while (slash > text_.data() && *(slash - 1) == '\\') --slash;
            escaped = (quote - slash) % 2 == 1;
        }
        return quote;
    }

    /// Places only go forward, so that counting lines stays linear.
    findings::Place place_of(const char* at) {
        line_ += static_cast<std::uint64_t>(std::count(counted_, std::max(at, counted_), '\n'));
        counted_ = std::max(at, counted_);
        return {.byte_offset = static_cast<std::uint64_t>(at - text_.data()), .line = line_};
    }

    Ledger& ledger_;
    const std::string& text_;
    std::size_t most_entries_;
    const char* reached_;
    const char* counted_ = text_.data();
    std::uint64_t line_ = 1;
    std::size_t level_ = 0;
    bool in_list_ = false;
    bool is_entry_open_ = false;
    std::string key_;
};

Ledger::Ledger(const FolderFacts& folder, const Limits& limits) : folder_(&folder) {
    Parser(*this, *folder.ledger, limits.ledger_entries).run();
}

bool Ledger::has_file(const LedgerEntry& entry) const {
    std::string path = entry.path;
    std::ranges::replace(path, '\\', '/');
    return std::ranges::binary_search(folder_->files, path, {}, &FolderFacts::File::path);
}

}  // namespace sfmkit::verifier
