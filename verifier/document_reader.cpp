#include "verifier/document_reader.hpp"

#include "verifier/quick_look.hpp"

#include <utility>

namespace sfmkit::verifier {

DocumentReader::DocumentReader(
    const XmlSchema* schema, const Limits& limits, std::uint64_t declared_bytes
)
    : schema_(schema), limits_(limits) {
    if (declared_bytes > limits.tree_bytes) {
        gate_.emplace(schema, limits);
    } else {
        text_.reserve(declared_bytes);
    }
}

void DocumentReader::feed(platform::Bytes bytes) {
    if (!gate_ && text_.size() + bytes.size() > limits_.tree_bytes) {
        // It is larger than its archive says.
        gate_.emplace(schema_, limits_);
        gate_->feed(platform::as_bytes(std::exchange(text_, {})));
    }
    if (gate_) {
        gate_->feed(bytes);
    } else {
        text_ += platform::as_text(bytes);
    }
}

XmlDocument DocumentReader::finish() {
    if (gate_) return gate_->finish();
    if (auto document = quick_look(text_, schema_, limits_)) return std::move(*document);
    XmlGate gate(schema_, limits_);
    gate.feed(platform::as_bytes(text_));
    return gate.finish();
}

std::optional<std::string> DocumentReader::take_text() {
    if (gate_) return std::nullopt;
    return std::move(text_);
}

}  // namespace sfmkit::verifier
