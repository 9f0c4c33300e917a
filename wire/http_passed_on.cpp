#include "wire/http_framing.hpp"

#include <algorithm>

namespace sfmkit::wire {
namespace {

/// nginx takes letters, digits and `-` in names; fields with other names go no further.
bool passes_nginx(const HeaderField& field) {
    return std::ranges::all_of(field.name, [](char letter) {
        return (letter >= '0' && letter <= '9') || (letter >= 'a' && letter <= 'z') ||
               (letter >= 'A' && letter <= 'Z') || letter == '-';
    });
}

}  // namespace

HeaderFields passed_on_by_nginx(const HeaderFields& fields) {
    HeaderFields passed;
    for (const HeaderField& field : fields.all()) {
        if (passes_nginx(field)) passed.add(field.name, field.value);
    }
    return passed;
}

}  // namespace sfmkit::wire
