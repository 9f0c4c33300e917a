#include "verifier/export_path.hpp"
#include "verifier/rules/message_kinds.hpp"
#include "verifier/rules/message_records.hpp"
#include "verifier/rules/msg_checks.hpp"
#include "verifier/sfm_time.hpp"
#include "verifier/value_mask.hpp"
#include "wire/sfm_names.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <ranges>

namespace sfmkit::verifier::msg {
namespace {

/// Records whose file was read and is a message.
auto with_message(const ContentFacts& facts) {
    return records_of(facts) |
           std::views::filter([](const Record& record) { return record.message != nullptr; });
}

/// A message may hold anything in place of a GUID.
std::string shown_id(const std::string& id) {
    if (id.empty()) return "none";
    return std::string(wire::sfm::is_guid(id) ? std::string_view(id) : masked_value);
}

std::string shown_type(const std::string& code) {
    if (code.empty()) return "none";
    const bool shown = message_kind(code) != nullptr || may_be_message_kind(code);
    return std::string(shown ? std::string_view(code) : masked_value);
}

/// MsgIds of the records.
class MessageIds {
  public:
    explicit MessageIds(const ContentFacts& facts)
        : by_id_(numbers_by<&Record::message_id>(facts)) {}

    bool contain(std::string_view id) const { return by_id_.contains(id); }
    /// Does the file hold the message of another record? Then it is the wrong file, and nothing
    /// else in it is compared with this record.
    bool is_of_another(const Record& record) const {
        const std::string& inside = record.message->message_id;
        const std::string_view told = record.message_id.text();
        return !inside.empty() && !same_without_case(inside, told) && contain(inside);
    }

