#include "client/encoder/synthetic/message_book.hpp"

#include "client/encoder/synthetic/dice.hpp"
#include "client/encoder/synthetic/organisation.hpp"
#include "client/encoder/synthetic/patient.hpp"

#include <algorithm>
#include <utility>

namespace sfmkit::client {
namespace {

constexpr std::string_view successful = "Successful";
constexpr std::string_view failed = "Failed";
// Answers carry one blank in both official examples.
constexpr std::string_view no_state = " ";

}  // namespace

MessageBook::Handle MessageBook::add(
    MessageKind kind,
    const User& doctor,
    LocalTime time,
    std::string_view body,
    std::string message_id
) {
    Message message = begin(kind, time, std::move(message_id));
    message.state = successful;
    message.content = write_message_file(dice_, message, parties(doctor), {}, body, {});
    messages_.push_back(std::move(message));
    return {messages_.size() - 1};
}

MessageBook::Handle MessageBook::answer(
    MessageKind kind,
    const User& doctor,
    Handle asked,
    std::string_view body,
    std::span<const std::string> attachments
) {
    const Message& question = messages_[asked.index];
    const LocalTime time = draw_answer_time(question);
    Message message = begin(kind, time, {});
    message.parent_id = question.id;
    message.state = no_state;
    message.content =
        write_message_file(dice_, message, parties(doctor), question.message_id, body, attachments);
    messages_.push_back(std::move(message));
    return {messages_.size() - 1};
}

void MessageBook::relate(Handle message, std::string prescription_id) {
    messages_[message.index].prescription_id = std::move(prescription_id);
}

void MessageBook::acknowledge(const User& doctor, Handle acknowledged) {
    const Message& original = messages_[acknowledged.index];
    const LocalTime time = draw_answer_time(original);
    Message message = begin(MessageKind::acknowledgement, time, {});
    message.parent_id = original.id;
    // What the practice itself sent is Successful, what came in has no state.
    message.state = type_of(original.kind).sent ? no_state : successful;
    message.content = write_acknowledgement_file(message, original, parties(doctor));
    messages_.push_back(std::move(message));
}

void MessageBook::mark_failed(Handle message) {
    messages_[message.index].state = failed;
}

void MessageBook::add_imported(
    const Prescriber& prescriber,
    const User& doctor,
    LocalTime imported_at,
    std::string_view body,
    std::string message_id,
    const std::string& info_id
) {
    // Written by the other practice some days before; Meldinger tells the time of the import.
    const LocalTime written = imported_at - std::chrono::days(dice_.between(1, 20));
    Message message = begin(MessageKind::prescription, written, std::move(message_id));
    message.recorded_at = imported_at;
    message.correspondence = false;
    message.state = successful;
    message.file_name = info_id + ".xml";
    MessageParties senders = parties(doctor);
    senders.outside_prescriber = &prescriber;
    message.content = write_message_file(dice_, message, senders, {}, body, {});
    messages_.push_back(std::move(message));
}

std::vector<std::string> MessageBook::prescription_files() const {
    std::vector<std::string> files;
    for (const Message& message : messages_) {
        if (message.kind == MessageKind::prescription) files.push_back(message.content);
    }
    return files;
}

std::string_view MessageBook::content_of(std::string_view message_id) const {
    const auto found = std::ranges::find(messages_, message_id, &Message::message_id);
    return found == messages_.end() ? std::string_view() : std::string_view(found->content);
}

std::vector<Message> MessageBook::take() {
    std::ranges::sort(messages_, {}, &Message::message_id);
    return std::exchange(messages_, {});
}

MessageParties MessageBook::parties(const User& doctor) const {
    return {
        .organisation = organisation_,
        .patient = patient_,
        .doctor = doctor,
        .outside_prescriber = nullptr
    };
}

Message MessageBook::begin(MessageKind kind, LocalTime time, std::string message_id) {
    Message message;
    message.kind = kind;
    message.id = dice_.guid();
    message.message_id = message_id.empty() ? dice_.guid() : std::move(message_id);
    message.created_at = time;
    message.recorded_at = on_database_grid(time);
    // As the page on the format says; the official examples have names of their own.
    message.file_name = message.message_id + ".xml";
    return message;
}

LocalTime MessageBook::draw_answer_time(const Message& asked) {
    return asked.created_at + std::chrono::milliseconds(dice_.between(150, 9000));
}

}  // namespace sfmkit::client
