#include "tests/cli/mock_evidence.hpp"

#include <algorithm>

namespace sfmkit::test {

using mockserver::EvidenceReader;

EvidenceReader evidence_of(const ServedMock& mock) {
    auto reader = EvidenceReader::open(mock.data_folder());
    if (!reader) throw std::runtime_error(platform::describe(reader.error()));
    return std::move(*reader);
}

int finished_uploads(const ServedMock& mock) {
    const auto uploads = evidence_of(mock).uploads(0).value();
    return static_cast<int>(std::ranges::count_if(uploads, [](const auto& upload) {
        return upload.finished.has_value();
    }));
}

std::vector<std::string> complaints(const ServedMock& mock) {
    std::vector<std::string> found;
    const auto rows = evidence_of(mock).findings(0, 0, 100'000).value();
    for (const auto& row : rows) {
        if (row.finding.severity == findings::Severity::info) continue;
        found.push_back(row.finding.rule + ": " + row.finding.message);
    }
    return found;
}

}  // namespace sfmkit::test
