#include "tests/house/await_check.hpp"

#include "tests/house/code_text.hpp"

#include <cctype>
#include <set>
#include <string>

namespace sfmkit::house {
namespace {

struct Token {
    std::string text;
    std::size_t line;
};

bool is_word(char letter) {
    return std::isalnum(static_cast<unsigned char>(letter)) != 0 || letter == '_';
}

/// Words and letters of punctuation; `->` and `::` are one token, preprocessor lines none.
std::vector<Token> tokens_of(const std::string& text) {
    std::vector<Token> tokens;
    std::size_t number = 0;
    bool continued = false;
    for (const std::string& line : lines_of(code_of(text))) {
        ++number;
        const bool directive = continued || line.starts_with('#');
        continued = directive && line.ends_with('\\');
        for (std::size_t at = 0; at < line.size() && !directive;) {
            std::size_t end = at + 1;
            if (is_word(line[at])) {
                while (end < line.size() && is_word(line[end])) ++end;
            } else if (line.compare(at, 2, "->") == 0 || line.compare(at, 2, "::") == 0) {
                ++end;
            }
            if (line[at] != ' ') tokens.push_back({line.substr(at, end - at), number});
            at = end;
        }
    }
    return tokens;
}

/// What is known of the statement that is being read.
struct Statement {
    std::size_t await_line = 0;
    bool braces = false;
    bool question = false;
    bool lambda = false;
    bool class_word = false;  ///< class, struct, namespace …, and no `(` or `=` since
    bool arrow = false;       ///< a return type behind the parameters
    bool label = false;       ///< begins with case, default, public …
    int awaited_body = -1;    ///< depth of parentheses at which the body of a lambda must come
};

enum class Brace { block, lambda_body, initialiser };

struct Frame {
    Brace kind;
    int depth;  ///< of parentheses where the brace was opened
    Statement outer;
};

class AwaitReader {
  public:
    explicit AwaitReader(const SourceFile& file)
        : path_(file.path), tokens_(tokens_of(file.text)) {}

    std::vector<Breach> read() {
        for (at_ = 0; at_ < tokens_.size(); ++at_) take(tokens_[at_].text);
        end_statement();
        return std::move(breaches_);
    }

  private:
    const std::string& before(std::size_t back) const {
        static const std::string none;
        return at_ >= back ? tokens_[at_ - back].text : none;
    }
    int base_depth() const { return frames_.empty() ? 0 : frames_.back().depth; }

    void take(const std::string& token) {
        if (token == "co_await" && statement_.await_line == 0) {
            statement_.await_line = tokens_[at_].line;
        } else if (token == "?") {
            statement_.question = true;
        } else if (token == "(") {
            ++depth_;
            statement_.class_word = false;
        } else if (token == ")") {
            --depth_;
        } else if (token == "=") {
            statement_.class_word = false;
        } else if (token == "->") {
            statement_.arrow = before(1) == ")" || statement_.arrow;
        } else if (token == "[") {
            take_bracket();
        } else if (token == "{") {
            open();
        } else if (token == "}") {
            close();
        } else if (token == ";" && depth_ == base_depth()) {
            end_statement();
        } else if (token == ":" && statement_.label) {
            end_statement();
        } else {
            take_word(token);
        }
    }

    void take_word(const std::string& token) {
        static const std::set<std::string> classes = {
            "class", "struct", "union", "enum", "namespace", "extern"
        };
        static const std::set<std::string> labels = {
            "case", "default", "public", "private", "protected"
        };
        if (depth_ == base_depth() && classes.contains(token)) statement_.class_word = true;
        const bool first =
            before(1) == ";" || before(1) == "{" || before(1) == "}" || before(1) == ":";
        const bool base_class = statement_.class_word;
        if (first && !base_class && labels.contains(token)) statement_.label = true;
    }

    /// A bracket behind a value is a subscript, behind `auto` a binding, behind a bracket an
    /// attribute; any other begins a lambda.
    void take_bracket() {
        static const std::set<std::string> operators = {
            "return", "co_return", "co_await", "co_yield"
        };
        const std::string& last = before(1);
        const bool value = (!last.empty() && is_word(last.back()) && !operators.contains(last)) ||
                           last == ")" || last == "]" || last == "\"";
        const bool binding = last == "&" && (before(2) == "auto" || before(3) == "auto");
        const bool attribute = at_ + 1 < tokens_.size() && tokens_[at_ + 1].text == "[";
        if (value || binding || attribute || last == "[") return;
        statement_.lambda = true;
        statement_.awaited_body = depth_;
    }

    Brace kind_of_brace() const {
        static const std::set<std::string> before_block = {
            "",
            ")",
            ";",
            "{",
            "}",
            ":",
            "else",
            "do",
            "try",
            "const",
            "noexcept",
            "override",
            "final",
            "mutable"
        };
        if (statement_.awaited_body == depth_) return Brace::lambda_body;
        const bool in_initialiser = !frames_.empty() && frames_.back().kind == Brace::initialiser;
        if (in_initialiser || depth_ != base_depth()) return Brace::initialiser;
        const bool block =
            before_block.contains(before(1)) || statement_.class_word || statement_.arrow;
        return block ? Brace::block : Brace::initialiser;
    }

    void open() {
        const Brace kind = kind_of_brace();
        if (kind == Brace::initialiser) statement_.braces = true;
        if (kind == Brace::block) end_statement();
        statement_.awaited_body = kind == Brace::lambda_body ? -1 : statement_.awaited_body;
        frames_.push_back({kind, depth_, statement_});
        if (kind == Brace::lambda_body) statement_ = {};
    }

    void close() {
        if (frames_.empty()) return;
        const Frame frame = frames_.back();
        if (frame.kind != Brace::initialiser) end_statement();
        frames_.pop_back();
        depth_ = frame.depth;
        if (frame.kind == Brace::lambda_body) statement_ = frame.outer;
    }

    void end_statement() {
        const Statement& ended = statement_;
        const auto tell = [this, &ended](bool broken, const char* what) {
            if (broken && ended.await_line > 0)
                breaches_.push_back({path_, ended.await_line, what});
        };
        tell(ended.braces, "has braces beside co_await");
        tell(ended.question, "has ? beside co_await");
        tell(ended.lambda, "has a lambda beside co_await");
        statement_ = {};
    }

    std::string path_;
    std::vector<Token> tokens_;
    std::size_t at_ = 0;
    int depth_ = 0;
    Statement statement_;
    std::vector<Frame> frames_;
    std::vector<Breach> breaches_;
};

}  // namespace

std::vector<Breach> check_lone_await(const SourceFile& file) {
    return AwaitReader(file).read();
}

}  // namespace sfmkit::house
