#include "mockserver/evidence/evidence.hpp"

namespace sfmkit::mockserver {

std::string request_line(const RequestEvidence& request) {
    return request.method + " " + request.target;
}

void NoEvidence::request_ended(const RequestEvidence&) {}
void NoEvidence::upload_created(const Upload&) {}
void NoEvidence::upload_finished(const Upload&) {}
void NoEvidence::found(const findings::Finding&) {}

}  // namespace sfmkit::mockserver
