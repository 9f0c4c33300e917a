#pragma once

#include <string_view>

// The files of the dashboard, built into the program.

namespace sfmkit::mockserver::admin {

std::string_view dashboard_page();
std::string_view dashboard_style();
std::string_view dashboard_script();

}  // namespace sfmkit::mockserver::admin
