#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace sfmkit::client {

class Dice;
class XmlWriter;
struct Organisation;

/// A template for prescriptions; protocols refer to it.
struct PrescriptionTemplate {
    std::string id;
    std::uint64_t details_seed = 0;
};

std::vector<PrescriptionTemplate> draw_templates(Dice& dice);

/// `ForskrivningsMaler`.
void write_templates(
    XmlWriter& xml,
    const Organisation& organisation,
    const std::vector<PrescriptionTemplate>& templates
);

/// `Protokoller`: courses of treatment, each with at least one of the templates.
void write_protocols(
    XmlWriter& xml,
    Dice& dice,
    const Organisation& organisation,
    const std::vector<PrescriptionTemplate>& templates
);

}  // namespace sfmkit::client
