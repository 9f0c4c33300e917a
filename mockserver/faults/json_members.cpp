#include "mockserver/faults/json_members.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace sfmkit::mockserver {

using nlohmann::json;

const json* JsonMembers::look(std::string_view name) {
    if (allowed_ && !allowed_->contains(name)) return nullptr;
    const auto member = object_->find(std::string(name));
    if (member == object_->end()) return nullptr;
    taken_.emplace(name);
    return &*member;
}

std::string JsonMembers::place(const std::string& name) const {
    return path_.empty() ? name : path_ + "." + name;
}

void JsonMembers::refuse(const std::string& name, std::string expected, std::string actual) {
    if (*wrong_) return;
    *wrong_ = platform::Error{
        .code = platform::Errc::usage,
        .what = "faults cannot be read",
        .where = fmt::format("{}: {}", where_, place(name)),
        .expected = std::move(expected),
        .actual = std::move(actual),
        .next = "sfmkit serve --help shows an example",
    };
}

bool JsonMembers::take(std::string_view name, std::string& target) {
    const json* member = look(name);
    if (member == nullptr) return false;
    if (!member->is_string()) {
        refuse(std::string(name), "a text", member->dump());
        return false;
    }
    target = member->get<std::string>();
    return true;
}

bool JsonMembers::take(std::string_view name, std::uint64_t& target) {
    const json* member = look(name);
    if (member == nullptr) return false;
    if (!member->is_number_unsigned()) {
        refuse(std::string(name), "a whole number from 0", member->dump());
        return false;
    }
    target = member->get<std::uint64_t>();
    return true;
}

bool JsonMembers::take(std::string_view name, std::int64_t& target) {
    const json* member = look(name);
    if (member == nullptr) return false;
    if (!member->is_number_integer()) {
        refuse(std::string(name), "a whole number", member->dump());
        return false;
    }
    target = member->get<std::int64_t>();
    return true;
}

bool JsonMembers::take(std::string_view name, double& target) {
    const json* member = look(name);
    if (member == nullptr) return false;
    if (!member->is_number()) {
        refuse(std::string(name), "a number", member->dump());
        return false;
    }
    target = member->get<double>();
    return true;
}

bool JsonMembers::take(std::string_view name, bool& target) {
    const json* member = look(name);
    if (member == nullptr) return false;
    if (!member->is_boolean()) {
        refuse(std::string(name), "true or false", member->dump());
        return false;
    }
    target = member->get<bool>();
    return true;
}

bool JsonMembers::take(std::string_view name, std::vector<std::string>& target) {
    const json* member = take_array(name);
    if (member == nullptr) return false;
    for (const json& each : *member) {
        if (!each.is_string()) {
            refuse(std::string(name), "a list of texts", each.dump());
            return false;
        }
        target.push_back(each.get<std::string>());
    }
    return true;
}

const json* JsonMembers::take_object(std::string_view name) {
    const json* member = look(name);
    if (member == nullptr || member->is_object()) return member;
    refuse(std::string(name), "an object", member->dump());
    return nullptr;
}

const json* JsonMembers::take_array(std::string_view name) {
    const json* member = look(name);
    if (member == nullptr || member->is_array()) return member;
    refuse(std::string(name), "a list", member->dump());
    return nullptr;
}

JsonMembers JsonMembers::inside(const std::string& name, const json& object) const {
    return {object, where_, place(name), *wrong_};
}

void JsonMembers::allow(std::span<const std::string_view> names) {
    allowed_.emplace(names.begin(), names.end());
}

void JsonMembers::refuse_others() {
    for (const auto& [name, value] : object_->items()) {
        if (taken_.contains(name)) continue;
        if (allowed_ && !allowed_->empty()) {
            refuse(name, fmt::format("only {}", fmt::join(*allowed_, ", ")), value.dump());
        } else {
            refuse(name, "no such member here", value.dump());
        }
    }
}

}  // namespace sfmkit::mockserver
