#include "mockserver/evidence/evidence.hpp"

namespace sfmkit::mockserver {

void NoEvidence::request_ended(const RequestEvidence&) {}
void NoEvidence::upload_created(const Upload&) {}
void NoEvidence::upload_finished(const Upload&) {}
void NoEvidence::found(const findings::Finding&) {}

}  // namespace sfmkit::mockserver
