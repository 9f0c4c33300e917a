#pragma once

#include "client/encoder/synthetic/message_types.hpp"
#include "client/encoder/synthetic/norwegian_time.hpp"

#include <span>
#include <string>

namespace sfmkit::client {

class Dice;
struct Organisation;
struct Patient;
struct Prescriber;
struct User;

/// One row of `Meldinger` and the file that it names.
struct Message {
    MessageKind kind = MessageKind::prescription;
    std::string id;
    std::string parent_id;  ///< of the message that this one answers
    bool correspondence = true;
    std::string_view state;
    std::string message_id;
    LocalTime recorded_at;        ///< GenDate in Meldinger
    LocalTime created_at;         ///< GenDate inside the file
    std::string prescription_id;  ///< when it is about one prescription
    std::string file_name;
    std::string content;
};

/// Who stands behind a message.
struct MessageParties {
    const Organisation& organisation;
    const Patient& patient;
    const User& doctor;
    const Prescriber* outside_prescriber = nullptr;  ///< instead of practice and doctor
};

/// A MsgHead file without declaration: head, body, further documents in base64, and a signature
/// of the right shape and size (not of a real key) when the practice sends it.
/// answered_message_id: MsgId of the message that this one answers, or empty.
std::string write_message_file(
    Dice& dice,
    const Message& message,
    const MessageParties& parties,
    std::string_view answered_message_id,
    std::string_view body,
    std::span<const std::string> attachments
);

/// An AppRec that says OK to a message.
std::string write_acknowledgement_file(
    const Message& acknowledgement, const Message& acknowledged, const MessageParties& parties
);

}  // namespace sfmkit::client
