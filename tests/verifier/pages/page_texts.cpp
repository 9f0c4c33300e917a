#include "tests/verifier/pages/page_texts.hpp"

#include "verifier/rules/catalogue.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <sstream>

namespace sfmkit::test {
namespace {

std::vector<std::string> sorted_lines(std::string_view text) {
    std::vector<std::string> lines;
    std::istringstream stream{std::string(text)};
    for (std::string line; std::getline(stream, line);) lines.push_back(line);
    std::ranges::sort(lines);
    return lines;
}

}  // namespace

std::vector<std::string> sentences_in(std::string_view text) {
    constexpr std::string_view ends = ".:;?!";
    std::vector<std::string> sentences;
    std::string sentence;
    for (std::size_t i = 0; i < text.size(); ++i) {
        sentence += text[i];
        const bool last = i + 1 == text.size();
        if (last || (ends.contains(text[i]) && text[i + 1] == ' ')) {
            sentences.push_back(std::move(sentence));
            sentence.clear();
        }
    }
    return sentences;
}

std::vector<std::string> words_in(std::string_view text) {
    std::vector<std::string> words;
    std::string word;
    for (const char letter : text) {
        if (letter != ' ') {
            word += letter;
        } else if (!word.empty()) {
            words.push_back(std::move(word));
            word.clear();
        }
    }
    if (!word.empty()) words.push_back(std::move(word));
    return words;
}

std::vector<std::string> shared_sentences(
    const std::vector<findings::RulePage>& pages, std::size_t words
) {
    std::vector<std::string> shared;
    for (const auto& [name, field] : prose_of_a_page) {
        std::map<std::vector<std::string>, std::string_view> said_by;
        for (const findings::RulePage& page : pages) {
            for (const std::string& sentence : sentences_in(page.*field)) {
                const auto said = words_in(sentence);
                if (said.size() <= words) continue;
                const auto [first, is_new] = said_by.emplace(said, page.id);
                if (is_new || first->second == page.id) continue;
                shared.push_back(
                    std::string(name) + " of " + std::string(first->second) + " and " +
                    std::string(page.id) + ":" + sentence
                );
            }
        }
    }
    return shared;
}

std::size_t lines_that_differ(std::string_view left, std::string_view right) {
    const auto left_lines = sorted_lines(left);
    const auto right_lines = sorted_lines(right);
    std::vector<std::string> differing;
    std::ranges::set_symmetric_difference(left_lines, right_lines, std::back_inserter(differing));
    return differing.size();
}

std::vector<std::string> wrong_references(const std::vector<findings::RulePage>& pages) {
    std::set<std::string, std::less<>> known;
    for (const findings::Rule* rule : verifier::catalogue()) known.emplace(rule->id);
    std::vector<std::string> wrong;
    for (const findings::RulePage& page : pages) {
        std::set<std::string> seen;
        for (const std::string& id : words_in(page.related)) {
            const bool fine = known.contains(id) && id != page.id && seen.insert(id).second;
            if (!fine) wrong.push_back(std::string(page.id) + " names " + id);
        }
    }
    return wrong;
}

}  // namespace sfmkit::test
