#include "verifier/rules/idx_checks.hpp"

#include "verifier/export_path.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace sfmkit::verifier::idx {
namespace {

namespace sfm = wire::sfm;
using Names = IndexLine::Names;

constexpr std::string_view pattern = "Patients<N>\\<guid>.pat";
constexpr std::size_t most_shown = 200;

std::string shown(std::string_view text) {
    return std::string(text.substr(0, most_shown));
}

findings::Place place_of(const Index& index, std::size_t line) {
    return {.byte_offset = index.lines()[line].byte_offset, .line = line + 1};
}

/// Tells each line of which the predicate is true.
void tell_each(
    const Index& index,
    const RuleReporter& broken,
    bool (*is_wrong)(const IndexLine& line),
    const std::string& expected,
    const std::string& message
) {
    for (std::size_t i = 0; i < index.lines().size(); ++i) {
        const IndexLine& line = index.lines()[i];
        if (!is_wrong(line)) continue;
        broken.found(
            {.place = place_of(index, i),
             .expected = expected,
             .actual = shown(line.text),
             .message = message}
        );
    }
}

/// Tells the first line of which the predicate is true, and how many there are.
void tell_once(
    const Index& index,
    const RuleReporter& broken,
    bool (*is_wrong)(const IndexLine& line),
    const std::string& expected,
    const std::string& message
) {
    const auto& lines = index.lines();
    const auto first = std::ranges::find_if(lines, is_wrong);
    if (first == lines.end()) return;
    broken.found({
        .place = place_of(index, static_cast<std::size_t>(first - lines.begin())),
        .expected = expected,
        .actual = shown(first->text),
        .message = fmt::format(
            "{} in {} of {} lines", message, std::ranges::count_if(lines, is_wrong), lines.size()
        ),
    });
}

bool has_patient_extension(std::string_view path) {
    return same_without_case(take_apart(path).extension, sfm::patient_extension);
}

/// The files of an export in the order of their names without case, to find look-alikes.
class NamesWithoutCase {
  public:
    explicit NamesWithoutCase(const FolderFacts& folder) {
        for (const FolderFacts::File& file : folder.files) names_.push_back(file.path);
        std::ranges::sort(names_, less_without_case);
    }
    /// Empty when there is none.
    std::string_view find(std::string_view path) const {
        const auto found = std::ranges::lower_bound(names_, path, less_without_case);
        return found != names_.end() && same_without_case(*found, path) ? *found : "";
    }

  private:
    std::vector<std::string_view> names_;
};

bool names_no_file(const IndexLine& line) {
    const bool judged_elsewhere =
        line.names == Names::nothing || line.names == Names::outside || line.earlier.has_value();
    return !judged_elsewhere && !line.file && !line.twin_has_file;
}

struct OrderKey {
    std::uint32_t folder;
    std::string_view path;
};

OrderKey order_key(const IndexLine& line) {
    return {.folder = patient_folder_of(line.path).value_or(0), .path = line.path};
}

/// By text, or with folders counted: the example has one folder, so both may be meant.
bool is_out_of_order(const OrderKey& before, const OrderKey& after) {
    const bool by_text = before.path <= after.path;
    const bool by_number = before.folder < after.folder ||
                           (before.folder == after.folder && before.path <= after.path);
    return !by_text && !by_number;
}

}  // namespace

void line_without_file(const Index& index, const RuleReporter& broken) {
    const auto& lines = index.lines();
    if (std::ranges::none_of(lines, names_no_file)) return;
    const NamesWithoutCase names(index.folder());
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (!names_no_file(lines[i])) continue;
        const std::string_view other_letters = names.find(lines[i].path);
        // The file lies elsewhere, told by its place (DIR-03): there the line is right.
        if (has_patient_extension(other_letters) && !patient_folder_of(other_letters)) continue;
        const std::string_view below = names.find(last_folder_and_name(lines[i].path));
        std::string message = "the line names no file of the export";
        if (!other_letters.empty()) {
            message += fmt::format("; {} differs in letter case", shown(other_letters));
        } else if (!below.empty()) {
            message += fmt::format("; {} is named with the folders above it", shown(below));
        }
        broken.found(
            {.place = place_of(index, i),
             .expected = "a file of the export, relative to its folder, with its letters",
             .actual = shown(lines[i].text),
             .message = std::move(message)}
        );
    }
}

