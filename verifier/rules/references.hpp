#pragma once

#include "verifier/content_facts.hpp"
#include "verifier/id_map.hpp"

#include <string>
#include <string_view>

/// Whether what an element names is there. All are silent about an element that is missing or
/// empty: that an identifier says nothing is told elsewhere.
namespace sfmkit::verifier {

/// Tells an element that names no user of the organisation file. Silent without that file.
void tell_unless_user(
    const ContentFacts& facts,
    const findings::RuleReporter& broken,
    Element user,
    std::string_view message
);
/// The same for institutions.
void tell_unless_institution(
    const ContentFacts& facts,
    const findings::RuleReporter& broken,
    Element institution,
    std::string_view message
);

/// The records in Meldinger of a patient document, found by MsgId or Id without case.
class MessageRecords {
  public:
    explicit MessageRecords(const ContentFacts& facts);
    /// Made once for all rules.
    static const MessageRecords& of(const ContentFacts& facts);
    /// The Melding; no element when there is none.
    Element find(std::string_view id) const;

  private:
    IdMap<Element> by_id_;
};

/// Tells an element that names no record of a message.
void tell_unless_message(
    const ContentFacts& facts,
    const findings::RuleReporter& broken,
    const MessageRecords& records,
    Element message_id,
    std::string_view message
);

}  // namespace sfmkit::verifier
