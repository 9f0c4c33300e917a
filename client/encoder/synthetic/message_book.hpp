#pragma once

#include "client/encoder/synthetic/message_file.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sfmkit::client {

/// Collects the messages of one patient and makes their files.
class MessageBook {
  public:
    /// All three must outlive the book.
    MessageBook(Dice& dice, const Organisation& organisation, const Patient& patient)
        : dice_(dice), organisation_(organisation), patient_(patient) {}

    /// What is needed to answer a message later.
    struct Handle {
        std::size_t index = 0;
    };

    /// A message that answers no other one. With an empty message_id one is drawn.
    Handle add(
        MessageKind kind,
        const User& doctor,
        LocalTime time,
        std::string_view body,
        std::string message_id = {}
    );
    /// The answer to a message, a few seconds later.
    Handle answer(
        MessageKind kind,
        const User& doctor,
        Handle asked,
        std::string_view body,
        std::span<const std::string> attachments = {}
    );
    /// AppRec to a message.
    void acknowledge(const User& doctor, Handle message);
    /// Says which prescription a message is about.
    void relate(Handle message, std::string prescription_id);
    /// A message that could not be sent.
    void mark_failed(Handle message);
    /// ERM1 of another practice, taken over at that time; named after the ForskrivningsInfo that
    /// it became.
    void add_imported(
        const Prescriber& prescriber,
        const User& doctor,
        LocalTime imported_at,
        std::string_view body,
        std::string message_id,
        const std::string& info_id
    );

    /// The files of all ERM1 so far: what the register sends along in ERM96.
    std::vector<std::string> prescription_files() const;
    /// The file of the message with that MsgId; empty when there is none.
    std::string_view content_of(std::string_view message_id) const;
    /// Everything, ordered by MsgId as in the official example of 2024.
    std::vector<Message> take();

  private:
    MessageParties parties(const User& doctor) const;
    Message begin(MessageKind kind, LocalTime time, std::string message_id);
    LocalTime draw_answer_time(const Message& asked);

    Dice& dice_;
    const Organisation& organisation_;
    const Patient& patient_;
    std::vector<Message> messages_;
};

}  // namespace sfmkit::client
