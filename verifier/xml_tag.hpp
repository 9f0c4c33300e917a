#pragma once

namespace sfmkit::verifier {

/// A start tag as libxml2's parser hands it out (startElementNs of its SAX2 interface): names are
/// zero-terminated, what is missing is null. Namespaces are pairs of prefix and URI; attributes are
/// local name, prefix, URI, begin and end of the value.
struct StartTag {
    const unsigned char* name = nullptr;
    const unsigned char* prefix = nullptr;
    const unsigned char* uri = nullptr;
    int namespace_count = 0;
    const unsigned char** namespaces = nullptr;
    int attribute_count = 0;
    int defaulted_count = 0;
    const unsigned char** attributes = nullptr;
};

}  // namespace sfmkit::verifier
