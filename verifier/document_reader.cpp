#include "verifier/document_reader.hpp"

#include <utility>

namespace sfmkit::verifier {

DocumentReader::DocumentReader(
    QuickReader& quick_reader,
    const XmlSchema* schema,
    const Limits& limits,
    std::uint64_t declared_bytes
)
    : quick_reader_(quick_reader),
      schema_(schema),
      limits_(limits),
      declared_bytes_(declared_bytes) {
    if (declared_bytes > limits.tree_bytes) gate_.emplace(schema, limits);
}

void DocumentReader::feed(platform::Bytes bytes) {
    if (!gate_ && whole_.text.size() + bytes.size() > limits_.tree_bytes) {
        // It is larger than its archive says.
        gate_.emplace(schema_, limits_);
        gate_->feed(platform::as_bytes(std::exchange(whole_.text, {})));
    }
    if (gate_) {
        gate_->feed(bytes);
    } else {
        if (whole_.text.empty()) whole_.text.reserve(declared_bytes_);
        whole_.text += platform::as_text(bytes);
    }
}

void DocumentReader::feed_whole(std::string text) {
    if (gate_ || text.size() > limits_.tree_bytes) {
        feed(platform::as_bytes(text));
    } else {
        whole_.text = std::move(text);
    }
}

XmlDocument DocumentReader::finish() {
    if (gate_) return gate_->finish();
    if (auto look = quick_reader_.look(whole_.text, schema_, limits_)) {
        whole_.elements = std::move(look->elements);
        return std::move(look->document);
    }
    XmlGate gate(schema_, limits_);
    gate.feed(platform::as_bytes(whole_.text));
    return gate.finish();
}

std::optional<WholeDocument> DocumentReader::take_whole() {
    if (gate_) return std::nullopt;
    return std::move(whole_);
}

}  // namespace sfmkit::verifier
