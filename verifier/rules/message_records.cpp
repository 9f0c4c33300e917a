#include "verifier/rules/message_records.hpp"

#include "verifier/export_path.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace sfmkit::verifier::msg {
namespace {

constexpr std::array<std::pair<std::string_view, Element Record::*>, 8> children = {{
    {"Id", &Record::id},
    {"ParentId", &Record::parent_id},
    {"Korrespondance", &Record::correspondence},
    {"State", &Record::state},
    {"MsgId", &Record::message_id},
    {"Type", &Record::type},
    {"GenDate", &Record::time},
    {"MeldingsFil", &Record::file},
}};

bool is_ascii(std::string_view text) noexcept {
    return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80U; });
}

void add_messages(std::vector<Record>& records, std::span<const MessageFacts> messages) {
    std::unordered_map<std::string_view, const MessageFacts*> by_entry;
    for (const MessageFacts& message : messages) by_entry.emplace(message.entry, &message);
    for (Record& record : records) {
        const auto found = by_entry.find(record.file.text());
        if (found == by_entry.end()) continue;
        if (found->second->form != MessageFacts::Form::other) record.message = found->second;
        by_entry.erase(found);
    }
}

}  // namespace

std::string_view Record::kind() const noexcept {
    const bool own = message && same_without_case(message->message_id, message_id.text());
    return own ? std::string_view(message->type()) : type_code();
}

bool Record::is_correspondence() const noexcept {
    return correspondence.text() == "true" || correspondence.text() == "1";
}

bool Record::is_import() const noexcept {
    return correspondence.text() == "false" || correspondence.text() == "0";
}

namespace {

std::vector<Record> read_records(const ContentFacts& facts) {
    std::vector<Record> records;
    if (!facts.is_patient()) return records;
    for (const Element& melding : Children(facts.root().child("Meldinger"), "Melding")) {
        Record record{.melding = melding};
        for (const Element child : Children(melding)) {
            for (const auto& [name, member] : children) {
                if (!(record.*member) && child.name() == name) record.*member = child;
            }
        }
        records.push_back(record);
    }
    add_messages(records, facts.messages);
    return records;
}

}  // namespace

const std::vector<Record>& records_of(const ContentFacts& facts) {
    return facts.once(read_records);
}

RecordNumbers number_records(const std::vector<Record>& records, Element Record::* key) {
    RecordNumbers found;
    for (std::size_t i = 0; i < records.size(); ++i) {
        const std::string_view text = (records[i].*key).text();
        if (!text.empty()) found.emplace(text, i);
    }
    return found;
}

EntryNames::EntryNames(const ZipDirectory& directory) {
    for (const ZipEntry& entry : directory.entries) {
        exact_.emplace(entry.name, &entry);
        Same& same = without_case_[entry.name];
        if (same.first == nullptr) same.first = &entry;
        ++same.count;
        undeclared_ = undeclared_ || msg::has_undeclared_letters(entry);
    }
}

const EntryNames& EntryNames::of(const ContentFacts& facts) {
    return facts.once<EntryNames>([](const ContentFacts& all) { return EntryNames(*all.directory); }
    );
}

const ZipEntry* EntryNames::find(std::string_view name) const {
    const auto found = exact_.find(name);
    return found == exact_.end() ? nullptr : found->second;
}

const ZipEntry* EntryNames::find_without_case(std::string_view name) const {
    const auto found = without_case_.find(name);
    return found == without_case_.end() ? nullptr : found->second.first;
}

std::size_t EntryNames::count(std::string_view name) const {
    const auto found = without_case_.find(name);
    return found == without_case_.end() ? 0 : found->second.count;
}

bool has_undeclared_letters(const ZipEntry& entry) noexcept {
    return !entry.utf8_name() && !is_ascii(entry.name);
}

}  // namespace sfmkit::verifier::msg
