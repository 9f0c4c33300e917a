#pragma once

#include "findings/judge.hpp"
#include "platform/clock.hpp"
#include "verifier/document_tree.hpp"
#include "verifier/facts.hpp"
#include "verifier/message_facts.hpp"
#include "verifier/organisation_index.hpp"
#include "verifier/shared_readings.hpp"

#include <span>
#include <string>
#include <string_view>

namespace sfmkit::verifier {

/// What the rules about the content of an export know of one file: its document as a tree, and
/// what stands around it. All pointers may be null and outlive the judging.
struct ContentFacts {
    const DocumentTree* tree = nullptr;  ///< never null
    DocumentKind kind = DocumentKind::patient;
    std::string_view file;                       ///< path below the export
    std::string_view entry;                      ///< that holds the document
    const ZipDirectory* directory = nullptr;     ///< of the archive around it; never null
    std::span<const MessageFacts> messages;      ///< one an entry that is a message, in order
    const OrganisationIndex* organisation = {};  ///< null: the organisation file is not at hand
    const FolderFacts* folder = nullptr;         ///< null: this file is judged alone
    platform::WallTime now = {};
    findings::Profile profile = findings::Profile::strict;
    bool production = false;  ///< declared to be no test data
    SharedReadings shared = {};

    /// What this function makes of the facts, made once for all rules.
    template <class Value>
    const Value& once(Value (*make)(const ContentFacts&)) const {
        return shared.once(make, *this);
    }
    bool is_patient() const noexcept { return kind == DocumentKind::patient; }
    Element root() const noexcept { return tree->root(); }
    std::span<const Element> all(std::string_view name) const { return tree->all(name); }
};

/// Tells what is wrong at an element of the document; the place is added here, unless nobody would
/// keep it.
void tell(
    const ContentFacts& facts,
    const findings::RuleReporter& broken,
    Element element,
    findings::Observation observation
);

/// The same for an observation that costs something to make: made only when somebody keeps it.
template <class Make>
void tell_made(
    const ContentFacts& facts, const findings::RuleReporter& broken, Element element, Make make
) {
    if (broken.has_room()) {
        tell(facts, broken, element, make());
    } else {
        broken.found({});
    }
}

/// The value as a report may show it: masked unless its path holds a code, date, number or GUID
/// and it looks like one. `none` for no element: a document need not be valid.
std::string shown_text(Element element);
std::string shown_attribute(Element element, std::string_view attribute);

}  // namespace sfmkit::verifier
