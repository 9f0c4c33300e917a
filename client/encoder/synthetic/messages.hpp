#pragma once

#include "client/encoder/synthetic/message_file.hpp"

#include <vector>

namespace sfmkit::client {

class Dice;
struct Organisation;
struct Patient;

/// The messages that the treatments of the patient brought about, ordered by MsgId as in the
/// official example of 2024.
std::vector<Message> draw_messages(
    Dice& dice, const Organisation& organisation, const Patient& patient
);

}  // namespace sfmkit::client
