#pragma once

#include "mockserver/evidence/evidence_reader.hpp"
#include "tests/support/served_mock.hpp"

#include <string>
#include <vector>

namespace sfmkit::test {

/// What the mock kept about the requests that it saw, also while it runs.
mockserver::EvidenceReader evidence_of(const ServedMock& mock);
int finished_uploads(const ServedMock& mock);
/// Rules of findings above a note, each with what it says.
std::vector<std::string> complaints(const ServedMock& mock);

}  // namespace sfmkit::test
