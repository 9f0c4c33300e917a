#pragma once

#include "platform/result.hpp"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sfmkit::mockserver {

/// Reads the members of a JSON object that people write by hand. The first mistake is kept and
/// names its place; what was not taken is a mistake too. Only for sources of this folder.
class JsonMembers {
  public:
    /// object and wrong must outlive it. where: how errors name the text; path: where the object
    /// stands in it, empty for the whole.
    JsonMembers(
        const nlohmann::json& object,
        std::string where,
        std::string path,
        std::optional<platform::Error>& wrong
    )
        : object_(&object), where_(std::move(where)), path_(std::move(path)), wrong_(&wrong) {}

    /// False when it is not there, or is of another type.
    bool take(std::string_view name, std::string& target);
    bool take(std::string_view name, std::uint64_t& target);
    bool take(std::string_view name, std::int64_t& target);
    bool take(std::string_view name, double& target);
    bool take(std::string_view name, bool& target);
    bool take(std::string_view name, std::vector<std::string>& target);
    /// Null when it is not there, or is of another type.
    const nlohmann::json* take_object(std::string_view name);
    const nlohmann::json* take_array(std::string_view name);
    /// The reader of an object inside this one.
    JsonMembers inside(const std::string& name, const nlohmann::json& object) const;

    /// From now on only these may still be taken; others count as unknown.
    void allow(std::span<const std::string_view> names);
    void refuse(const std::string& name, std::string expected, std::string actual);
    /// Call at the end: what was not taken is unknown.
    void refuse_others();

  private:
    const nlohmann::json* look(std::string_view name);
    std::string place(const std::string& name) const;

    const nlohmann::json* object_;
    std::string where_;
    std::string path_;
    std::optional<platform::Error>* wrong_;
    std::set<std::string, std::less<>> taken_;
    std::optional<std::set<std::string, std::less<>>> allowed_;
};

/// Leaves out what is as usual.
template <class T>
void put_unless(nlohmann::ordered_json& out, const char* name, const T& value, const T& usual) {
    if (value != usual) out[name] = value;
}

}  // namespace sfmkit::mockserver
