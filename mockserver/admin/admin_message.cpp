#include "mockserver/admin/admin_message.hpp"

#include "platform/printable.hpp"
#include "wire/percent.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace sfmkit::mockserver::admin {

Request read_target(std::string_view method, std::string_view target) {
    Request request;
    request.method = method;
    const std::size_t mark = std::min(target.find('?'), target.size());
    request.path = wire::decode_percent(target.substr(0, mark), '/');
    std::string_view rest = target.substr(std::min(mark + 1, target.size()));
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find('&'), rest.size());
        const std::string_view pair = rest.substr(0, end);
        const std::size_t equals = std::min(pair.find('='), pair.size());
        const std::string_view value = pair.substr(std::min(equals + 1, pair.size()));
        request.query[wire::decode_percent(pair.substr(0, equals))] = wire::decode_percent(value);
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return request;
}

Answer refuse(
    int status,
    std::string_view what,
    std::string_view expected,
    std::string_view actual,
    std::string_view next
) {
    const nlohmann::ordered_json error = {
        {"error",
         {{"what", what},
          {"expected", expected},
          {"actual", platform::printable(actual)},
          {"next", next}}}
    };
    Answer answer;
    answer.status = status;
    answer.body = error.dump() + "\n";
    return answer;
}

}  // namespace sfmkit::mockserver::admin
