#pragma once

#include <vector>

namespace sfmkit::client {

class Dice;
class XmlWriter;
struct InboxSubject;
struct Organisation;

/// `Inboks`: what the system, the register and pharmacies told the doctors; most of it about no
/// patient, the rest about the subjects.
void write_inbox(
    XmlWriter& xml,
    Dice& dice,
    const Organisation& organisation,
    const std::vector<InboxSubject>& subjects
);

}  // namespace sfmkit::client
