#include "mockserver/sfm/migration_rules.hpp"

#include <fmt/format.h>

#include <array>

namespace sfmkit::mockserver {
namespace {

using findings::CheckedRule;
using findings::RuleReporter;
using findings::Source;
using enum findings::Severity;

constexpr auto stage = findings::Stage::upload;

void file_before_organisation(const ArrivalFacts& facts, const RuleReporter& broken) {
    using enum wire::sfm::FileKind;
    if (!facts.organisation_awaited || (facts.kind != patient && facts.kind != report)) return;
    broken.found(
        {.expected = "the organisation file with all its bytes",
         .actual = fmt::format("a {} before it", wire::sfm::upload_file_type(facts.kind)),
         .message = "the organisation file of the migration is not here yet"}
    );
}

void file_sent_again(const ArrivalFacts& facts, const RuleReporter& broken) {
    if (facts.same_name == Earlier::none) return;
    findings::Observation seen{
        .expected = "one upload for each file",
        .actual = "a second one, and the first is finished",
        .message = "a file of this name is in the migration already"
    };
    if (facts.same_name == Earlier::unfinished) {
        seen.actual = "a second one, and the first is unfinished";
        seen.message = "the file is begun anew instead of being continued";
        seen.severity = warning;
    }
    broken.found(std::move(seen));
}

void tell_calls(const ParallelFacts& facts, const RuleReporter& broken) {
    broken.found(
        {.expected = fmt::format("at most {} parallel calls", broken.bound()),
         .actual = fmt::format("{}", facts.calls),
         .message = "requests of one migration sent data at the same time"}
    );
}

void many_calls(const ParallelFacts& facts, const RuleReporter& broken) {
    const auto calls = static_cast<std::int64_t>(facts.calls);
    if (calls > broken.bound(0) && calls <= broken.bound(1)) tell_calls(facts, broken);
}

void too_many_calls(const ParallelFacts& facts, const RuleReporter& broken) {
    if (static_cast<std::int64_t>(facts.calls) > broken.bound()) tell_calls(facts, broken);
}

void left_unfinished(const EndFacts& facts, const RuleReporter& broken) {
    broken.found(
        {.expected = facts.length_bytes ? fmt::format("{} bytes", *facts.length_bytes)
                                        : std::string("Upload-Length, which was to come later"),
         .actual = fmt::format("{} bytes", facts.offset_bytes),
         .message = "the upload is unfinished at the end"}
    );
}

const std::array<CheckedRule<ArrivalFacts>, 2> of_arrivals = {{
    {{.id = "SFM-13",
      .strict = warning,
      .lenient = info,
      .stage = stage,
      .title = "the organisation file is sent first, and whole",
      .sources = Source::page_text | Source::official_uploader,
      .remedy = "send ExportData.dat alone and begin with the other files when it is finished",
      .does_not_prove = "that the organisation file was taken in: the importer reads it later"},
     file_before_organisation},
    {{.id = "SFM-14",
      .strict = error,
      .lenient = warning,
      .stage = stage,
      .title = "each file is uploaded once in a migration",
      .sources = Source::page_text | Source::official_uploader,
      .remedy = "ask the URL of the first upload by HEAD and go on at its Upload-Offset",
      .usual_cause = "a retry that begins with POST again"},
     file_sent_again},
}};

const std::array<CheckedRule<ParallelFacts>, 2> of_parallel_calls = {{
    {{.id = "SFM-15",
      .strict = info,
      .lenient = info,
      .stage = stage,
      .title = "at most 5 calls of a migration are parallel",
      .sources = Source::page_text,
      .remedy = "the page allows 5 to 10: stay at 5 to be sure"},
     many_calls,
     {{{"calls that are surely fine", 5}, {"most calls", 10}}}},
    {{.id = "SFM-16",
      .strict = error,
      .lenient = warning,
      .stage = stage,
      .title = "at most 10 calls of a migration are parallel",
      .sources = Source::page_text,
      .remedy = "send at most 10 files at the same time, better 5",
      .usual_cause = "the official uploader: UploadThreads above 10"},
     too_many_calls,
     {{{"most calls", 10}}}},
}};

const std::array<CheckedRule<EndFacts>, 1> of_ends = {{
    {{.id = "SFM-17",
      .strict = warning,
      .lenient = warning,
      .stage = stage,
      .title = "every upload that was begun gets all its bytes",
      .sources = Source::inference,
      .remedy = "continue the upload at its URL, or end it with DELETE where that is offered"},
     left_unfinished},
}};

}  // namespace

std::span<const CheckedRule<ArrivalFacts>> arrival_rules() noexcept {
    return of_arrivals;
}

std::span<const CheckedRule<ParallelFacts>> parallel_rules() noexcept {
    return of_parallel_calls;
}

std::span<const CheckedRule<EndFacts>> end_rules() noexcept {
    return of_ends;
}

}  // namespace sfmkit::mockserver
