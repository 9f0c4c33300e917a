#include "verifier/export_path.hpp"
#include "verifier/known_names.hpp"
#include "verifier/message_facts.hpp"
#include "verifier/rules/msg_checks.hpp"

#include <algorithm>
#include <array>

namespace sfmkit::verifier::msg {
namespace {

bool is_readable(const XmlDocument& document) {
    using enum XmlProblem::Kind;
    constexpr std::array obstacles = {not_well_formed, document_type, entity, encoding, limit};
    return !document.root_name.empty() &&
           std::ranges::none_of(obstacles, [&](auto kind) { return document.has(kind); });
}

}  // namespace

void no_message(const DocumentFacts& facts, const RuleReporter& broken) {
    const XmlDocument& document = *facts.document;
    if (facts.kind != DocumentKind::message || !is_readable(document)) return;
    // A patient document by another name: ZIP-10 tells.
    if (same_without_case(facts.entry, wire::sfm::patient_document)) return;
    const bool head = document.root_name == message_head_root;
    const bool receipt = document.root_name == receipt_root;
    if (head && document.root_namespace == message_head_namespace) return;
    if (receipt && document.root_namespace == receipt_namespace) return;
    const std::string root(known_name(document.root_name));
    // Documents of others may be messages that no example shows.
    const bool foreign = !head && !receipt && !document.root_namespace.empty() &&
                         document.root_namespace != wire::sfm::export_namespace;
    broken.found(
        {.place = {.entry = facts.entry, .xpath = "/" + root},
         .expected = "MsgHead in " + std::string(message_head_namespace) + ", or AppRec in " +
                     std::string(receipt_namespace),
         .actual = root + " in " + shown_namespace(document.root_namespace),
         .message = foreign ? "the message has another root than any in the official examples"
                            : "this is no message: its root is neither MsgHead nor AppRec",
         .severity = foreign ? std::optional(findings::Severity::warning) : std::nullopt}
    );
}

void document_type(const DocumentFacts& facts, const RuleReporter& broken) {
    if (facts.kind != DocumentKind::message) return;
    for (const XmlProblem& problem : facts.document->problems) {
        if (problem.kind != XmlProblem::Kind::document_type) continue;
        broken.found(
            {.place =
                 {.byte_offset = problem.place.byte_offset,
                  .entry = facts.entry,
                  .line = problem.place.line,
                  .column = problem.place.column,
                  .xpath = problem.xpath},
             .expected = "a message without <!DOCTYPE>",
             .message = problem.message}
        );
    }
}

}  // namespace sfmkit::verifier::msg
