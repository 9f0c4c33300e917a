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

/// The page comes with what it shows at first.
Answer show_dashboard(const Call& call) {
    constexpr std::string_view mark = "{}</script>";
    const std::string_view page = dashboard_page();
    const std::size_t place = page.find(mark);
    std::string text(page.substr(0, place));
    for (const char letter : show_overview(call).body) {
        // No text of a client may end the element that it stands in.
        if (letter == '<') {
            text += "\\u003c";
        } else {
            text += letter;
        }
    }
    text += page.substr(place + 2);
    Answer answer = asset("text/html; charset=utf-8", text);
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
