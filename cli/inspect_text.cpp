#include "cli/inspect_report.hpp"
#include "platform/printable.hpp"
#include "verifier/dos_time.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>

namespace sfmkit::cli {
namespace {

using verifier::ArchiveTree;
using verifier::Diagnosis;
using verifier::Inspection;
using verifier::TreeEntry;

/// A screen or two; --json lists all.
constexpr std::size_t most_entries_listed = 200;

void add_budget(std::string& text, const Inspection& inspection) {
    text += fmt::format("{:>12} {:>12}  {:<20} {}\n", "offset", "bytes", "field", "meaning");
    for (const verifier::BudgetRow& row : inspection.budget) {
        text += fmt::format(
            "{:>12} {:>12}  {:<20} {}\n", row.offset_bytes, row.length_bytes, row.field, row.meaning
        );
    }
    const std::uint64_t total = verifier::total_bytes(inspection.budget);
    const bool whole = total == inspection.envelope.header.file_bytes;
    text += fmt::format(
        "{:>12} {:>12}  {}\n",
        "sum",
        total,
        whole ? "the size of the file" : "not the size of the file: a defect of sfmkit"
    );
}

void add_statements(
    std::string& text, std::string_view title, const std::vector<std::string>& statements
) {
    if (statements.empty()) return;
    text += fmt::format("\n{}\n", title);
    for (const std::string& statement : statements) text += fmt::format("  - {}\n", statement);
}

void add_diagnosis(std::string& text, const Diagnosis& diagnosis, const InspectReport& report) {
    text += fmt::format(
        "\nproblem: {} [{}, {}]\n", diagnosis.summary, diagnosis.rule, diagnosis.row().name
    );
    for (const std::string& proof : diagnosis.proved) text += fmt::format("  proved: {}\n", proof);
    for (const verifier::LikelyCause& cause : diagnosis.row().likely) {
        const std::string platform(cause.platform);
        text +=
            fmt::format("  likely: {}{}\n", platform.empty() ? "" : platform + ": ", cause.text);
    }
    text += fmt::format(
        "  next:   {}\n", verifier::with_names(diagnosis.row().next, report.file, report.key)
    );
}

std::string method_name(std::uint16_t method) {
    if (method == 0) return "stored";
    if (method == 8) return "deflate";
    return fmt::format("method {}", method);
}

std::string time_text(const verifier::ZipEntry& entry) {
    const auto time = verifier::dos_timestamp(entry.dos_date, entry.dos_time);
    return time ? fmt::format("{:%Y-%m-%d %H:%M:%S}", *time) : std::string("not set");
}

std::string entry_meaning(const TreeEntry& entry) {
    std::string text = entry.root;
    if (!entry.message_type.empty() && entry.message_type != entry.root)
        text += " (" + entry.message_type + ")";
    if (!entry.space.empty()) text += " in " + entry.space;
    if (!entry.problem.empty()) text += (text.empty() ? "" : "; ") + entry.problem;
    return text;
}

void add_tree(std::string& text, const ArchiveTree& tree) {
    text += fmt::format("\narchive: {} entries", tree.directory.entries.size());
    if (!tree.problem.empty()) text += ", not read reliably: " + tree.problem;
    text += fmt::format(
        "\n{:>5} {:>11} {:>11} {:<8} {:<8} {:<4} {:<19} {}\n",
        "#",
        "packed",
        "bytes",
        "method",
        "crc-32",
        "good",
        "time",
        "name and root"
    );
    const std::size_t listed = std::min(tree.entries.size(), most_entries_listed);
    for (std::size_t i = 0; i < listed; ++i) {
        const TreeEntry& entry = tree.entries[i];
        text += fmt::format(
            "{:>5} {:>11} {:>11} {:<8} {:08x} {:<4} {:<19} {}\n",
            i + 1,
            entry.header.compressed_bytes,
            entry.header.expanded_bytes,
            method_name(entry.header.method),
            entry.header.crc32,
            entry.sound ? "yes" : "NO",
            time_text(entry.header),
            entry.name
        );
        const std::string meaning = entry_meaning(entry);
        if (!meaning.empty()) text += fmt::format("{:>9}{}\n", "", meaning);
    }
    if (listed < tree.entries.size()) {
        text += fmt::format("      and {} more; --json lists all\n", tree.entries.size() - listed);
    }
}

void add_preview(std::string& text, const InspectReport& report) {
    const verifier::Preview& preview = *report.preview;
    text += fmt::format("\n{}", preview.entry);
    if (preview.selected > 0) text += fmt::format(": {} selected", preview.selected);
    text += report.masked ? " (personal data masked as ***)\n" : "\n";
    for (const std::string& line : preview.lines) text += "  " + line + '\n';
    if (preview.cut) {
        text +=
            fmt::format("  ... the first {} lines; --lines N shows more\n", preview.lines.size());
    }
    if (!preview.problem.empty()) text += fmt::format("  ended: {}\n", preview.problem);
}

}  // namespace

std::string text_of(const InspectReport& report) {
    const Inspection& inspection = report.inspection;
    std::string text;
    if (report.preview) {
        add_preview(text, report);
        return text.substr(1);
    }
    text += platform::printable(report.file) + '\n';
    add_budget(text, inspection);
    add_statements(text, "proved", inspection.proved);
    add_statements(text, "not proved", inspection.not_proved);
    for (const Diagnosis& diagnosis : inspection.envelope.diagnoses) {
        add_diagnosis(text, diagnosis, report);
    }
    if (inspection.tree) add_tree(text, *inspection.tree);
    const bool may_try_key = report.key.empty() && inspection.envelope.header.can_be_decrypted();
    if (may_try_key) {
        text +=
            fmt::format("\nnext: sfmkit inspect {} --key KEY shows what is inside\n", report.file);
    } else if (inspection.tree && !inspection.tree->entries.empty()) {
        text += fmt::format(
            "\nnext: sfmkit inspect {}{} --entry {} shows a document\n",
            report.file,
            report.key.empty() ? "" : " --key " + report.key,
            inspection.tree->entries.size()
        );
    }
    return text;
}

}  // namespace sfmkit::cli
