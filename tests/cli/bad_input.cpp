#include "tests/cli/bad_input.hpp"

#include "tests/support/reference.hpp"
#include "tests/support/run_program.hpp"

#include <gmock/gmock.h>

#include <fstream>
#include <ostream>
#include <sstream>
#include <stdexcept>

namespace sfmkit::test {
namespace {

namespace fs = std::filesystem;

constexpr int first_signal_code = 128;

/// Each stream into a file of its own; nothing to read from.
constexpr const char* apart =
    "output=$1 messages=$2; shift 2; \"$@\" >\"$output\" 2>\"$messages\" </dev/null";

/// The same in the background, halted while the change is made: when it has the file open and has
/// read some megabytes, which no other file of a scene holds.
constexpr const char* interrupted = R"(
output=$1 messages=$2 file=$3 change=$4; shift 4
"$@" >"$output" 2>"$messages" </dev/null &
while kill -0 $! 2>/dev/null; do
    read -r label bytes </proc/$!/io && [ "$bytes" -gt 5000000 ] || continue
    for open in /proc/$!/fd/*; do [ "$open" -ef "$file" ] && break 2; done
done
kill -STOP $! && sh -ec "$change"
kill -CONT $!
wait $!
)";

std::size_t count_of(const std::string& text, const std::string& part) {
    std::size_t count = 0;
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
    return count;
}

bool running_as_root() {
    static const bool root = run_program("id", {"-u"}).output == "0\n";
    return root;
}

std::vector<std::string> as_user(User user) {
    if (user == User::same || !running_as_root()) return {};
    return {"setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", "--"};
}

void expect_told(const BadInput& row, const Outcome& outcome) {
    const bool as_error = row.voice != Told::as_finding;
    if (row.voice == Told::as_error) {
        expect_one_error(outcome);
    } else if (row.voice == Told::as_error_beside) {
        expect_one_error_message(outcome);
        EXPECT_THAT(outcome.output, testing::StartsWith("CONFORMS"));
    } else {
        EXPECT_EQ(outcome.messages, "");
        EXPECT_THAT(outcome.output, testing::HasSubstr("\nnext: "));
    }
    for (const std::string& part : row.told) {
        EXPECT_THAT(as_error ? outcome.messages : outcome.output, testing::HasSubstr(part));
    }
}

}  // namespace

Scene::Scene() {
    const auto sfmkit = [this](const std::string& command) {
        const Outcome outcome = run(command);
        if (outcome.exit_code != 0) throw std::runtime_error(command + ": " + outcome.messages);
    };
    prepare("chmod 755 .");
    fs::permissions(aside_.path(), fs::perms::all);
    sfmkit("keys new @/keys");
    sfmkit("generate @/export --patients 1 --recipient @/keys/recipient.cer");
    prepare("cp export/Patients0/*.pat patient.pat");
    sfmkit("open @/patient.pat --key @/keys/recipient.key.pem --output @/plain.zip");
    sfmkit("generate @/plain --patients 1 --plain");
    prepare("mkdir out && chmod -R a+rX . && chmod 777 out");
}

std::vector<std::string> words_of(const std::string& command) {
    std::istringstream stream(command);
    std::vector<std::string> words;
    for (std::string word; stream >> word;) words.push_back(word);
    return words;
}

Outcome Scene::run(const std::string& command, const Circumstances& circumstances) {
    return run(words_of(command), circumstances);
}

Outcome Scene::run(const std::vector<std::string>& command, const Circumstances& circumstances) {
    return run_script(apart, {}, command, circumstances);
}

Outcome Scene::run_while(
    const std::string& command, const std::string& file, const std::string& script
) {
    const std::string change = "cd '" + folder_.path().string() + "'; " + script;
    return run_script(interrupted, {(folder_ / file).string(), change}, words_of(command), {});
}

Outcome Scene::run_script(
    const char* script,
    std::vector<std::string> further,
    const std::vector<std::string>& command,
    const Circumstances& circumstances
) {
    const auto messages = aside_ / "messages";
    const auto output = circumstances.output_is_full ? fs::path("/dev/full") : aside_ / "output";
    std::vector<std::string> words = as_user(circumstances.user);
    words.insert(words.end(), {"sh", "-c", script, "sh", output.string(), messages.string()});
    words.insert(words.end(), further.begin(), further.end());
    if (circumstances.ended_by_signal) {
        words.insert(
            words.end(), {"timeout", "--foreground", "--preserve-status", "--signal=TERM", "2"}
        );
    }
    words.push_back(program_for(circumstances.user));
    for (const std::string& word : command) words.push_back(replace_marks(word));
    const std::string program = words.front();
    words.erase(words.begin());
    Outcome outcome{
        .exit_code = run_program(program, words).exit_code, .output = {}, .messages = {}
    };
    outcome.messages = read_file(messages);
    fs::remove(messages);
    if (circumstances.output_is_full) return outcome;
    outcome.output = read_file(output);
    fs::remove(output);
    return outcome;
}

std::string Scene::program_for(User user) const {
    const auto program = build_folder() / "sfmkit";
    if (user == User::same) return program.string();
    // Other users may have no way into the folder of the checkout.
    const auto copy = aside_ / "sfmkit";
    fs::copy_file(program, copy, fs::copy_options::overwrite_existing);
    fs::permissions(copy, fs::perms::others_read | fs::perms::others_exec, fs::perm_options::add);
    return copy.string();
}

std::string Scene::replace_marks(std::string word) {
    const auto replace = [&word](const std::string& mark, const std::string& text) {
        if (const auto at = word.find(mark); at != std::string::npos) {
            word.replace(at, mark.size(), text);
        }
    };
    if (word == "%url" && !server_) start_server();
    if (word == "%port" && !server_) end_server();
    if (server_) {
        replace("%url", server_->url());
        replace("%port", std::to_string(server_->port()));
    }
    replace("@", folder_.path().string());
    return word;
}

void Scene::prepare(const std::string& script) const {
    const auto run = run_program("sh", {"-ec", "cd \"$0\"; " + script, folder_.path().string()});
    if (run.exit_code != 0) throw std::runtime_error(script + ": " + run.output);
}

void Scene::start_server() {
    if (server_) {
        server_->start_again();
    } else {
        server_.emplace(aside_ / "server");
    }
}

void Scene::end_server() {
    if (!server_) start_server();
    server_->kill();
}

SmallDisk& Scene::shrink_output(std::uint64_t kibibytes) {
    return disk_.emplace(folder_ / "out", kibibytes);
}

SmallDisk& Scene::shrink_server(std::uint64_t kibibytes) {
    return disk_.emplace(aside_ / "server" / "data", kibibytes);
}

void Scene::fill_server() {
    const std::string page(4096, 'x');
    std::ofstream filler(aside_ / "server" / "data" / "filler", std::ios::binary);
    while (filler) filler << page << std::flush;
}

std::map<std::string, std::uintmax_t> Scene::listing() const {
    std::map<std::string, std::uintmax_t> found;
    const auto options = fs::directory_options::skip_permission_denied;
    for (const auto& entry : fs::recursive_directory_iterator(folder_.path(), options)) {
        const std::string name = entry.path().lexically_relative(folder_.path()).string();
        const bool is_file = fs::is_regular_file(entry.symlink_status());
        found.emplace(is_file ? name : name + "/", is_file ? entry.file_size() : 0);
    }
    return found;
}

std::function<void(Scene&)> by(const std::string& script) {
    return [script](const Scene& scene) { scene.prepare(script); };
}

void PrintTo(const BadInput& row, std::ostream* stream) {
    *stream << row.name;
}

std::string name_of_row(const testing::TestParamInfo<BadInput>& row) {
    return row.param.name;
}

void expect_one_error(const Outcome& outcome) {
    expect_one_error_message(outcome);
    EXPECT_EQ(outcome.output, "");
}

void expect_one_error_message(const Outcome& outcome) {
    // What was found out before may stand above it.
    EXPECT_EQ(count_of('\n' + outcome.messages, "\nerror: "), 1U) << outcome.messages;
    EXPECT_THAT(outcome.messages, testing::HasSubstr("\n  next:     "));
    EXPECT_THAT(outcome.messages, testing::MatchesRegex("(.|\n)* \\[ERR-[a-z-]+\\]\n"));
}

void expect_clear_refusal(const BadInput& row) {
    SCOPED_TRACE(row.command);
    {
        Scene twin;
        const std::string& command = row.good_command.empty() ? row.command : row.good_command;
        Circumstances circumstances = row.circumstances;
        circumstances.output_is_full = false;
        const Outcome outcome = twin.run(command, circumstances);
        EXPECT_EQ(outcome.exit_code, 0) << "of the good twin\n"
                                        << outcome.output << outcome.messages;
    }
    Scene scene;
    if (row.spoil) row.spoil(scene);
    const auto before = scene.listing();
    const Outcome outcome = scene.run(row.command, row.circumstances);
    EXPECT_LT(outcome.exit_code, first_signal_code) << "it crashed";
    EXPECT_EQ(outcome.exit_code, row.exit_code) << outcome.output << outcome.messages;
    expect_told(row, outcome);
    auto after = scene.listing();
    for (const std::string& name : row.leaves) after.erase(name);
    EXPECT_EQ(after, before) << "something half-written is left";
}

}  // namespace sfmkit::test
