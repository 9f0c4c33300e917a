#pragma once

#include "verifier/document_tree.hpp"
#include "verifier/sfm_time.hpp"

#include <functional>
#include <string_view>

/// The dates and times of the two documents, by what they are about.
namespace sfmkit::verifier {

enum class MomentKind {
    event,    ///< what has happened to the patient or been done by a user
    edition,  ///< of what the organisation knew by then: a catalogue, a price
    plan,     ///< what may lie ahead
    birth
};

struct Moment {
    Element element;
    std::string_view text;
    MomentKind kind = MomentKind::event;
    LocalTime time = {};
    TimeForm form = {};
};

/// Every date and time of a document that can be read, by names of elements and for each name in
/// document order. What cannot be read is told as a mistake against the schema.
void for_each_moment(
    const DocumentTree& tree, const std::function<void(const Moment& moment)>& take
);

}  // namespace sfmkit::verifier
