#include "mockserver/evidence/evidence.hpp"

namespace sfmkit::mockserver {

std::string_view name_of(ChecksumVerdict verdict) noexcept {
    switch (verdict) {
        case ChecksumVerdict::none:
            return "none";
        case ChecksumVerdict::matched:
            return "matched";
        case ChecksumVerdict::mismatched:
            return "mismatched";
        case ChecksumVerdict::not_compared:
            return "not compared";
    }
    return "none";
}

std::string_view name_of(RequestEnd end) noexcept {
    switch (end) {
        case RequestEnd::answered:
            return "answered";
        case RequestEnd::client_left:
            return "client left";
        case RequestEnd::silenced:
            return "silenced";
    }
    return "answered";
}

std::string request_line(const RequestEvidence& request) {
    return request.method + " " + request.target;
}

FoundAt place_of(const RequestEvidence& request) {
    return {
        .connection = request.connection,
        .request = request.request,
        .upload_id = request.upload_id,
    };
}

void NoEvidence::request_ended(const RequestEvidence&) {}
void NoEvidence::upload_created(const Upload&) {}
void NoEvidence::upload_finished(const Upload&) {}
void NoEvidence::upload_removed(const std::string&) {}
void NoEvidence::refused(const findings::Finding&, const FoundAt&) {}
void NoEvidence::found(const findings::Finding&, const FoundAt&) {}
void NoEvidence::fault_struck(const std::string&, const FoundAt&) {}

}  // namespace sfmkit::mockserver
