#include "platform/log.hpp"

#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

#include <memory>

namespace sfmkit::platform {
namespace {

/// The one logger of the process: the error stream is one thing too.
spdlog::logger& logger() {
    static const std::shared_ptr<spdlog::logger> instance = [] {
        auto made = spdlog::stderr_color_mt("sfmkit");
        made->set_pattern("%H:%M:%S.%e %^%l%$ %v");
        return made;
    }();
    return *instance;
}

}  // namespace

void set_log_level(LogLevel level) {
    switch (level) {
        case LogLevel::quiet:
            logger().set_level(spdlog::level::off);
            return;
        case LogLevel::error:
            logger().set_level(spdlog::level::err);
            return;
        case LogLevel::warning:
            logger().set_level(spdlog::level::warn);
            return;
        case LogLevel::info:
            logger().set_level(spdlog::level::info);
            return;
        case LogLevel::debug:
            logger().set_level(spdlog::level::debug);
            return;
    }
}

void log_error(std::string_view text) {
    logger().error("{}", text);
}
void log_warning(std::string_view text) {
    logger().warn("{}", text);
}
void log_info(std::string_view text) {
    logger().info("{}", text);
}
void log_debug(std::string_view text) {
    logger().debug("{}", text);
}

}  // namespace sfmkit::platform
