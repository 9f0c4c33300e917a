#include "client/encoder/synthetic/export_shape.hpp"

#include <algorithm>
#include <array>

namespace sfmkit::client {
namespace {

constexpr std::array<ExportShape, 8> shapes{{
    {.name = "ordinary", .about = "patients of all sizes, as a practice has them"},
    {.name = "huge-patient",
     .about = "one patient with hundreds of treatments and messages",
     .patients = 1,
     .extra_treatments = 400,
     .visits = 30},
    {.name = "empty-lists",
     .about = "lists that are there and hold nothing, patients without messages",
     .reports = 0,
     .extra_treatments = 0,
     .visits = 0,
     .has_empty_lists = true},
    {.name = "long-texts",
     .about = "names, remarks and histories of great length",
     .has_long_texts = true},
    {.name = "reports",
     .about = "many reports, few patients",
     .patients = 3,
     .reports = 500,
     .extra_treatments = 0,
     .visits = 0},
    {.name = "unusual-letters",
     .about = "names of many scripts, combining marks, letters that XML escapes",
     .has_unusual_letters = true},
    {.name = "many-versions",
     .about = "prescriptions of hundreds of versions",
     .extra_treatments = 3,
     .extra_versions = 400},
    {.name = "two-folders",
     .about = "one patient more than a folder may hold",
     .patients = 16'001,
     .extra_treatments = 0,
     .visits = 0},
}};

}  // namespace

std::span<const ExportShape> export_shapes() {
    return shapes;
}

const ExportShape& ordinary_shape() {
    return shapes.front();
}

const ExportShape* find_export_shape(std::string_view name) {
    const auto found = std::ranges::find(shapes, name, &ExportShape::name);
    return found == shapes.end() ? nullptr : &*found;
}

}  // namespace sfmkit::client
