#include "mockserver/admin/dashboard.hpp"
#include "mockserver/admin/desk.hpp"

namespace sfmkit::mockserver::admin {
namespace {

Answer asset(std::string_view type, std::string_view text) {
    Answer answer;
    answer.type = type;
    answer.body = text;
    return answer;
}

}  // namespace

Answer show_dashboard(const Call&) {
    Answer answer = asset("text/html; charset=utf-8", dashboard_page());
    answer.policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
        "form-action 'none'; base-uri 'none'; frame-ancestors 'none'";
    return answer;
}

Answer show_style(const Call&) {
    return asset("text/css; charset=utf-8", dashboard_style());
}

Answer show_script(const Call&) {
    return asset("text/javascript; charset=utf-8", dashboard_script());
}

}  // namespace sfmkit::mockserver::admin
