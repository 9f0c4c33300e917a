#pragma once

#include "platform/bytes.hpp"
#include "platform/result.hpp"
#include "verifier/preview_writer.hpp"

#include <memory>
#include <string>

struct _xmlDoc;

namespace sfmkit::verifier {

/// A document as a person may see it: values masked, namespaces taken away.
class MaskedTree {
  public:
    /// Errc::malformed when it is not well-formed or has a DOCTYPE.
    static platform::Result<MaskedTree> parse(platform::Bytes document, PersonalData personal);

    /// Writes what the XPath 1.0 expression selects; returns how many nodes that are, or 1 for a
    /// text, a number or a truth value. Errc::usage when it is no expression.
    platform::Result<std::uint64_t> select(
        const std::string& expression, std::vector<std::string>& lines, std::size_t max_lines
    ) const;

  private:
    struct Deleter {
        void operator()(_xmlDoc* document) const noexcept;
    };
    explicit MaskedTree(_xmlDoc* document) : document_(document) {}

    std::unique_ptr<_xmlDoc, Deleter> document_;
};

}  // namespace sfmkit::verifier