void file_without_line(const Index& index, const RuleReporter& broken) {
    if (!index.complete()) return;
    const auto& files = index.folder().files;
    for (std::size_t i = 0; i < files.size(); ++i) {
        const std::string& path = files[i].path;
        // One that lies elsewhere is told by its place (DIR-03).
        const bool belongs = patient_folder_of(path) && has_patient_extension(path);
        if (!belongs || !index.leaves_out(i)) continue;
        std::string line = shown(path);
        std::ranges::replace(line, '/', '\\');
        broken.found(
            {.expected = std::move(line),
             .actual = "no such line",
             .message = "the patient file is not in the index"}
        );
    }
}

void repeated_line(const Index& index, const RuleReporter& broken) {
    const auto& lines = index.lines();
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (!lines[i].earlier) continue;
        broken.found(
            {.place = place_of(index, i),
             .expected = "each file once",
             .actual = shown(lines[i].text),
             .message = fmt::format("the line repeats line {}", *lines[i].earlier + 1)}
        );
    }
}

void other_line_ends(const Index& index, const RuleReporter& broken) {
    tell_once(
        index,
        broken,
        [](const IndexLine& line) { return line.end == IndexLine::End::other; },
        "CR LF at the end of each line",
        "another line end"
    );
}

void other_separators(const Index& index, const RuleReporter& broken) {
    tell_once(
        index,
        broken,
        [](const IndexLine& line) { return line.odd_separator && line.names != Names::outside; },
        std::string(pattern),
        "another separator than one backslash"
    );
}

void path_outside(const Index& index, const RuleReporter& broken) {
    tell_each(
        index,
        broken,
        [](const IndexLine& line) { return line.names == Names::outside; },
        std::string(pattern) + ", relative to the export folder",
        "the line leads out of the export folder, or may do so"
    );
}

void other_pattern(const Index& index, const RuleReporter& broken) {
    tell_each(
        index,
        broken,
        [](const IndexLine& line) {
            // A patient file with a wrong name is told by its name (DIR-03, DIR-07).
            return line.names == Names::other && !(line.file && has_patient_extension(line.path));
        },
        std::string(pattern),
        "the line is not the path of a patient file"
    );
}

void last_line_open(const Index& index, const RuleReporter& broken) {
    const auto& lines = index.lines();
    if (lines.empty() || lines.back().end != IndexLine::End::none) return;
    broken.found(
        {.place = place_of(index, lines.size() - 1),
         .expected = "CR LF after the last line, too",
         .actual = shown(lines.back().text),
         .message = "the last line has no end"}
    );
}

void other_encoding(const Index& index, const RuleReporter& broken) {
    struct Told {
        IndexEncoding encoding;
        const char* actual;
    };
    constexpr std::array<Told, 3> told = {{
        {IndexEncoding::utf8_with_mark, "a UTF-8 byte order mark (EF BB BF)"},
        {IndexEncoding::utf16_little, "UTF-16, low byte first"},
        {IndexEncoding::utf16_big, "UTF-16, high byte first"},
    }};
    for (const auto& [encoding, actual] : told) {
        if (index.encoding() != encoding) continue;
        broken.found(
            {.place = {.byte_offset = 0, .line = 1},
             .expected = "ASCII without byte order mark",
             .actual = actual,
             .message = "the index is written in another encoding"}
        );
    }
    tell_once(
        index,
        broken,
        [](const IndexLine& line) { return !line.ascii; },
        "ASCII",
        "letters beyond ASCII"
    );
}

void other_order(const Index& index, const RuleReporter& broken) {
    const IndexLine* before = nullptr;
    for (std::size_t i = 0; i < index.lines().size(); ++i) {
        const IndexLine& line = index.lines()[i];
        if (line.names != Names::patient || line.earlier) continue;
        if (before != nullptr && is_out_of_order(order_key(*before), order_key(line))) {
            broken.found(
                {.place = place_of(index, i),
                 .expected = "a path after " + shown(before->text),
                 .actual = shown(line.text),
                 .message = "the lines are not in ascending order"}
            );
            return;
        }
        before = &line;
    }
}

void no_patient_line(const Index& index, const RuleReporter& broken) {
    tell_each(
        index,
        broken,
        [](const IndexLine& line) {
            return line.names == Names::organisation || line.names == Names::report;
        },
        "patient files only",
        "the index lists a file that holds no patient"
    );
}

void stray_blanks(const Index& index, const RuleReporter& broken) {
    tell_each(
        index,
        broken,
        [](const IndexLine& line) { return line.names == Names::nothing || line.blanks_around; },
        std::string(pattern),
        "the line is blank, or has blanks around it"
    );
}

}  // namespace sfmkit::verifier::idx