  private:
    const RecordNumbers& by_id_;
};

std::string print(LocalTime time) {
    const auto day = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss clock(std::chrono::floor<std::chrono::milliseconds>(time - day));
    return fmt::format(
        "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}",
        int{date.year()},
        unsigned{date.month()},
        unsigned{date.day()},
        clock.hours().count(),
        clock.minutes().count(),
        clock.seconds().count(),
        clock.subseconds().count()
    );
}

/// Empty where the rule's own guess is as good.
std::string cause_of_difference(std::chrono::microseconds difference) {
    const auto hours = std::chrono::round<std::chrono::hours>(difference);
    const bool whole = std::chrono::abs(difference - hours) < std::chrono::seconds(1);
    if (!whole || hours == std::chrono::hours(0)) return {};
    const auto count = std::chrono::abs(hours).count();
    return fmt::format(
        "{} hour{} too {}: the time was converted to or from UTC once too often or not at all; "
        "GenDate here has no zone and means Norwegian time, summer time included",
        count,
        count == 1 ? "" : "s",
        hours.count() < 0 ? "early" : "late"
    );
}

/// What is wrong inside a message file, or about it as a whole.
void tell_inside(
    const RuleReporter& broken, const findings::Place& place, findings::Observation observation
) {
    observation.place = place;
    broken.found(std::move(observation));
}

IdMap<bool> numbers_of_patient(const ContentFacts& facts) {
    IdMap<bool> numbers;
    for (const Element ident : Children(facts.root().child("DemografiskInfo"), "Ident")) {
        numbers.emplace(ident.child("Id").text(), true);
    }
    return numbers;
}

}  // namespace

void other_message_id(const ContentFacts& facts, const RuleReporter& broken) {
    const MessageIds ids(facts);
    for (const Record& record : with_message(facts)) {
        const std::string& inside = record.message->message_id;
        const std::string_view told = record.message_id.text();
        if (told.empty() || same_without_case(told, inside)) continue;
        const bool wrong_file = ids.is_of_another(record);
        tell(
            facts,
            broken,
            record.message_id,
            {.expected = shown_id(inside) + ", the MsgId inside the message",
             .actual = shown_text(record.message_id),
             .message = wrong_file ? "the file holds the message of another Melding"
                                   : "the message has another MsgId than its Melding",
             .likely_cause =
                 wrong_file ? "MeldingsFil names the wrong file, or two files were swapped" : ""}
        );
    }
}

void other_type(const ContentFacts& facts, const RuleReporter& broken) {
    const MessageIds ids(facts);
    for (const Record& record : with_message(facts)) {
        const std::string_view told = record.type_code();
        const std::string& inside = record.message->type();
        if (told.empty() || told == inside || ids.is_of_another(record)) continue;
        tell(
            facts,
            broken,
            record.type,
            {.expected = shown_type(inside) + ", the type inside the message",
             .actual = shown_type(std::string(told)),
             .message = "the message is of another type than its Melding says"}
        );
    }
}

void other_time(const ContentFacts& facts, const RuleReporter& broken) {
    const std::chrono::milliseconds tolerance(broken.bound());
    const MessageIds ids(facts);
    for (const Record& record : with_message(facts)) {
        if (!record.is_correspondence() || ids.is_of_another(record)) continue;
        const auto told = local_time_in(record.time.text());
        const auto inside = local_time_in(record.message->time);
        if (!told || !inside || std::chrono::abs(*told - *inside) <= tolerance) continue;
        tell(
            facts,
            broken,
            record.time,
            {.expected = print(*inside) + ", the time inside the message on a clock in Norway",
             .actual = shown_text(record.time),
             .message = "the time of the Melding is not that of its message",
             .likely_cause = cause_of_difference(*told - *inside)}
        );
    }
}

void other_patient(const ContentFacts& facts, const RuleReporter& broken) {
    if (!facts.is_patient()) return;
    const auto numbers = numbers_of_patient(facts);
    for (const MessageFacts& message : facts.messages) {
        for (const MessageFacts::Patient& patient : message.patients) {
            const bool ours = std::ranges::any_of(patient.numbers, [&](const std::string& number) {
                return numbers.contains(number);
            });
            if (ours) continue;
            tell_inside(
                broken,
                patient.place,
                {.expected = "a number of one of the patient's Ident",
                 .actual = "a number that the patient does not have",
                 .message = "this message is about somebody else"}
            );
        }
    }
}

void foreign_parties(const ContentFacts& facts, const RuleReporter& broken) {
    if (facts.organisation == nullptr || !facts.organisation->has_her_ids()) return;
    const auto is_ours = [&](const std::string& her_id) {
        return facts.organisation->has_her_id(her_id);
    };
    for (const Record& record : with_message(facts)) {
        const MessageFacts& message = *record.message;
        const bool is_head = message.form == MessageFacts::Form::head;
        if (!is_head || !record.is_correspondence()) continue;
        if (std::ranges::any_of(message.senders, is_ours)) continue;
        if (std::ranges::any_of(message.receivers, is_ours)) continue;
        tell_inside(
            broken,
            message.head.place,
            {.expected = "the HER id of an Institusjon in ExportData.xml as sender or receiver",
             .actual = "HER ids of others, or none",
             .message = "neither sender nor receiver is an institution of this export"}
        );
    }
}

void not_signed(const ContentFacts& facts, const RuleReporter& broken) {
    for (const Record& record : with_message(facts)) {
        const MessageFacts& message = *record.message;
        const MessageKind* const kind = message_kind(message.type());
        if (kind == nullptr || !kind->sent || message.is_signed) continue;
        tell_inside(
            broken,
            message.head.place,
            {.expected = "Signature in MsgHead",
             .actual = "none",
             .message = fmt::format("this {} was sent, but carries no signature", kind->code)}
        );
    }
}

void conversation_cut(const ContentFacts& facts, const RuleReporter& broken) {
    const MessageIds ids(facts);
    for (const Record& record : with_message(facts)) {
        for (const MessageFacts::Value& reference : record.message->refers_to) {
            if (ids.contain(reference.text)) continue;
            tell_inside(
                broken,
                reference.place,
                {.expected = "the MsgId of a Melding of this patient",
                 .actual = shown_id(reference.text),
                 .message = "the message refers to one that is not in this file"}
            );
            break;
        }
    }
}

}  // namespace sfmkit::verifier::msg
