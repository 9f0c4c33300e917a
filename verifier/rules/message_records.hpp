#pragma once

#include "verifier/content_facts.hpp"
#include "verifier/id_map.hpp"

#include <cstddef>
#include <string_view>
#include <unordered_map>
#include <vector>

/// The records in Meldinger as the rules of MSG look at them.
namespace sfmkit::verifier::msg {

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
const std::vector<Record>& records_of(const ContentFacts& facts);

/// The number of the first record that has this text in this element; none has an empty one.
using RecordNumbers = IdMap<std::size_t>;
RecordNumbers number_records(const std::vector<Record>& records, Element Record::* key);

/// The same of the records of a document, made once.
template <Element Record::* key>
const RecordNumbers& numbers_by(const ContentFacts& facts) {
    return facts.once<RecordNumbers>([](const ContentFacts& of) {
        return number_records(records_of(of), key);
    });
}

/// Names of the entries of the archive.
class EntryNames {
  public:
    explicit EntryNames(const ZipDirectory& directory);
    /// Of the archive around a document, made once.
    static const EntryNames& of(const ContentFacts& facts);

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
    std::unordered_map<std::string_view, const ZipEntry*> exact_;
    IdMap<Same> without_case_;
    bool undeclared_ = false;
};

bool has_undeclared_letters(const ZipEntry& entry) noexcept;

}  // namespace sfmkit::verifier::msg
