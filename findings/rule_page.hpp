#pragma once

#include <string_view>

namespace sfmkit::findings {

/// What `explain` tells about a rule beyond its row. All texts have static storage and none ends
/// in a line end. Prose is one paragraph each, which the output wraps; examples are shown line by
/// line as they stand.
///
/// An example that begins with `<` is XML: a document when it begins with `<?xml`, and otherwise
/// elements beside each other, as they could stand in the namespace of the format. Remarks in such
/// an example are XML comments. Any other example is a hex dump, a listing or a few words.
struct RulePage {
    std::string_view id;
    std::string_view reason;   ///< why the rule exists; what goes wrong when it is broken
    std::string_view bad;      ///< an example that breaks the rule
    std::string_view good;     ///< the same, kept
    std::string_view csharp;   ///< what leads here in an exporter written in C#
    std::string_view java;     ///< the same in Java
    std::string_view node;     ///< the same in Node
    std::string_view related;  ///< ids of rules worth reading too, one blank between
};

}  // namespace sfmkit::findings
