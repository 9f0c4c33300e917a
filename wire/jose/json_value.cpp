#include "wire/jose/json_value.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <limits>
#include <set>

namespace sfmkit::wire {
namespace {

using nlohmann::json;

/// A name as errors may show it: a plain word. Anything else may be data that must not be told.
std::string shown_name(const std::string& name) {
    constexpr std::size_t most = 64;
    const auto plain = [](char letter) {
        return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
               letter == '_' || letter == '-' || letter == ':' || letter == '/' || letter == '.';
    };
    return name.size() <= most && std::ranges::all_of(name, plain) ? name : std::string();
}

/// Builds the value from the events of the parser, and refuses what a plain parser lets pass.
class Builder final : public nlohmann::json_sax<json> {
  public:
    explicit Builder(JsonLimits limits) : limits_(limits) {}

    bool null() override { return take(JsonValue()); }
    bool boolean(bool value) override { return take(JsonValue(value)); }
    bool number_integer(std::int64_t value) override { return take(JsonValue(value)); }
    bool number_unsigned(std::uint64_t value) override {
        const bool fits = value <= std::uint64_t{std::numeric_limits<std::int64_t>::max()};
        if (fits) return take(JsonValue(static_cast<std::int64_t>(value)));
        return take(JsonValue(static_cast<double>(value)));
    }
    bool number_float(double value, const std::string&) override { return take(JsonValue(value)); }
    bool string(std::string& value) override { return take(JsonValue(std::move(value))); }
    bool binary(json::binary_t&) override { return stop({.fault = JoseFault::not_json}); }

    bool start_object(std::size_t) override { return open(true); }
    bool start_array(std::size_t) override { return open(false); }
    bool end_object() override { return close(); }
    bool end_array() override { return close(); }

    bool key(std::string& name) override {
        Level& level = levels_.back();
        if (!level.names.insert(name).second) {
            return stop({.fault = JoseFault::duplicate_member, .member = shown_name(name)});
        }
        level.name = name;
        return true;
    }

    bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception&) override {
        return stop({.fault = whole_ ? JoseFault::trailing_data : JoseFault::not_json});
    }

    JoseResult<JsonValue> result() && {
        if (error_) return std::unexpected(std::move(*error_));
        return std::move(root_);
    }

  private:
    struct Level {
        bool is_object = false;
        JsonValue::Array items{};
        JsonValue::Object members{};
        std::set<std::string> names{};
        std::string name{};
    };

    bool stop(JoseError error) {
        if (!error_) error_ = std::move(error);
        return false;
    }

    bool open(bool is_object) {
        if (levels_.size() >= limits_.levels) return stop({.fault = JoseFault::nested_too_deep});
        levels_.push_back({.is_object = is_object});
        return true;
    }

    bool close() {
        Level level = std::move(levels_.back());
        levels_.pop_back();
        if (level.is_object) return take(JsonValue(std::move(level.members)));
        return take(JsonValue(std::move(level.items)));
    }

    bool take(JsonValue value) {
        if (levels_.empty()) {
            root_ = std::move(value);
            whole_ = true;
            return true;
        }
        Level& level = levels_.back();
        if (level.is_object) {
            level.members.emplace_back(std::move(level.name), std::move(value));
        } else {
            level.items.push_back(std::move(value));
        }
        return true;
    }

    JsonLimits limits_;
    std::vector<Level> levels_;
    JsonValue root_;
    bool whole_ = false;
    std::optional<JoseError> error_;
};

nlohmann::ordered_json json_of(const JsonValue& value) {
    using Json = nlohmann::ordered_json;
    if (const bool* boolean = value.boolean()) return *boolean;
    if (const std::int64_t* integer = value.integer()) return *integer;
    if (const double* real = value.real()) return *real;
    if (const std::string* text = value.text()) return *text;
    if (const JsonValue::Array* array = value.array()) {
        Json items = Json::array();
        for (const JsonValue& item : *array) items.push_back(json_of(item));
        return items;
    }
    if (const JsonValue::Object* object = value.object()) {
        Json members = Json::object();
        for (const auto& [name, member] : *object) members[name] = json_of(member);
        return members;
    }
    return nullptr;
}

}  // namespace

std::string_view JsonValue::type_name() const noexcept {
    if (boolean()) return "true or false";
    if (integer()) return "an integer";
    if (real()) return "a number that is no integer";
    if (text()) return "a text";
    if (array()) return "an array";
    return object() ? "an object" : "null";
}

const JsonValue* JsonValue::find(std::string_view name) const noexcept {
    const Object* members = object();
    if (members == nullptr) return nullptr;
    const auto at = std::ranges::find(*members, name, &Member::first);
    return at == members->end() ? nullptr : &at->second;
}

void JsonValue::set(std::string_view name, JsonValue value) {
    if (object() == nullptr) value_ = Object();
    auto& members = std::get<Object>(value_);
    const auto at = std::ranges::find(members, name, &Member::first);
    if (at != members.end()) {
        at->second = std::move(value);
    } else {
        members.emplace_back(name, std::move(value));
    }
}

void JsonValue::remove(std::string_view name) {
    if (auto* members = std::get_if<Object>(&value_)) {
        std::erase_if(*members, [name](const Member& member) { return member.first == name; });
    }
}

JoseResult<JsonValue> parse_json(std::string_view text, JsonLimits limits) {
    if (text.size() > limits.bytes) return refuse(JoseFault::json_too_long);
    // The parser would skip a byte order mark, which RFC 8259 section 8.1 forbids, and take a zero
    // byte for the end.
    const bool has_zero = text.find('\0') != std::string_view::npos;
    if (has_zero || text.starts_with("\xef\xbb\xbf")) return refuse(JoseFault::not_json);
    Builder builder(limits);
    json::sax_parse(text, &builder);
    return std::move(builder).result();
}

JoseResult<JsonValue> parse_json_object(std::string_view text, JsonLimits limits) {
    auto value = parse_json(text, limits);
    if (value && value->object() == nullptr) return refuse(JoseFault::not_an_object);
    return value;
}

std::string print_json(const JsonValue& value) {
    return json_of(value).dump();
}

JoseResult<std::string_view> text_member(const JsonValue& object, std::string_view name) {
    auto text = optional_text_member(object, name);
    if (!text) return std::unexpected(std::move(text.error()));
    if (!*text) return refuse({.fault = JoseFault::member_missing, .member = std::string(name)});
    return **text;
}

JoseResult<std::optional<std::string_view>> optional_text_member(
    const JsonValue& object, std::string_view name
) {
    const JsonValue* member = object.find(name);
    if (member == nullptr) return std::nullopt;
    const std::string* text = member->text();
    if (text != nullptr && !text->empty()) return std::string_view(*text);
    return refuse(
        {.fault = JoseFault::member_type,
         .member = std::string(name),
         .expected = "a text",
         .actual = text ? "an empty text" : std::string(member->type_name())}
    );
}

}  // namespace sfmkit::wire
