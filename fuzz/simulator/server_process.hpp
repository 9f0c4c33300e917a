#pragma once

#include "fuzz/simulator/pipe_network.hpp"
#include "fuzz/simulator/promise_keeper.hpp"
#include "fuzz/simulator/virtual_clock.hpp"
#include "mockserver/server.hpp"
#include "platform/openssl.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <exception>
#include <memory>
#include <stdexcept>
#include <utility>

namespace sfmkit::fuzz {

/// Where the simulated server keeps its uploads, and the port on which it serves.
inline constexpr const char* data_folder = "data";
inline constexpr std::uint16_t service_port = 8080;

/// The mock server as one process.
struct ServerProcess {
    ServerProcess(
        platform::Files& files,
        platform::Durability durability,
        VirtualClock& clock,
        PipeNetwork& network,
        platform::Random& ids,
        platform::Random& outcomes,
        const platform::CryptoAlgorithms& algorithms,
        PromiseKeeper& keeper,
        mockserver::FaultTable faults
    )
        : store(files, data_folder, durability),
          site{
              .rules = {.profile = &mockserver::tusdotnet_2021(), .settings = {}},
              .limits = {},
              .store = store,
              .clock = clock,
              .ids = ids,
              .chance = outcomes,
              .algorithms = algorithms,
              .evidence = keeper,
              .on_finished = {},
              .locks = {},
              .faults = std::move(faults),
          },
          server(site, network, context->get_executor()) {
        if (auto opened = store.open(); !opened) throw std::runtime_error(opened.error().what);
        if (auto open = server.listen("127.0.0.1", service_port); !open) {
            throw std::runtime_error(open.error().what);
        }
        boost::asio::co_spawn(*context, server.run(), [](const std::exception_ptr& failure) {
            if (failure) std::rethrow_exception(failure);
        });
    }
    ~ServerProcess() { context.reset(); }  // its coroutines use what stands below
    ServerProcess(const ServerProcess&) = delete;
    ServerProcess& operator=(const ServerProcess&) = delete;

    std::unique_ptr<boost::asio::io_context> context = std::make_unique<boost::asio::io_context>(1);
    mockserver::UploadStore store;
    mockserver::Site site;
    mockserver::Server server;
};

}  // namespace sfmkit::fuzz
