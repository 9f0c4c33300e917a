#pragma once

#include "verifier/content_facts.hpp"
#include "verifier/export_path.hpp"

#include <cstddef>
#include <map>
#include <string_view>
#include <vector>

/// The records in Meldinger as the rules of MSG look at them.
namespace sfmkit::verifier::msg {

struct LessWithoutCase {
    bool operator()(std::string_view left, std::string_view right) const noexcept {
        return less_without_case(left, right);
    }
};
/// By identifier or name, without case.
template <class Value>
using Lookup = std::map<std::string_view, Value, LessWithoutCase>;

/// One Melding. Its children may be missing.
struct Record {
    Element melding = {};
    Element id = {};
    Element parent_id = {};
    Element correspondence = {};
    Element state = {};
    Element message_id = {};
    Element type = {};
    Element time = {};
    Element file = {};
    /// What stands in its file; null when that was not read, is no message, or belongs to a record
    /// before.
    const MessageFacts* message = nullptr;

    std::string_view type_code() const noexcept { return type.attribute("V"); }
    /// What the message itself says; what the record says without it, or with another's.
    std::string_view kind() const noexcept;
    bool is_correspondence() const noexcept;
    bool is_import() const noexcept;  ///< says that it is no correspondence
};

/// In document order; empty unless the document is of a patient.
std::vector<Record> records_of(const ContentFacts& facts);

/// The number of the first record that has this text in this element; none has an empty one.
Lookup<std::size_t> lookup(const std::vector<Record>& records, Element Record::* key);

/// Names of the entries of the archive.
class EntryNames {
  public:
    explicit EntryNames(const ZipDirectory& directory);

    /// Letter by letter, or in other capitals; null when there is none.
    const ZipEntry* find(std::string_view name) const;
    const ZipEntry* find_without_case(std::string_view name) const;
    /// How many have this name without case.
    std::size_t count(std::string_view name) const;
    /// Is there a name whose letters readers have to guess (ZIP-15)?
    bool has_undeclared_letters() const noexcept { return undeclared_; }

  private:
    struct Same {
        const ZipEntry* first = nullptr;
        std::size_t count = 0;
    };
    std::map<std::string_view, const ZipEntry*> exact_;
    Lookup<Same> without_case_;
    bool undeclared_ = false;
};

bool has_undeclared_letters(const ZipEntry& entry) noexcept;

}  // namespace sfmkit::verifier::msg
