#include "client/upload/journal_record.hpp"

#include <nlohmann/json.hpp>

#include <array>

namespace sfmkit::client {
namespace {

using nlohmann::json;
using Event = JournalRecord::Event;

constexpr int format_version = 1;
/// How a journal begins.
constexpr std::string_view first_letters = "{\"event\":\"begun\"";

struct EventName {
    Event event;
    std::string_view name;
};

constexpr std::array event_names = {
    EventName{Event::begun, "begun"},
    EventName{Event::started, "started"},
    EventName{Event::intent, "intent"},
    EventName{Event::not_created, "not-created"},
    EventName{Event::created, "created"},
    EventName{Event::adopted, "adopted"},
    EventName{Event::extended, "extended"},
    EventName{Event::gone, "gone"},
    EventName{Event::completed, "completed"},
    EventName{Event::refused, "refused"},
    EventName{Event::failed, "failed"},
};

std::string_view name_of(Event event) noexcept {
    for (const EventName& row : event_names) {
        if (row.event == event) return row.name;
    }
    return "";
}

std::optional<Event> event_of(std::string_view name) noexcept {
    for (const EventName& row : event_names) {
        if (row.name == name) return row.event;
    }
    return std::nullopt;
}

bool names_a_file(Event event) noexcept {
    return event != Event::begun && event != Event::started;
}

bool tells_content(Event event) noexcept {
    return event == Event::intent || event == Event::adopted;
}

bool tells_upload(Event event) noexcept {
    return event == Event::created || event == Event::adopted;
}

bool tells_chunk(Event event) noexcept {
    return event == Event::started || event == Event::adopted;
}

std::int64_t milliseconds(platform::WallTime time) {
    return time.time_since_epoch().count();
}

platform::WallTime wall_time(std::int64_t milliseconds_since_1970) {
    return platform::WallTime(platform::Duration(milliseconds_since_1970));
}

/// Throws json::exception when a member is missing or of another type.
JournalRecord read_members(const json& line, Event event) {
    JournalRecord record;
    record.event = event;
    if (names_a_file(event)) line.at("file").get_to(record.file);
    if (event == Event::begun) {
        line.at("service").get_to(record.service);
        line.at("export").get_to(record.export_name);
        line.at("session").get_to(record.session);
    }
    if (tells_chunk(event)) line.at("chunk_bytes").get_to(record.chunk_bytes);
    if (tells_content(event)) {
        line.at("size").get_to(record.fingerprint.size_bytes);
        line.at("sha256").get_to(record.fingerprint.sha256);
        record.fingerprint.modified = wall_time(line.at("modified_ms").get<std::int64_t>());
    }
    if (tells_upload(event)) line.at("upload").get_to(record.upload);
    if (line.contains("expires_ms")) {
        record.expires = wall_time(line.at("expires_ms").get<std::int64_t>());
    }
    return record;
}

}  // namespace

std::string print_record(const JournalRecord& record) {
    // Ordered, so that a person who reads the journal finds the event first.
    nlohmann::ordered_json line;
    line["event"] = name_of(record.event);
    if (record.event == Event::begun) {
        line["format"] = format_version;
        line["service"] = record.service;
        line["export"] = record.export_name;
        line["session"] = record.session;
    }
    if (tells_chunk(record.event)) line["chunk_bytes"] = record.chunk_bytes;
    if (names_a_file(record.event)) line["file"] = record.file;
    if (tells_content(record.event)) {
        line["size"] = record.fingerprint.size_bytes;
        line["sha256"] = record.fingerprint.sha256;
        line["modified_ms"] = milliseconds(record.fingerprint.modified);
    }
    if (tells_upload(record.event)) line["upload"] = record.upload;
    if (record.expires) line["expires_ms"] = milliseconds(*record.expires);
    // File names come from a listing and may not be UTF-8; such letters are written as a mark.
    return line.dump(-1, ' ', false, json::error_handler_t::replace) + '\n';
}

std::optional<JournalRecord> parse_record(std::string_view line) {
    const json parsed = json::parse(line, nullptr, false);
    if (!parsed.is_object() || !parsed.contains("event") || !parsed["event"].is_string()) {
        return std::nullopt;
    }
    const auto event = event_of(parsed["event"].get_ref<const std::string&>());
    if (!event) return std::nullopt;
    try {
        if (*event == Event::begun && parsed.at("format") != format_version) return std::nullopt;
        return read_members(parsed, *event);
    } catch (const json::exception&) {
        return std::nullopt;
    }
}

unsigned JournalState::orphans() const {
    unsigned count = 0;
    for (const auto& [name, file] : files) count += file.open_intents;
    return count;
}

bool apply(JournalState& state, const JournalRecord& record) {
    if (record.event == Event::begun) {
        if (!state.session.empty()) return false;
        state.service = record.service;
        state.export_name = record.export_name;
        state.session = record.session;
        return !state.session.empty();
    }
    if (state.session.empty()) return false;
    if (record.event == Event::started) {
        state.chunk_bytes = std::max(state.chunk_bytes, record.chunk_bytes);
        return true;
    }
    JournalFile& file = state.files[record.file];
    const bool has_intent = file.open_intents > 0;
    switch (record.event) {
        case Event::intent:
            file.fingerprint = record.fingerprint;
            ++file.open_intents;
            return true;
        case Event::not_created:
            if (has_intent) --file.open_intents;
            return has_intent;
        case Event::created:
            if (has_intent) --file.open_intents;
            file.upload = record.upload;
            file.expires = record.expires;
            return has_intent;
        case Event::adopted:
            file.fingerprint = record.fingerprint;
            file.upload = record.upload;
            file.expires.reset();
            state.chunk_bytes = std::max(state.chunk_bytes, record.chunk_bytes);
            return true;
        case Event::extended:
            file.expires = record.expires;
            return file.upload.has_value();
        case Event::gone:
            file.upload.reset();
            file.expires.reset();
            return true;
        case Event::completed:
            file.completed = true;
            file.trouble = Trouble::none;
            return file.upload.has_value();
        case Event::refused:
            file.trouble = Trouble::refused;
            return true;
        case Event::failed:
            file.trouble = Trouble::failed;
            return true;
        case Event::begun:
        case Event::started:
            break;
    }
    return true;
}

platform::Result<Replay> replay_journal(std::string_view text, const std::string& name) {
    if (!first_letters.starts_with(text.substr(0, first_letters.size()))) {
        return platform::fail(
            {.code = platform::Errc::usage,
             .what = "the file is no upload journal",
             .where = name,
             .expected = "a journal of an earlier run, or no file yet",
             .actual = "something else",
             .next = "name another file with --journal; this one is left as it is"}
        );
    }
    Replay replay;
    std::size_t line_number = 0;
    while (replay.good_bytes < text.size()) {
        ++line_number;
        const std::string_view rest = text.substr(replay.good_bytes);
        const std::size_t end = rest.find('\n');
        if (end == std::string_view::npos) break;
        const auto record = parse_record(rest.substr(0, end));
        if (!record || !apply(replay.state, *record)) {
            // A power cut can leave a last line of which a part was never written.
            if (end + 1 == rest.size() && line_number > 1) break;
            return platform::fail(
                {.code = platform::Errc::usage,
                 .what = "the journal is damaged",
                 .where = name + ", line " + std::to_string(line_number),
                 .expected = "a record of an upload journal",
                 .actual = "something else",
                 .next = "move the file away to start over; what was uploaded is uploaded again"}
            );
        }
        replay.good_bytes += end + 1;
    }
    return replay;
}

}  // namespace sfmkit::client
