#include "findings/explanation.hpp"

#include <algorithm>

namespace sfmkit::findings {
namespace {

using Rows = std::vector<const Rule*>;

/// The rows of ids with one blank between.
Rows rows_of(std::string_view ids, std::span<const Rule* const> catalogue) {
    Rows rows;
    while (!ids.empty()) {
        const std::string_view id = ids.substr(0, ids.find(' '));
        const auto row = std::ranges::find(catalogue, id, &Rule::id);
        if (row != catalogue.end()) rows.push_back(*row);
        ids.remove_prefix(std::min(id.size() + 1, ids.size()));
    }
    return rows;
}

}  // namespace

Explanation explain(
    const Rule& rule, const RulePage& page, std::span<const Rule* const> catalogue
) {
    Rows superseded_by;
    std::ranges::copy_if(catalogue, std::back_inserter(superseded_by), [&](const Rule* other) {
        return other->supersedes_id(rule.id);
    });
    return {
        .rule = &rule,
        .page = &page,
        .related = rows_of(page.related, catalogue),
        .supersedes = rows_of(rule.supersedes, catalogue),
        .superseded_by = std::move(superseded_by),
    };
}

std::string_view weight_of(const Rule& rule) noexcept {
    if (rule.strict != Severity::error) return "never stands in the way of an export";
    if (rule.blocking == Blocking::outright) {
        return "an error blocks the export: no reader can use such a file";
    }
    if (rule.blocking == Blocking::key_in_doubt) {
        return "an error leaves the verdict open (exit 3): the key at hand may be the wrong one";
    }
    return rule.certainty() == Certainty::open
               ? "an error alone leaves the verdict open (exit 3): no published text says so"
               : "an error blocks the export (exit 1)";
}

std::string_view meaning_of(Certainty certainty) noexcept {
    switch (certainty) {
        case Certainty::sure:
            return "somebody else published it";
        case Certainty::likely:
            return "partly published, partly our reading";
        case Certainty::open:
            break;
    }
    return "our reasoning alone; nobody outside NHN knows";
}

std::string_view look_at(const Rule& rule) noexcept {
    switch (rule.stage) {
        case Stage::folder:
            return "sfmkit verify EXPORT --key KEY --report text=report.txt";
        case Stage::envelope:
        case Stage::archive:
            return "sfmkit inspect FILE --key KEY";
        case Stage::upload:
            return "sfmkit serve --port 8080";
        case Stage::document:
            break;
    }
    return "sfmkit open FILE --key KEY --output plain.zip";
}

}  // namespace sfmkit::findings
