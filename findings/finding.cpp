#include "findings/finding.hpp"

namespace sfmkit::findings {

std::string_view name_of(Severity severity) noexcept {
    switch (severity) {
        case Severity::error:
            return "error";
        case Severity::warning:
            return "warning";
        case Severity::info:
            return "info";
        case Severity::off:
            return "off";
    }
    return "error";
}

}  // namespace sfmkit::findings
