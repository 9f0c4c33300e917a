#pragma once

#include "cli/command.hpp"

/// One function per subcommand, each in `<name>_command.cpp`.
namespace sfmkit::cli {

void declare_demo(CLI::App& parser, World& world, int& exit_code);
void declare_evidence(CLI::App& parser, World& world, int& exit_code);
void declare_explain(CLI::App& parser, World& world, int& exit_code);
void declare_generate(CLI::App& parser, World& world, int& exit_code);
void declare_keys(CLI::App& parser, World& world, int& exit_code);
void declare_open(CLI::App& parser, World& world, int& exit_code);
void declare_inspect(CLI::App& parser, World& world, int& exit_code);
void declare_pack(CLI::App& parser, World& world, int& exit_code);
void declare_rules(CLI::App& parser, World& world, int& exit_code);
void declare_seal(CLI::App& parser, World& world, int& exit_code);
void declare_serve(CLI::App& parser, World& world, int& exit_code);
void declare_token(CLI::App& parser, World& world, int& exit_code);
void declare_upload(CLI::App& parser, World& world, int& exit_code);
void declare_verify(CLI::App& parser, World& world, int& exit_code);

}  // namespace sfmkit::cli
